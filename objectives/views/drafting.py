"""The drafting form: opened, saved by hand or by itself. Whatever happens, what was typed stays before the person."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_POST

from objectives.change_sets import findings_for_sheet, resulting_weights
from objectives.choices import State
from objectives.forms.conflict import CHOICE, MINE, STORED, Difference, differences, merged, state_of
from objectives.forms.draft import DraftForm
from objectives.forms.draft_fields import IndicatorForm
from objectives.forms.expected_value import explained
from objectives.forms.stored import typed_of
from objectives.forms.typed import Typed, change_rows, typed_from
from objectives.models import Sheet
from objectives.permissions import SheetDeed
from objectives.rules import Finding
from objectives.views.drafts import find_draft, get_person
from objectives.views.sheet_content import sheet_content
from objectives.workflow import Refused, Stale, edit
from organisation.models import User

AUTOSAVE = "autosalvataggio"
SAVE, MERGE, TAKE_ROWS = "salva", "unisci", "prendi"
NOT_BY_ITSELF = (
    "Questa scheda non è più in bozza: per cambiarla, salvare con il pulsante. Tornerà in bozza, da inviare di nuovo."
)
ANCHOR = attrgetter("anchor")
SAVED_BY_ANOTHER = "Qualcun altro ha salvato questa scheda: premere «Salva la bozza» per confrontare i due testi."
AFTER_SAVING = "Quando è pronta, la invia al Segretario il responsabile."
CHOOSE_ALL = "Scegliere per ogni punto quale testo tenere."


# Not "no-store": a browser goes back to what was typed in it.
@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "HEAD", "POST"])
def draft_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show the form of an open version; take what was typed, and save it or do what a button among its rows says."""
    if request.method != "POST":
        draft = editable(request, slug, pk)
        return _page(request, DraftForm(draft, typed_of(draft)))
    typed = typed_from(request.POST)
    try:
        return _taken(request, editable(request, slug, pk), typed)
    except (Http404, PermissionDenied) as refusal:
        return _refused(request, typed, str(refusal), status=404 if isinstance(refusal, Http404) else 403)


def _taken(request: HttpRequest, draft: Sheet, typed: Typed) -> HttpResponse:
    action = request.POST.get("azione", SAVE)
    if action == MERGE:
        return _merge(request, draft, typed)
    if action in (SAVE, TAKE_ROWS):
        return _save(request, draft, typed)
    focus = change_rows(typed, action)
    return _page(request, DraftForm(draft, typed, focus), unsaved=True)


@never_cache
@require_POST
def draft_reading(request: HttpRequest, slug: str, pk: int) -> JsonResponse:
    """Answer how an expected value is understood, as it is being typed."""
    draft = editable(request, slug, pk)
    form = IndicatorForm(request.POST, plan_year=draft.objective.plan.year)
    form.is_valid()
    return JsonResponse({"reading": explained(form.target, form.plan_year, by_hand=form.by_hand)})


def editable(request: HttpRequest, slug: str, pk: int) -> Sheet:
    """Return an open version that the person may edit now.

    Raises Http404 for one that is not there, PermissionDenied where the person, or the state of the sheet, doesn't let
    them; each with a sentence.
    """
    place, person = get_person(request, slug)
    draft = find_draft(place, person, pk, with_base=False)
    if refusal := person.why_not(SheetDeed.EDIT, draft):
        raise PermissionDenied(refusal)
    return draft


def _save(request: HttpRequest, draft: Sheet, typed: Typed) -> HttpResponse:
    form = DraftForm(draft, typed)
    by_itself = _by_itself(request)
    if not form.is_valid():
        return _invalid(request, form)
    if by_itself and draft.state != State.BOZZA:
        return JsonResponse({"message": NOT_BY_ITSELF}, status=409)
    try:
        saved = edit(draft, form.content(), by=cast(User, request.user), row_version=typed.row_version)
    except Stale:
        return _conflict(request, draft, typed)
    except Refused as refusal:
        return _refused(request, typed, str(refusal))
    except ValidationError as problem:
        form.refusals = problem.messages
        return _invalid(request, form)
    return _saved_by_itself(saved, typed) if by_itself else _saved(request, saved)


def _merge(request: HttpRequest, draft: Sheet, typed: Typed) -> HttpResponse:
    """Save the text that comes of the choices between two; begin again where a third one was saved meanwhile."""
    stored = typed_of(draft)
    choices = {
        name.removeprefix(CHOICE): str(side)
        for name, side in request.POST.items()
        if name.startswith(CHOICE) and side in (MINE, STORED)
    }
    if typed.row_version != draft.row_version:
        return _conflict(request, draft, typed)
    found = differences(DraftForm(draft, typed), DraftForm(draft, stored))
    if any(one.name not in choices for one in found):
        return _conflict(request, draft, typed, choices)
    return _save(request, draft, merged(typed, stored, choices))


