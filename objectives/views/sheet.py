"""One version of a sheet: all it holds, as the form has it, and its place among the versions of its objective."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from objectives.copies import relatives_of
from objectives.forms.when import WhenForm
from objectives.next_year import thread_of
from objectives.proposing import offered
from objectives.versions import versions_of
from objectives.views.finding import adopted_sheets, get_sheet
from objectives.views.sheet_content import sheet_content
from organisation.access import get_place


@require_safe
def sheet(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show a version of a sheet."""
    place = get_place(request, slug)
    shown = get_sheet(adopted_sheets(place).with_rows().select_related("substitutes__deliberation__entity"), pk)
    context = {
        **sheet_content(shown),
        "act": shown.deliberation,
        "offer": offered(place, shown),
        "thread": thread_of(place, shown),
        "relatives": relatives_of(shown),
        "when": WhenForm(entity=place.entity),
        "versions": versions_of(shown),
        "substituted_by": list(adopted_sheets(place).filter(substitutes=shown).select_related("deliberation__entity")),
    }
    return render(request, "objectives/sheet.html", context)
