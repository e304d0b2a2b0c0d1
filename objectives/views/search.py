"""The search: over the sheets of every year, by words and filters, as a page and as a workbook."""

from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from documents.spreadsheets import MIME
from objectives.forms.search import MOMENT, SearchForm
from objectives.forms.when import WhenForm
from objectives.models import Sheet, SheetQuerySet
from objectives.moments import Moment, is_awaited, today
from objectives.permissions import NOBODY, standing_at
from objectives.saved_searches import searches_of
from objectives.searching import excerpts, mark
from objectives.selecting import ORDERS, select
from objectives.sheets_xlsx import sheets_workbook
from objectives.views.finding import signed_in
from organisation.access import Place, get_place
from organisation.rates import limited

PER_PAGE = 20


@dataclass
class Search:
    """What an address asks for, for one person in one entity. The forms are unbound where it asks nothing."""

    place: Place
    address: QueryDict
    form: SearchForm = field(init=False)
    when: WhenForm = field(init=False)

    def __post_init__(self) -> None:
        asked = self.address if set(self.address) & {*SearchForm.base_fields, *MOMENT} else None
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
    def criteria(self) -> list[tuple[str, str]]:
        """What is asked for, in the words of the page."""
        said = []
        for name, written in (self.form.query | self.when.query).items():
            shown: Any = (self.form if name in self.form.fields else self.when).fields[name]
            words = {str(key): str(label) for key, label in getattr(shown, "choices", [])}
            said.append((str(shown.label), "sì" if name == "scadute" else words.get(written, written)))
        return said

    @property
    def found(self) -> SheetQuerySet:
        """The versions found, each with whether it is in force then. Only of a valid search."""
        moment = self.when.moment
        asked = self.form.asked
        person = standing_at(self.place) if asked.depends_on_person else NOBODY
        found = select(self.place.entity, person, asked, moment.acts if moment else None)
        then: Moment = moment or today(self.place.entity)
        in_force = Sheet.objects.in_force(then.acts).order_by().filter(pk=OuterRef("pk"))
        sheets: SheetQuerySet = found.select_related("sector", "manager", "objective__plan", "deliberation__entity")
        texts = sheets.annotate(is_in_force=Exists(in_force))
        return texts.order_by(*ORDERS[asked.order][1], "-is_in_force", "-deliberation__session_on", "-pk")


@limited("search")
@never_cache
@require_safe
def search(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the versions that have all that the address asks for: adopted ones, and open ones to who may see them."""
    place = get_place(request, slug)
    asked = Search(place, request.GET)
    kept = searches_of(signed_in(request), place.entity)
    context: dict[str, Any] = {"form": asked.form, "when": asked.when, "kept": kept}
    if asked.is_valid:
        words = list(asked.form.asked.words)
        found = asked.found.prefetch_related("phases", "indicators") if words else asked.found
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("pagina"))
        same = next((one for one in kept if one.query == asked.query), None)
        context |= {"page": page, "results": _results(page, words), "query": asked.query, "same": same}
        context["moment"] = asked.when.moment
    return render(request, "objectives/search.html", context)


@limited("search")
@never_cache
@require_safe
def search_xlsx(request: HttpRequest, slug: str) -> HttpResponse:
    """Send all that a search finds as .xlsx; what can't be looked for is explained on the page of the search."""
    asked = Search(get_place(request, slug), request.GET)
    if not asked.is_valid:
        return redirect(f"{reverse('search', args=[slug])}?{request.GET.urlencode()}")
    found = asked.found.prefetch_related("phases", "indicators")
    content = sheets_workbook(found, asked.criteria, entity=asked.place.entity)
    response = HttpResponse(content, content_type=MIME)
    response["Content-Disposition"] = f'attachment; filename="ricerca-{slug}.xlsx"'
    return response


def _results(page: Page[Sheet], words: list[str]) -> list[dict[str, Any]]:
    return [
        {
            "sheet": sheet,
            "awaited": sheet.is_adopted and sheet.deliberation is not None and is_awaited(sheet.deliberation),
            "title": mark(sheet.title, words),
            "excerpts": excerpts(sheet, words) if words else [],
        }
        for sheet in page
    ]
