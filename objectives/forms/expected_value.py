"""How an expected value is read in the drafting form, and how a person corrects that reading (R24, R25)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from objectives.choices import Direction, TargetKind
from objectives.models import Indicator
from objectives.targets import Target, read_target

CORRECTIONS = ("kind", "direction", "number", "date", "unit", "year")
NEEDS_NUMBER = frozenset(
    {TargetKind.NUMBER, TargetKind.PERCENT, TargetKind.COUNT, TargetKind.FREQUENCY, TargetKind.YES_NO}
)
SIDES = {
    TargetKind.DATE: Direction.BY,
    TargetKind.NONE_AT_ALL: Direction.AT_MOST,
    TargetKind.YES_NO: Direction.EQUAL,
    TargetKind.TEXT: Direction.EQUAL,
}
"""On which side a result is good for a kind that a person chose, unless they say so; of a quantity, more is better."""


def corrected(read: Target, correction: Mapping[str, Any]) -> Target:
    """Return the reading as the person wants it: a kind they chose brings its own value, the rest stays as read."""
    target = read
    if kind := correction.get("kind"):
        target = replace(
            target,
            kind=kind,
            number=Decimal(0) if kind == TargetKind.NONE_AT_ALL else correction.get("number"),
            date=correction.get("date"),
            unit=correction.get("unit") or "",
            direction=read.direction if kind == read.kind else SIDES.get(kind, Direction.AT_LEAST),
            completed=False,
            problem="",
        )
        day: dt.date | None = target.date
        target = replace(target, year=day.year) if kind == TargetKind.DATE and day else target
    if direction := correction.get("direction"):
        target = replace(target, direction=direction)
    if year := correction.get("year"):
        target = replace(target, year=year)
    return target


def correction_of(indicator: Indicator, plan_year: int) -> dict[str, str]:
    """Return what a person corrected in the reading of a stored indicator: the facets that differ from it."""
    if not indicator.target_kind:
        return {}
    read = read_target(indicator.expected, family=indicator.family, plan_year=plan_year, label=indicator.text)
    found: dict[str, str] = {}
    if _value(indicator) != (read.kind, read.number, read.date, read.unit):
        found = {
            "kind": indicator.target_kind,
            "number": written_number(indicator.target_number),
            "date": f"{indicator.target_date:%Y-%m-%d}" if indicator.target_date else "",
            "unit": indicator.target_unit,
        }
    again = corrected(read, {**found, "number": indicator.target_number, "date": indicator.target_date})
    if indicator.direction and indicator.direction != again.direction:
        found["direction"] = indicator.direction
    if indicator.year and indicator.year != again.year:
        found["year"] = str(indicator.year)
    return found


def explained(target: Target, plan_year: int, *, by_hand: bool) -> str:
    """Say how a value is understood: "31-dic → 31/12/2022, entro", what was added to it, and who says so."""
    if (target.kind == TargetKind.DATE and not target.date) or (target.kind in NEEDS_NUMBER and target.number is None):
        return f"{target.text or '(vuoto)'} → da completare qui sotto"
    remarks = []
    if by_hand:
        remarks.append("lettura corretta a mano")
    if target.completed:
        remarks.append("l'anno non è scritto: è quello del piano")
    if target.year and target.year != plan_year:
        remarks.append(f"riguarda il {target.year}")
    return f"{target.explain()} ({'; '.join(remarks)})" if remarks else target.explain()


def stored_as(target: Target) -> dict[str, Any]:
    """Return the fields of an indicator that hold the reading."""
    return {
        "target_kind": target.kind,
        "target_number": target.number,
        "target_date": target.date,
        "target_unit": target.unit,
        "direction": target.direction,
        "year": target.year,
    }


def written_number(number: Decimal | None) -> str:
    """A number as an office writes it: "12,5"; empty for None."""
    return "" if number is None else f"{number.normalize():f}".replace(".", ",")


def _value(indicator: Indicator) -> tuple[str, Decimal | None, dt.date | None, str]:
    return indicator.target_kind, indicator.target_number, indicator.target_date, indicator.target_unit
