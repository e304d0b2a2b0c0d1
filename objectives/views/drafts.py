"""The versions that no act adopted yet: a list, and the page of one of them."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from deliberations.calendar import on_the
from objectives.change_sets import acknowledgements_of, findings_for_stored, open_warnings, with_bases
from objectives.choices import PassageKind, State
from objectives.comparing import between
from objectives.inbox import open_versions
from objectives.models import Acknowledgement, Passage, Sheet, SheetQuerySet
from objectives.path_steps import steps
from objectives.permissions import NOT_FOR_READERS, OPEN, SheetDeed, Standing, standing_at
from objectives.rules import Finding, Stage
from objectives.views.discussion_content import discussion_content
from objectives.views.path_deeds import choices_of, form_of
from objectives.views.sheet_content import sheet_content
from organisation.access import Place, get_place
from organisation.roles import Deed

PER_PAGE = 30
NOT_HERE = "Questa scheda non è in archivio, o è una proposta di un altro settore: la vede solo chi la prepara."
OPEN_STATES = [(state.value, state.label) for state in State if state in OPEN]


class DraftsForm(forms.Form):
    """Which of the open versions to list."""

    settore = forms.TypedChoiceField(label="Settore", required=False, coerce=int, empty_value=None)
    stato = forms.ChoiceField(label="Stato", required=False, choices=[("", "tutti gli stati"), *OPEN_STATES])

    def __init__(self, data: Any, place: Place) -> None:
        """Offer the settori of the entity."""
        super().__init__(data)
        sectors = [(sector.pk, sector.short_name) for sector in place.entity.sectors.order_by("match_key")]
        self.fields["settore"].choices = [("", "tutti i settori"), *sectors]  # type: ignore[attr-defined]


@never_cache
@require_safe
def drafts(request: HttpRequest, slug: str) -> HttpResponse:
    """List the open versions that the person may see, the one that has stood longest first; ?settore=, ?stato=."""
    place, person = get_person(request, slug)
    form = DraftsForm(request.GET, place)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = _filtered(open_versions(place.entity, person), chosen)
    page = Paginator(found.order_by("since", "pk"), PER_PAGE).get_page(request.GET.get("pagina"))
    query = urlencode({name: value for name, value in chosen.items() if value})
    context = {"page": page, "form": form, "query": query, "filtered": bool(query)}
    return render(request, "objectives/drafts.html", context)


@never_cache
@require_safe
def draft(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show an open version: how it stands, and what the person may do with it. An adopted one has its own page."""
    place, person = get_person(request, slug)
    shown = find_draft(place, person, pk)
    if shown.is_adopted:
        return redirect("sheet", slug, pk)
    judgement = judged(shown)
    context = draft_context(shown, person, judgement)
    main = context["choices"].main
    form = form_of(main, shown, person, judgement.open_warnings) if main else None
    context |= {"deed": main, "form": form, **discussion_content(shown, person)}
    context["next_to_approve"] = _next_to_approve(shown, place, person)
    return render(request, "objectives/draft.html", context)


@dataclass(frozen=True)
class Judgement:
    """What the rules say of an open version on its next step, and what somebody took note of already."""

    findings: list[Finding]
    open_warnings: list[Finding]
    acknowledged: list[Acknowledgement]

    @property
    def source_changed(self) -> bool:
        """Whether it is a copy of an objective that an act changed since (R34)."""
        return any(finding.rule == "R34" for finding in self.findings)


def judged(shown: Sheet) -> Judgement:
    """Run the rules on `shown`, just read by `find_draft`, as its next deed will."""
    stage = Stage.SUBMIT if shown.state == State.BOZZA else Stage.APPROVE
    findings = findings_for_stored(shown, stage)
    noted = acknowledgements_of(shown)
    return Judgement(findings, open_warnings(findings, noted), noted)


def draft_context(shown: Sheet, person: Standing, judgement: Judgement) -> dict[str, Any]:
    """Return what the pages of an open version show: how it stands, and what this person may do with it."""
    choices = choices_of(shown, person)
    return {
        **sheet_content(shown),
        "steps": steps(shown),
        "passages": list(shown.passages.select_related("by", "deliberation__entity").order_by("-pk")),
        "judgement": judgement,
        "findings": judgement.findings,
        "choices": choices,
        "comparison": between(shown.base, shown),
        "why_no_edit": person.why_not(SheetDeed.EDIT, shown),
    }


def _next_to_approve(shown: Sheet, place: Place, person: Standing) -> Sheet | None:
    """The sheet that has waited longest for who approves, once `shown` waits for them no more."""
    if shown.state == State.INVIATA or not person.may(Deed.APPROVE):
        return None
    waiting = open_versions(place.entity, person).filter(state=State.INVIATA)
    longest: Sheet | None = waiting.order_by("since", "pk").first()
    return longest


def get_person(request: HttpRequest, slug: str) -> tuple[Place, Standing]:
    """Return the entity and what the person is there. Raises PermissionDenied for who sees no open version at all."""
    place = get_place(request, slug)
    person = standing_at(place, answering=True)
    if not (person.may(Deed.DRAFT) or person.may(Deed.APPROVE)):
        raise PermissionDenied(NOT_FOR_READERS)
    return place, person


def find_draft(place: Place, person: Standing, pk: int, *, with_rows: bool = True, with_base: bool = True) -> Sheet:
    """Return a version of a sheet, with its rows, and those of its base, unless the page shows none of them.

    Raises Http404 with a sentence, the same for one that is not there and for one that the person may not see; where
    it was withdrawn, and they might see it, who did that and when.
    """
    wanted = Sheet.objects.filter(objective__plan__entity=place.entity, pk=pk).with_rows()
    wanted = wanted.select_related(
        "substitutes", "approved_by", "base__deliberation__entity", "created_by", "submitted_by"
    )
    if not with_rows:
        wanted = wanted.prefetch_related(None)
    shown = next(iter(with_bases(wanted) if with_rows and with_base else wanted), None)
    if shown is None or not person.sees(shown):
        raise Http404(_why_not_here(place, person, pk))
    return shown


def _filtered(sheets: SheetQuerySet, chosen: dict[str, Any]) -> SheetQuerySet:
    if chosen.get("settore"):
        sheets = sheets.filter(sector=chosen["settore"])
    return sheets.filter(state=chosen["stato"]) if chosen.get("stato") else sheets


def _why_not_here(place: Place, person: Standing, pk: int) -> str:
    gone = Sheet.history.filter(id=pk, history_type="-", objective__plan__entity=place.entity).first()
    if gone is None or not person.sees_drafts(gone.sector_id):
        return NOT_HERE
    passage = Passage.objects.filter(sheet_id=gone.id, kind=PassageKind.RITIRATA).select_related("by").first()
    if passage is None:
        return NOT_HERE
    day = timezone.localtime(passage.at)
    return f"Questa bozza non c'è più: l'ha ritirata {passage.by} {on_the(day)} alle {day:%H:%M}."
