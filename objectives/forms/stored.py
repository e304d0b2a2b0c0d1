"""A stored sheet as the drafting form shows it, text by text."""

from objectives.forms.conflict import state_of
from objectives.forms.expected_value import correction_of, written_number
from objectives.forms.typed import FIELDS, Typed, TypedRow, settle
from objectives.models import Indicator, Participation, Phase, Sheet


def typed_of(sheet: Sheet, begun_from: Sheet | None = None) -> Typed:
    """Return what the form holds when a person opens it (`sheet` best read with its rows).

    Of a draft that nobody began yet (`sheet` is not stored), the rows are those of the version that it would change.
    """
    plan_year, source = sheet.objective.plan.year, begun_from or sheet
    phases, indicators, staff = _rows(source) if source.pk else ([], [], [])
    typed = Typed(
        row_version=sheet.row_version,
        fields={name: [_field(sheet, name)] for name in FIELDS if name != "multi_year" or sheet.multi_year},
        phases=[
            TypedRow(str(row.key), {"text": [row.text], "months": list(row.months)}, row.position) for row in phases
        ],
        indicators=[TypedRow(str(row.key), _indicator(row, plan_year)) for row in indicators],
        staff=[
            TypedRow(str(row.key), {"category": [row.category], "name": [row.name], "share": [row.share]})
            for row in staff
        ],
    )
    settle(typed)
    typed.opened = state_of(typed)
    return typed


def _rows(sheet: Sheet) -> tuple[list[Phase], list[Indicator], list[Participation]]:
    return list(sheet.phases.all()), list(sheet.indicators.all()), list(sheet.participations.all())


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
