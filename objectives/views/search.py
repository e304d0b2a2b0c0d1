"""The search: over the sheets of every year, by words and filters, as a page and as a workbook."""

from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from documents.spreadsheets import MIME
from objectives.forms.search import MOMENT, SearchForm
from objectives.forms.when import WhenForm
from objectives.models import Sheet, SheetQuerySet
from objectives.moments import Moment, today
from objectives.permissions import standings
from objectives.searching import excerpts, mark
from objectives.selecting import select
from objectives.sheets_xlsx import sheets_workbook
from objectives.views.finding import signed_in
from organisation.access import Place, get_place

PER_PAGE = 20


@dataclass
class Search:
    """What an address asks for, for one person in one entity. The forms are unbound where it asks nothing."""

    request: HttpRequest
    place: Place
    form: SearchForm = field(init=False)
    when: WhenForm = field(init=False)

    def __post_init__(self) -> None:
        asked = self.request.GET if set(self.request.GET) & {*SearchForm.base_fields, *MOMENT} else None
        self.form, self.when = SearchForm(asked, self.place), WhenForm(asked, entity=self.place.entity)

    @property
    def is_valid(self) -> bool:
        """Whether something is asked, and it can be answered."""
        return self.form.is_valid() and self.when.is_valid()

    @property
    def query(self) -> str:
        """What stands after the ? of the address of this search, of whatever page of it."""
        return urlencode(self.form.query | self.when.query)

    @property
    def found(self) -> SheetQuerySet:
        """The versions found, each with whether it is in force then. Only of a valid search."""
        person = standings(signed_in(self.request))[self.place.entity.pk]
        moment = self.when.moment
        found = select(self.place.entity, person, self.form.asked, moment.acts if moment else None)
        then: Moment = moment or today(self.place.entity)
        in_force = Sheet.objects.in_force(then.acts).order_by().filter(pk=OuterRef("pk"))
        sheets: SheetQuerySet = found.select_related("sector", "manager", "objective__plan", "deliberation__entity")
        return sheets.prefetch_related("phases", "indicators").annotate(is_in_force=Exists(in_force))


@never_cache
@require_safe
def search(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the versions that have all that the address asks for: adopted ones, and open ones to who may see them."""
    asked = Search(request, get_place(request, slug))
    context: dict[str, Any] = {"form": asked.form, "when": asked.when}
    if asked.is_valid:
        page = Paginator(asked.found, PER_PAGE).get_page(request.GET.get("pagina"))
        words = list(asked.form.asked.words)
        results = _results(page, words)
        context |= {"page": page, "results": results, "query": asked.query, "moment": asked.when.moment}
    return render(request, "objectives/search.html", context)


@never_cache
@require_safe
def search_xlsx(request: HttpRequest, slug: str) -> HttpResponse:
    """Send all that a search finds as .xlsx; what can't be looked for is explained on the page of the search."""
    asked = Search(request, get_place(request, slug))
    if not asked.is_valid:
        return redirect(f"{reverse('search', args=[slug])}?{request.GET.urlencode()}")
    content = sheets_workbook(asked.found, criteria_of(asked.form, asked.when), entity=asked.place.entity)
    response = HttpResponse(content, content_type=MIME)
    response["Content-Disposition"] = f'attachment; filename="ricerca-{slug}.xlsx"'
    return response


def criteria_of(form: SearchForm, when: WhenForm) -> list[tuple[str, str]]:
    """What a search asks for, in the words of its page."""
    said = []
    for name, written in (form.query | when.query).items():
        shown: Any = (form if name in form.fields else when).fields[name]
        words = {str(key): str(label) for key, label in getattr(shown, "choices", [])}
        said.append((str(shown.label), "sì" if name == "scadute" else words.get(written, written)))
    return said


def _results(page: Page[Sheet], words: list[str]) -> list[dict[str, Any]]:
    return [
        {"sheet": sheet, "title": mark(sheet.title, words), "excerpts": excerpts(sheet, words) if words else []}
        for sheet in page
    ]
