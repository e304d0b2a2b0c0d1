"""The results of a settore: one page that works like a spreadsheet, saved by its button or, row by row, by itself."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_POST

from documents.file_types import ACCEPTED, EXTENSIONS
from evaluations import rounds
from evaluations.forms.results import Outcome, TypedRow, read_key, save, typed_row, typed_rows
from evaluations.forms.results_page import ResultsPage, SheetPart, results_page
from evaluations.measuring import measure_sector
from evaluations.models import Round
from evaluations.permissions import why_not_enter, why_not_read
from evaluations.views.finding import get_round, get_sector
from objectives.permissions import Standing, standing_at
from objectives.views.finding import signed_in
from objectives.workflow import Refused
from organisation.access import get_place
from organisation.models import Sector
from organisation.roles import Deed

ATTACH = "allega-"
NOTHING = "Alla data della verifica questo settore non ha schede: non c'è niente da misurare."
BAD_REQUEST = "La pagina ha mandato dati che il programma non capisce: ricaricarla."
SAVED, NOTHING_NEW = "Salvato alle {:%H:%M}.", "Non c'era niente di nuovo da salvare."
MOST_ROWS = 2000


@dataclass(frozen=True)
class Desk:
    """A settore in a verification, before the person who asks for it."""

    verification: Round
    sector: Sector
    person: Standing

    def page(self, typed: Mapping[str, TypedRow] | None = None, outcome: Outcome | None = None) -> ResultsPage:
        """Return its page as things stand now. Raises Http404 where there is nothing to measure."""
        measure = measure_sector(self.verification, self.sector)
        if measure is None:
            raise Http404(NOTHING)
        return results_page(measure, typed, outcome)

    def refuse_others(self) -> None:
        """Raise PermissionDenied for who only reads here."""
        if refusal := self.person.why_not_sector(Deed.RESULTS, self.sector):
            raise PermissionDenied(refusal)


# Not "no-store": a browser goes back to what was typed in it.
@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "HEAD", "POST"])
def round_sector(request: HttpRequest, slug: str, year: int, kind: str, pk: int) -> HttpResponse:
    """Show the results of a settore; save what was typed, and attach the files that were chosen."""
    desk = _desk(request, slug, year, kind, pk)
    if request.method != "POST":
        return _page(request, desk, desk.page())
    desk.refuse_others()
    typed = typed_rows(request.POST)
    outcome = save(desk.verification, [row for row in typed.values() if row.is_touched], by=signed_in(request))
    if outcome.refusal:
        return _refused(request, outcome.refusal, typed.values())
    attached = _attach(request, desk)
    if outcome.is_whole:
        if outcome.saved or not attached:
            messages.success(request, SAVED.format(timezone.localtime()) if outcome.saved else NOTHING_NEW)
        address = reverse("round_sector", args=[slug, year, kind, pk])
        return redirect(f"{address}?salvata{attached}")  # tells the page to forget what the browser kept
    return _page(request, desk, desk.page(typed, outcome), outcome, status=409 if outcome.stale else 422)


@never_cache
@require_POST
def round_save(request: HttpRequest, slug: str, year: int, kind: str, pk: int) -> JsonResponse:
    """Save the rows that the page sends by itself; answer what became of each, and what the page shows now."""
    try:
        desk = _desk(request, slug, year, kind, pk)
        desk.refuse_others()
        typed = _sent(request)
    except (Http404, PermissionDenied) as refusal:
        return JsonResponse({"message": str(refusal)}, status=404 if isinstance(refusal, Http404) else 403)
    except ValueError:
        return JsonResponse({"message": BAD_REQUEST}, status=400)
    outcome = save(desk.verification, typed.values(), by=signed_in(request))
    if outcome.refusal:
        return JsonResponse({"message": outcome.refusal}, status=409)
    page = desk.page(typed, outcome)
    return JsonResponse(
        {
            "saved_at": f"{timezone.localtime():%H:%M}" if outcome.saved else "",
            "rows": {name: _told(page, name, outcome) for name in typed},
            "parts": _parts(page, {row.objective for row in typed.values()}),
        }
    )


def _desk(request: HttpRequest, slug: str, year: int, kind: str, pk: int) -> Desk:
    """Raises Http404, and PermissionDenied with a sentence for who may not read results of the settore."""
    place = get_place(request, slug)
    verification = get_round(place, year, kind)
    sector = get_sector(place, pk)
    person = standing_at(place)
    if refusal := why_not_read(person, sector):
        raise PermissionDenied(refusal)
    return Desk(verification, sector, person)


def _page(
    request: HttpRequest, desk: Desk, page: ResultsPage, outcome: Outcome | None = None, status: int = 200
) -> HttpResponse:
    why_not = why_not_enter(desk.person, desk.verification, page.measure.review, desk.sector)
    context = {
        "round": desk.verification,
        "plan": desk.verification.plan,
        "sector": desk.sector,
        "page": page,
        "why_not": why_not,
        "editable": why_not is None,
        "outcome": outcome,
        "accepted": ACCEPTED,
        "extensions": ",".join(EXTENSIONS),
    }
    return render(request, "evaluations/round_sector.html", context, status=status)


def _refused(request: HttpRequest, reason: str, typed: Iterable[TypedRow]) -> HttpResponse:
    """Say why nothing can be saved, and give the person back what they typed."""
    kept = [text for row in typed if row.is_touched for text in row.values.values() if text]
    return render(request, "objectives/text_not_saved.html", {"reason": reason, "kept": kept}, status=409)


def _attach(request: HttpRequest, desk: Desk) -> str:
    """Attach the chosen files of a sheet; return where the page is to go on, as the end of its address.

    It goes on at the files, but for a refusal, which stands at the top of the page.
    """
    action = request.POST.get("azione", "")
    objective = action.removeprefix(ATTACH)
    if not action.startswith(ATTACH) or not objective.isdecimal() or len(objective) > 9:
        return ""
    files = request.FILES.getlist(f"prove-{objective}")
    if not files:
        messages.error(request, "Scegliere prima il file da allegare.")
    key = read_key(request.POST.get(f"prove-{objective}-di", ""))
    note = request.POST.get(f"prove-{objective}-nota", "")
    attached = [_attach_one(request, desk, int(objective), key, file, note) for file in files]
    return f"#prove-{objective}" if attached and all(attached) else "#contenuto"


def _attach_one(request: HttpRequest, desk: Desk, objective: int, key: Any, file: "File[Any]", note: str) -> bool:
    try:
        evidence = rounds.attach(desk.verification, objective, key, file, note, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, f"Il file «{evidence.name}» è allegato.")
    return True


def _sent(request: HttpRequest) -> dict[str, TypedRow]:
    """The rows of a JSON body. Raises ValueError for anything else."""
    try:
        body = json.loads(request.body)
    except RecursionError as nested:
        raise ValueError from nested
    sent = body.get("rows") if isinstance(body, dict) else None
    if not isinstance(sent, list) or len(sent) > MOST_ROWS:
        raise ValueError
    rows = [typed_row(one.get("name"), one.get("values"), one.get("token")) for one in sent if isinstance(one, dict)]
    return {row.name: row for row in rows if row}


def _told(page: ResultsPage, name: str, outcome: Outcome) -> dict[str, Any]:
    """What the page hears of a row: its new token, or what is wrong with it, or what somebody else wrote there."""
    row = page.rows.get(name)
    told: dict[str, Any] = {"faults": outcome.faults.get(name, {})}
    if row is None:
        return told
    if name in outcome.saved:
        told["token"] = row.token
    if row.two:
        told["two"] = render_to_string("evaluations/round_sector_two.html", {"two": row.two})
    if line := page.line(name):
        told["beside"] = render_to_string("evaluations/round_sector_reading.html", {"line": line})
    return told


def _parts(page: ResultsPage, objectives: set[int]) -> dict[str, str]:
    """The pieces of the page that change with what was saved, by their id."""
    sheets = [part for part in page.sheets if part.sheet.objective_id in objectives]
    return dict(piece for part in sheets for piece in _parts_of(part)) | _missing(page, sheets)


def _missing(page: ResultsPage, sheets: Sequence[SheetPart]) -> dict[str, str]:
    """What is missing in these sheets, and how much in all; all of it where nothing was missing before, or is now."""
    if page.missing == sum(len(part.missing) for part in sheets):
        return {"mancano": render_to_string("evaluations/round_sector_missing.html", {"page": page})}
    count = render_to_string("evaluations/round_sector_missing_count.html", {"page": page})
    lists = {
        f"mancano-{part.sheet.objective_id}": render_to_string(
            "evaluations/round_sector_missing_sheet.html", {"part": part}
        )
        for part in sheets
    }
    return {"mancano-quanti": count, **lists}


def _parts_of(part: SheetPart) -> Iterator[tuple[str, str]]:
    objective, shown = part.sheet.objective_id, {"part": part}
    yield f"stato-{objective}", render_to_string("evaluations/round_sector_state.html", shown)
    yield f"esito-{objective}", render_to_string("evaluations/round_sector_outcome.html", shown)
    yield f"analisi-{objective}-detto", render_to_string("evaluations/round_sector_analysis_said.html", shown)
