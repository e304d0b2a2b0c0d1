"""The results of one sheet in both verifications, each on the version it was measured on; and its form in PDF."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from deliberations.calendar import from_the
from documents.models import DamagedDocumentError
from documents.render import PdfUnavailable
from evaluations.measures import SheetMeasure
from evaluations.measuring import measure_objective
from evaluations.models import Round
from evaluations.papers.results_form import closed_form_document, file_name, render_results
from evaluations.permissions import why_not_evaluate, why_not_read
from evaluations.views.finding import as_key, get_round
from objectives.permissions import Standing, standing_at
from objectives.views.downloads import send, unavailable
from organisation.access import get_place

NOT_MEASURED = "Questa scheda non è in questa verifica: alla sua data non era in vigore."
WHEN_CLOSED = "I risultati di questa scheda si vedono quando la verifica è chiusa."


@dataclass(frozen=True)
class SheetInRound:
    """A sheet in one of the verifications of its plan, as a page shows it."""

    round: Round
    measure: SheetMeasure

    @property
    def version(self) -> str:
        """Which version was measured: "GC 100/2022, in vigore dal 18 ottobre 2022"."""
        sheet = self.measure.sheet
        act = sheet.deliberation.short if sheet.deliberation else ""
        since = sheet.in_force_from
        return f"{act}, in vigore {from_the(since)}" if since else act


@never_cache
@require_safe
def round_sheet(request: HttpRequest, slug: str, year: int, kind: str, pk: int) -> HttpResponse:
    """Show the results of a sheet: those of the verification that was asked for, then those of the other one."""
    place = get_place(request, slug)
    person, asked = standing_at(place), get_round(place, year, kind)
    rounds = [asked, *asked.plan.rounds.exclude(pk=asked.pk).select_related("plan__entity", "closed_by")]
    shown = [one for one in _measured(rounds, as_key(pk)) if _why_not(person, one) is None]
    if not shown or shown[0].round.pk != asked.pk:
        raise _refusal(asked, pk)
    here = shown[0]
    context = {
        "round": asked,
        "plan": asked.plan,
        "sheet": here.measure.sheet,
        "shown": shown,
        "sees_people": why_not_read(person, here.measure.sheet.sector) is None,
        "may_override": why_not_evaluate(person) is None and not asked.is_closed,
    }
    return render(request, "evaluations/round_sheet.html", context)


@never_cache
@require_safe
def round_sheet_pdf(request: HttpRequest, slug: str, year: int, kind: str, pk: int) -> HttpResponse:
    """Send the official form with the results: kept for ever once the verification is closed, made anew before.

    It holds names and shares: it is for those who may read what is entered of the settore.
    """
    place = get_place(request, slug)
    asked = get_round(place, year, kind)
    earlier = asked.plan.rounds.filter(kind="INTERMEDIA").exclude(pk=asked.pk).select_related("plan__entity")
    measured = _measured([asked, *earlier], as_key(pk))
    if not measured or measured[0].round.pk != asked.pk:
        raise Http404(NOT_MEASURED)
    if refusal := why_not_read(standing_at(place), measured[0].measure.sheet.sector):
        raise PermissionDenied(refusal)
    try:
        return _sent(measured)
    except (PdfUnavailable, DamagedDocumentError) as reason:
        return unavailable(request, reason)


def _sent(measured: Sequence[SheetInRound]) -> HttpResponse:
    asked, measures = measured[0].round, [(one.round, one.measure) for one in measured]
    if (closed_at := asked.closed_at) is not None:
        return send(closed_form_document(measures), lambda: render_results(measures, closed_at))
    response = HttpResponse(render_results(measures, timezone.now()), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{file_name(asked, measured[0].measure.sheet)}"'
    return response


def _measured(rounds: Sequence[Round], objective: int) -> list[SheetInRound]:
    """The sheet in those of the verifications in which it was in force."""
    found = [(one, measure_objective(one, objective)) for one in rounds]
    return [SheetInRound(one, measure) for one, measure in found if measure and measure.sheet.on_file]


def _why_not(person: Standing, one: SheetInRound) -> str | None:
    """Why the person may not see the results, or None: what is final is for all of the entity."""
    return None if one.round.is_closed else why_not_read(person, one.measure.sheet.sector)


def _refusal(asked: Round, objective: int) -> Exception:
    measured = _measured([asked], objective)
    return PermissionDenied(WHEN_CLOSED) if measured else Http404(NOT_MEASURED)
