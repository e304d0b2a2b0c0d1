"""What the pages of a sheet, adopted or not, show of its content (templates/objectives/sheet_body.html)."""

from typing import Any

from deliberations.calendar import MONTHS
from objectives.models import Sheet
from objectives.month_chart import chart
from objectives.sheet_form import families, reviews
from objectives.weights import written


def sheet_content(sheet: Sheet) -> dict[str, Any]:
    """Return the context of the body of `sheet`, best read `with_rows`."""
    phases = list(sheet.phases.all())
    return {
        "sheet": sheet,
        "plan": sheet.objective.plan,
        "weight": written(sheet.weight),
        "phases": phases,
        "months": MONTHS,
        "chart": chart((phase.position, phase.text, phase.months) for phase in phases),
        "has_months": any(phase.months for phase in phases),
        "families": families(sheet.indicators.all(), sheet.objective.plan.year),
        "reviews": reviews(sheet.printed_reviews),
        "staff": list(sheet.participations.all()),
        "corrections": list(sheet.corrections.select_related("by")) if sheet.is_adopted else [],
    }
