"""The results of a verification, to work on in a spreadsheet."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from documents.spreadsheets import MIME
from evaluations.measuring import measure
from evaluations.papers.results_xlsx import results_workbook
from evaluations.views.finding import get_round
from objectives.permissions import standing
from organisation.access import get_place


@never_cache
@require_safe
def round_xlsx(request: HttpRequest, slug: str, year: int, kind: str) -> HttpResponse:
    """Send the results of a verification as .xlsx; names of persons only to who may see them."""
    place = get_place(request, slug)
    verification = get_round(place, year, kind)
    content = results_workbook(measure(verification), standing(request.user, place.entity))
    response = HttpResponse(content, content_type=MIME)
    state = "" if verification.is_closed else "-provvisori"
    name = f"risultati-{slug}-{year}-{kind}{state}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
