"""The results of a verification, and the register of validations, to work on elsewhere: .xlsx, .csv, .json."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from documents.table_files import table_response
from evaluations.docket import listed, validations_of
from evaluations.measuring import measure
from evaluations.papers.results_tables import results_tables
from evaluations.papers.validations_register import validations_register
from evaluations.views.finding import get_round
from objectives.permissions import standing_at
from organisation.access import get_place


@never_cache
@require_safe
def round_file(request: HttpRequest, slug: str, year: int, kind: str, form: str) -> HttpResponse:
    """Send the results of a verification (?tabella= names that of a .csv); names only to who may see them."""
    place = get_place(request, slug)
    tables = results_tables(measure(get_round(place, year, kind)), standing_at(place))
    return table_response(tables, form, request.GET.get("tabella", ""))


@never_cache
@require_safe
def validations_file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Send the register of validations, the latest first."""
    place = get_place(request, slug)
    rows = listed(place.entity, validations_of(place.entity))
    return table_response(validations_register(place.entity, rows), form)