def _conflict(
    request: HttpRequest, draft: Sheet, typed: Typed, choices: Mapping[str, str] | None = None
) -> HttpResponse:
    """Show both texts, to choose from; whoever saved by itself is only told. `choices` are those made already."""
    if _by_itself(request):
        return JsonResponse({"message": SAVED_BY_ANOTHER}, status=409)
    now = editable(request, draft.objective.plan.entity.slug, draft.pk)
    stored = typed_of(now)
    found = differences(DraftForm(now, typed), DraftForm(now, stored))
    typed.row_version = stored.row_version
    if not found:
        return _save(request, now, typed)
    return _two_texts(request, now, typed, found, choices)


def _two_texts(
    request: HttpRequest, draft: Sheet, typed: Typed, found: Iterable[Difference], choices: Mapping[str, str] | None
) -> HttpResponse:
    last = draft.history.select_related("history_user").order_by("-history_id").first()
    context = {
        "sheet": draft,
        "differences": [replace(one, chosen=(choices or {}).get(one.name, one.chosen)) for one in found],
        "sent": [(name, text) for name, texts in typed.data().lists() for text in texts],
        "row_version": typed.row_version,
        "last": last,
        "problem": "" if choices is None else CHOOSE_ALL,
    }
    return render(request, "objectives/draft_edit_conflict.html", context, status=409 if choices is None else 422)


def _page(request: HttpRequest, form: DraftForm, *, unsaved: bool = False, status: int = 200) -> HttpResponse:
    draft = form.sheet
    fresh = draft.row_version == 1 and request.method != "POST" and "salvata" not in request.GET
    form.judge([] if fresh else findings_for_sheet(draft))
    context = {
        **(sheet_content(draft) if form.reason_only else {}),
        "form": form,
        "sheet": draft,
        "plan": draft.objective.plan,
        "weights": resulting_weights(draft),
        "unsaved": unsaved,
        "fresh": fresh,
        "after_saving": AFTER_SAVING,
        "saves_itself": draft.state == State.BOZZA,
        "passages": draft.passages.select_related("by").order_by("-pk")[:1],
    }
    return render(request, "objectives/draft_edit.html", context, status=status)


def _saved(request: HttpRequest, saved: Sheet) -> HttpResponse:
    if request.POST.get("azione") == TAKE_ROWS:
        return redirect("draft_rows", saved.objective.plan.entity.slug, saved.pk)
    if saved.state == State.BOZZA:
        messages.success(request, f"Bozza salvata alle {timezone.localtime():%H:%M}. {AFTER_SAVING}")
    else:
        messages.info(request, f"Nulla è cambiato: la scheda resta {saved.get_state_display()}.")
    address = reverse("draft_edit", args=[saved.objective.plan.entity.slug, saved.pk])
    return redirect(f"{address}?salvata")  # tells the page that what the browser kept is not needed any more


def _saved_by_itself(saved: Sheet, typed: Typed) -> JsonResponse:
    findings = findings_for_sheet(saved)
    shown = {"findings": findings, "sheet": saved, "weights": resulting_weights(saved)}
    return JsonResponse(
        {
            "row_version": saved.row_version,
            "opened": state_of(typed),
            "saved_at": f"{timezone.localtime():%H:%M}",
            "messages": render_to_string("objectives/draft_edit_findings.html", shown),
            "weights": render_to_string("objectives/draft_edit_weights.html", shown),
            "places": _by_place(findings),
        }
    )


def _by_place(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """What the rules say, for each place that the page has."""
    groups = groupby(sorted(findings, key=ANCHOR), key=ANCHOR)
    said = {anchor: {"findings": list(group)} for anchor, group in groups if anchor}
    return [
        {"anchor": anchor, "said": render_to_string("objectives/draft_edit_said.html", context)}
        for anchor, context in said.items()
    ]


def _invalid(request: HttpRequest, form: DraftForm) -> HttpResponse:
    if _by_itself(request):
        errors = [{"id": where, "label": label, "message": message} for where, label, message in form.errors]
        return JsonResponse({"errors": errors}, status=422)
    return _page(request, form, unsaved=True, status=422)


def _refused(request: HttpRequest, typed: Typed, reason: str, status: int = 409) -> HttpResponse:
    """Say why it can't be saved, and give the person back what they typed."""
    if _by_itself(request):
        return JsonResponse({"message": reason}, status=status)
    context: dict[str, Any] = {"reason": reason, "kept": _texts(typed)}
    return render(request, "objectives/text_not_saved.html", context, status=status)


def _texts(typed: Typed) -> list[str]:
    """What was typed, without what a page says on its own account."""
    rows = [*typed.phases, *typed.indicators, *typed.staff]
    titles = [typed.fields.get(name, []) for name in ("title", "description", "dup_link", "motive_text")]
    texts = [*titles, *([" — ".join(_said(row.values))] for row in rows)]
    return [text for one in texts for text in one if text.strip()]


def _said(values: dict[str, list[str]]) -> list[str]:
    wanted = ("text", "expected", "category", "name", "share")
    return [text for name in wanted for text in values.get(name, []) if text.strip()]


def _by_itself(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == AUTOSAVE
