"""One version of a sheet: all it holds, as the form has it, and its place among the versions of its objective."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from deliberations.calendar import MONTHS
from objectives.month_chart import chart
from objectives.sheet_form import families, reviews
from objectives.versions import versions_of
from objectives.views.finding import adopted_sheets, get_sheet
from objectives.weights import written
from organisation.access import get_place


@require_safe
def sheet(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show a version of a sheet."""
    place = get_place(request, slug)
    shown = get_sheet(adopted_sheets(place).with_rows().select_related("substitutes__deliberation__entity"), pk)
    phases = list(shown.phases.all())
    context = {
        "sheet": shown,
        "plan": shown.objective.plan,
        "act": shown.deliberation,
        "weight": written(shown.weight),
        "versions": versions_of(shown),
        "phases": phases,
        "months": MONTHS,
        "chart": chart((phase.position, phase.text, phase.months) for phase in phases),
        "has_months": any(phase.months for phase in phases),
        "families": families(shown.indicators.all(), shown.objective.plan.year),
        "reviews": reviews(shown.printed_reviews),
        "staff": list(shown.participations.all()),
        "substituted_by": list(adopted_sheets(place).filter(substitutes=shown).select_related("deliberation__entity")),
    }
    return render(request, "objectives/sheet.html", context)


@require_safe
def sheet_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show who wrote what of this version in the archive, when and why (system time)."""
    place = get_place(request, slug)
    shown = get_sheet(adopted_sheets(place).select_related("sector", "objective__plan", "deliberation__entity"), pk)
    rows = shown.history.select_related("history_user").order_by("-history_id")
    return render(request, "objectives/sheet_history.html", {"sheet": shown, "rows": rows})
