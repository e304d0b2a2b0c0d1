"""A stored sheet as the drafting form shows it, text by text."""

from objectives.forms.conflict import state_of
from objectives.forms.expected_value import correction_of, written_number
from objectives.forms.typed import FIELDS, Typed, TypedRow, settle
from objectives.models import Indicator, Sheet


def typed_of(sheet: Sheet) -> Typed:
    """Return what the form holds when a person opens it (`sheet` best read with its rows)."""
    plan_year = sheet.objective.plan.year
    typed = Typed(
        row_version=sheet.row_version,
        fields={name: [_field(sheet, name)] for name in FIELDS if name != "multi_year" or sheet.multi_year},
        phases=[
            TypedRow(str(row.key), {"text": [row.text], "months": list(row.months)}, row.position)
            for row in sheet.phases.all()
        ],
        indicators=[TypedRow(str(row.key), _indicator(row, plan_year)) for row in sheet.indicators.all()],
        staff=[
            TypedRow(str(row.key), {"category": [row.category], "name": [row.name], "share": [row.share]})
            for row in sheet.participations.all()
        ],
    )
    settle(typed)
    typed.opened = state_of(typed)
    return typed


def _field(sheet: Sheet, name: str) -> str:
    if name in {"manager", "substitutes"}:
        return str(getattr(sheet, f"{name}_id") or "")
    if name == "multi_year":
        return "on"
    value = getattr(sheet, name)
    return written_number(value) if name == "weight" else str(value or "")


def _indicator(row: Indicator, plan_year: int) -> dict[str, list[str]]:
    texts = {"family": row.family, "text": row.text, "expected": row.expected, "weight": written_number(row.weight)}
    return {name: [text] for name, text in {**texts, **correction_of(row, plan_year)}.items()}
