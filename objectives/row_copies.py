"""The rows of a sheet as they stand in that of another objective: under keys of their own, read for its plan's year.

What belongs to the years of the other plan alone is not taken along: the months outside those of the new one (a form
has three years), the results, and the people.
"""

import uuid
from typing import Any

from objectives.choices import SLOTS
from objectives.draft_content import ROW_FIELDS
from objectives.models import Indicator, Objective, Phase, Plan
from objectives.targets import read_target

YEARS_OF_A_FORM = 3


def key_in(objective: Objective, key: Any) -> str:
    """Return the key under which a copied objective has the row `key` of its source.

    It follows from the two, so that a later change of that row finds its copy, and nobody has to write down which is
    which.
    """
    return str(uuid.uuid5(objective.code, str(key)))


def phase_in(plan: Plan, row: Phase) -> dict[str, Any]:
    """Return what a phase says, in a sheet of `plan`."""
    years = range(plan.year, plan.year + YEARS_OF_A_FORM)
    return {"text": row.text, "months": [month for month in row.months if int(month[:4]) in years]}


def indicator_in(plan: Plan, row: Indicator, source: Plan) -> dict[str, Any]:
    """Return what an indicator of a sheet of `source` says in one of `plan`: of another year, its value is read anew.

    "31-dic" is then the last day of the other year (R25).
    """
    values = {name: getattr(row, name) for name in ROW_FIELDS["indicators"] if name != "position"}
    if source.year == plan.year:
        return values
    target = read_target(row.expected, family=row.family, plan_year=plan.year, label=row.text)
    return values | {
        "target_kind": target.kind,
        "target_number": target.number,
        "target_date": target.date,
        "target_unit": target.unit,
        "direction": target.direction,
        "year": target.year,
    }


def free_slots(taken: set[int]) -> list[int]:
    """Return the slots of the form that no phase stands in."""
    return [slot for slot in range(1, SLOTS + 1) if slot not in taken]
