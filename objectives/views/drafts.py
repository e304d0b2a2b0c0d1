"""The versions that no act adopted yet: a list, and the page of one of them."""

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

from objectives.choices import PassageKind, State
from objectives.inbox import open_versions
from objectives.models import Passage, Sheet, SheetQuerySet
from objectives.path_steps import steps
from objectives.permissions import OPEN, SheetDeed, Standing, standing
from objectives.views.sheet_content import sheet_content
from organisation.access import Place, get_place
from organisation.roles import Deed

PER_PAGE = 30
NOT_FOR_READERS = "Le schede non ancora adottate le vede solo chi le prepara o le approva."
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
    return render(request, "objectives/draft.html", draft_context(shown, person))


def draft_context(shown: Sheet, person: Standing) -> dict[str, Any]:
    """Return what the page of an open version shows."""
    return {
        **sheet_content(shown),
        "steps": steps(shown),
        "passages": list(shown.passages.select_related("by", "deliberation__entity").order_by("-pk")),
    }


def get_person(request: HttpRequest, slug: str) -> tuple[Place, Standing]:
    """Return the entity and what the person is there. Raises PermissionDenied for who sees no open version at all."""
    place = get_place(request, slug)
    person = standing(request.user, place.entity)
    if not (person.may(Deed.DRAFT) or person.may(Deed.APPROVE)):
        raise PermissionDenied(NOT_FOR_READERS)
    return place, person


def find_draft(place: Place, person: Standing, pk: int) -> Sheet:
    """Return a version of a sheet with its rows.

    Raises PermissionDenied for one that the person may not see, Http404 with a sentence for one that is not there:
    who withdrew it and when, where that is what happened.
    """
    every = Sheet.objects.filter(objective__plan__entity=place.entity).with_rows()
    related = every.select_related("base__deliberation__entity", "substitutes", "created_by", "submitted_by")
    shown: Sheet | None = related.select_related("approved_by").filter(pk=pk).first()
    if shown is None:
        raise Http404(_why_gone(place, pk))
    if refusal := person.why_not(SheetDeed.SEE, shown):
        raise PermissionDenied(refusal)
    return shown


def _filtered(sheets: SheetQuerySet, chosen: dict[str, Any]) -> SheetQuerySet:
    if chosen.get("settore"):
        sheets = sheets.filter(sector=chosen["settore"])
    return sheets.filter(state=chosen["stato"]) if chosen.get("stato") else sheets


def _why_gone(place: Place, pk: int) -> str:
    last = Passage.objects.filter(sheet_id=pk, kind=PassageKind.RITIRATA, objective__plan__entity=place.entity)
    passage = last.select_related("by").first()
    if passage is None:
        return "Questa scheda non è in archivio."
    day = timezone.localtime(passage.at)
    return f"Questa bozza non c'è più: l'ha ritirata {passage.by} il {day:%d/%m/%Y alle %H:%M}."
