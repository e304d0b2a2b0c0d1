"""The search: over titles, descriptions, phases and indicators of every adopted version of every year."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from objectives.forms.when import WhenForm
from objectives.models import Sheet, SheetQuerySet
from objectives.moments import Moment, today
from objectives.searching import excerpts, having, mark, words_of
from objectives.views.finding import adopted_sheets
from organisation.access import Place, get_place

PER_PAGE = 20
NO_WORDS = "Scrivere almeno una parola."


def has_words(query: str) -> None:
    """Refuse a query in which nothing is left once accents and blanks are gone."""
    if not words_of(query):
        raise ValidationError(NO_WORDS)


class SearchForm(forms.Form):
    """What somebody looks for, and where."""

    q = forms.CharField(
        label="Parole da cercare",
        validators=[has_words, MaxLengthValidator(200, "Scrivere al massimo 200 caratteri.")],
        error_messages={"required": NO_WORDS},
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    anno = forms.TypedChoiceField(
        label="Anno",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "Non ci sono piani di quest'anno."},
    )
    settore = forms.TypedChoiceField(
        label="Settore",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "Questo settore non c'è."},
    )

    def __init__(self, data: Any, place: Place) -> None:
        super().__init__(data)
        years = [(year, year) for year in place.entity.plans.values_list("year", flat=True)]
        sectors = [(sector.pk, sector.short_name) for sector in place.entity.sectors.order_by("match_key")]
        self.fields["anno"].choices = [("", "tutti gli anni"), *years]  # type: ignore[attr-defined]
        self.fields["settore"].choices = [("", "tutti i settori"), *sectors]  # type: ignore[attr-defined]


@require_safe
def search(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the sheets in which every word of ?q= occurs, of all years and settori or of those chosen.

    All versions are searched; with ?giorno= or ?atto= those in force then.
    """
    place = get_place(request, slug)
    asked = request.GET if "q" in request.GET else None
    form, when = SearchForm(asked, place), WhenForm(asked, entity=place.entity)
    context: dict[str, Any] = {"form": form, "when": when}
    if form.is_valid() and when.is_valid():
        words, moment = words_of(form.cleaned_data["q"]), when.moment
        sheets = adopted_sheets(place)
        found = _filtered(having(sheets.in_force(moment.acts) if moment else sheets, words), form.cleaned_data)
        page = Paginator(_ordered(found), PER_PAGE).get_page(request.GET.get("pagina"))
        query = {name: value for name, value in form.cleaned_data.items() if value}
        results = _results(page, words, moment or today(place.entity))
        context |= {"page": page, "results": results, "query": urlencode(query | when.query), "moment": moment}
    return render(request, "objectives/search.html", context)


def _filtered(sheets: SheetQuerySet, chosen: dict[str, Any]) -> SheetQuerySet:
    if chosen["anno"]:
        sheets = sheets.filter(objective__plan__year=chosen["anno"])
    return sheets.filter(sector=chosen["settore"]) if chosen["settore"] else sheets


def _ordered(sheets: SheetQuerySet) -> SheetQuerySet:
    related = sheets.select_related("sector", "objective__plan", "deliberation__entity")
    rows = related.prefetch_related("phases", "indicators")
    return rows.order_by("-objective__plan__year", "sector__match_key", "number", "-deliberation__session_on", "-pk")


def _results(page: Page[Sheet], words: list[str], moment: Moment) -> list[dict[str, Any]]:
    sheets = list(page)
    shown = Sheet.objects.filter(pk__in=[sheet.pk for sheet in sheets])
    in_force = set(shown.in_force(moment.acts).order_by().values_list("pk", flat=True))
    return [
        {
            "sheet": sheet,
            "title": mark(sheet.title, words),
            "in_force": sheet.pk in in_force,
            "excerpts": excerpts(sheet, words),
        }
        for sheet in sheets
    ]
