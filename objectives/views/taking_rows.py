"""Choosing phases and indicators of another sheet for a draft: which sheet, then which of its rows."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from objectives.choices import SLOTS, Change, State
from objectives.models import Plan, Sheet, SheetQuerySet
from objectives.permissions import SheetDeed, Standing
from objectives.sheet_form import families
from objectives.views.drafts import find_draft, get_person
from objectives.views.finding import signed_in
from objectives.workflow import Refused, take_rows
from organisation.access import Place

NO_SHEET = "Questa scheda non c'è, o è una bozza di un altro settore: sceglierne una dall'elenco."


class WhichForm(forms.Form):
    """The plan and the settore among whose sheets one is chosen."""

    anno = forms.TypedChoiceField(label="Anno", coerce=int)
    settore = forms.TypedChoiceField(label="Settore", required=False, coerce=int, empty_value=None)

    def __init__(self, data: Any, place: Place, plan: Plan) -> None:
        """Offer the plans and settori of the entity; begin with the plan of the draft."""
        super().__init__({"anno": plan.year, **{name: data[name] for name in data}})
        years = list(place.entity.plans.order_by("-year").values_list("year", "year"))
        self.fields["anno"].choices = years  # type: ignore[attr-defined]
        sectors = [(sector.pk, sector.short_name) for sector in place.entity.sectors.order_by("match_key")]
        self.fields["settore"].choices = [("", "tutti i settori"), *sectors]  # type: ignore[attr-defined]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draft_rows(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show the sheets to take rows from, or with ?da= the rows of one; put those that are chosen into the draft."""
    place, person = get_person(request, slug)
    draft = find_draft(place, person, pk, with_rows=False)
    if refusal := person.why_not(SheetDeed.EDIT, draft):
        raise PermissionDenied(refusal)
    if draft.change == Change.ELIMINATO:
        messages.error(request, "Di una scheda da eliminare si scrive solo il motivo.")
        return redirect("draft_edit", slug, pk)
    sent = request.POST if request.method == "POST" else request.GET
    source = _source(place, person, draft, sent.get("da", "")) if "da" in sent else None
    if request.method == "POST" and source is not None:
        return _taken(request, place, person, draft, source)
    return _page(request, place, person, draft, source)


def _taken(request: HttpRequest, place: Place, person: Standing, draft: Sheet, source: Sheet) -> HttpResponse:
    version = request.POST.get("versione", "")
    chosen = set(request.POST.getlist("riga"))
    try:
        read = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
        phases, indicators = take_rows(draft, source, chosen, by=signed_in(request), row_version=read)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _page(request, place, person, draft, source, chosen)
    counted = [f"fasi {phases}"] * bool(phases) + [f"indici {indicators}"] * bool(indicators)
    messages.success(request, f"Righe prese da {source}: {', '.join(counted)}. Sono nella bozza, da rivedere.")
    address = reverse("draft_edit", args=[place.entity.slug, draft.pk])
    return redirect(f"{address}?salvata#{'phases' if phases else 'indicators'}")


def _page(
    request: HttpRequest,
    place: Place,
    person: Standing,
    draft: Sheet,
    source: Sheet | None,
    chosen: set[str] = frozenset(),  # type: ignore[assignment]
) -> HttpResponse:
    context: dict[str, Any] = {"sheet": draft, "plan": draft.objective.plan, "source": source, "chosen": chosen}
    if source is None:
        form = WhichForm(request.GET, place, draft.objective.plan)
        said = form.cleaned_data if form.is_valid() else {"anno": draft.objective.plan.year}
        found = _readable(place, person, draft).filter(objective__plan__year=said["anno"])
        if said.get("settore"):
            found = found.filter(sector=said["settore"])
        related = found.select_related("sector").order_by("sector__match_key", "number", "pk")
        context |= {"form": form, "sheets": list(related.only("title", "number", "state", "sector"))}
    else:
        context |= {
            "families": [one for one in families(source.indicators.all(), source.objective.plan.year) if one.lines],
            "free": SLOTS - draft.phases.count(),
        }
    return render(request, "objectives/draft_rows.html", context, status=422 if request.method == "POST" else 200)


def _readable(place: Place, person: Standing, draft: Sheet) -> SheetQuerySet:
    """The last text of each objective, adopted or on its way, as far as the person may see it."""
    of_entity = Sheet.objects.filter(objective__plan__entity=place.entity, on_file=True).exclude(pk=draft.pk)
    last = of_entity.adopted().exclude(successor__state=State.ADOTTATA)
    found: SheetQuerySet = last | person.visible(of_entity)
    return found


def _source(place: Place, person: Standing, draft: Sheet, key: str) -> Sheet:
    wanted = int(key) if key.isascii() and key.isdigit() and len(key) < 19 else 0
    source: Sheet | None = _readable(place, person, draft).with_rows().filter(pk=wanted).first()
    if source is None:
        raise Http404(NO_SHEET)
    return source
