"""A version of a sheet as plain values: what differences, rules and papers work on. Pure: knows no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """A phase; `key` is the same in every version, `position` its slot in the form, `months` are "2022-10"."""

    key: str
    position: int
    text: str
    months: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator: what is written, and beside it how the expected value was read (R24)."""

    key: str
    position: int
    family: str
    text: str
    expected: str = ""
    achieved: str = ""
    deviation: str = ""
    target_kind: str = ""
    target_number: Decimal | None = None
    target_date: date | None = None
    target_unit: str = ""
    direction: str = ""
    year: int | None = None
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class StaffLine:
    """A person and their share as written ("50", "33,3%")."""

    key: str
    position: int
    category: str
    name: str
    share: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One version of a sheet. `sheet`, `objective`, `sector`, `base` and `substitutes` are primary keys."""

    sheet: int
    objective: int
    sector: int
    sector_name: str
    number: int
    title: str = ""
    description: str = ""
    weight: Decimal | None = None
    kind: str = "STRATEGICO"
    manager: str = ""
    dup_link: str = ""
    multi_year: bool = False
    change: str = "INSERITO"
    state: str = "BOZZA"
    on_file: bool = True
    motive: str = ""
    motive_text: str = ""
    base: int | None = None
    substitutes: int | None = None
    phases: tuple[PhaseLine, ...] = ()
    indicators: tuple[IndicatorLine, ...] = ()
    staff: tuple[StaffLine, ...] = ()

    @property
    def name(self) -> str:
        """How an office calls it: "FINANZIARIO n° 2"."""
        return f"{self.sector_name.removeprefix('SETTORE ')} n° {self.number}"


def snapshot(sheet: Any) -> Snapshot:
    """Return the values of a stored sheet (objectives.models.Sheet, best read `with_rows`)."""
    return Snapshot(
        sheet=sheet.pk,
        objective=sheet.objective_id,
        sector=sheet.sector_id,
        sector_name=sheet.sector_printed or sheet.sector.name,
        manager=sheet.manager_printed or str(sheet.manager or ""),
        base=sheet.base_id,
        substitutes=sheet.substitutes_id,
        phases=tuple(PhaseLine(str(row.key), row.position, row.text, tuple(row.months)) for row in _rows(sheet.phases)),
        indicators=tuple(
            IndicatorLine(str(row.key), **{name: getattr(row, name) for name in _INDICATOR})
            for row in _rows(sheet.indicators)
        ),
        staff=tuple(
            StaffLine(str(row.key), row.position, row.category, row.name, row.share)
            for row in _rows(sheet.participations)
        ),
        **{name: getattr(sheet, name) for name in _PLAIN},
    )


def _rows(related: Any) -> Iterable[Any]:
    return sorted(related.all(), key=lambda row: (row.position, row.pk))


_INDICATOR = (
    *("position", "family", "text", "expected", "achieved", "deviation", "target_kind", "target_number"),
    *("target_date", "target_unit", "direction", "year", "weight"),
)
_PLAIN = (
    *("number", "title", "description", "weight", "kind", "dup_link", "multi_year", "change", "state", "on_file"),
    *("motive", "motive_text"),
)
