"""The cronoprogramma of a plan: the phases of the sheets in force, by settore, with months and progress."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from evaluations.charts import Calendar, Svg, calendar, months_bar, months_said
from evaluations.settled import how_far
from objectives.models import Phase, Plan, Sheet
from objectives.moments import Moment
from objectives.permissions import Standing
from organisation.models import Sector

MOST = 520
"""With more phases than this the whole plan shows its sheets; the phases are a settore away."""
LONG = 70
"""Characters of a phase that the whole plan shows."""
NO_TITLE = "testo non in archivio"


@dataclass(frozen=True)
class Asked:
    """What is to be seen: None and False for everything."""

    sector: int | None = None
    manager: str | None = None
    under_way: bool = False


@dataclass(frozen=True)
class Line:
    """A phase, or a whole sheet: its words, its months as a picture and in words, and how far it is."""

    name: str
    bar: Svg
    months: str
    done: str


@dataclass(frozen=True)
class SheetLines:
    """A sheet and its phases; `whole` instead of them where only sheets are shown."""

    sheet: Sheet
    name: str
    lines: Sequence[Line]
    whole: Line | None = None


@dataclass(frozen=True)
class SectorTable:
    """A settore: its sheets, and in numbers what is shown of it."""

    sector: Sector
    sheets: Sequence[SheetLines]
    phases: int


@dataclass(frozen=True)
class Timetable:
    """A cronoprogramma, settore by settore; `measured` where a verification says how far something is."""

    calendar: Calendar
    sectors: Sequence[SectorTable]
    measured: bool
    only_sheets: bool

    @property
    def phases(self) -> int:
        """How many phases it holds."""
        return sum(one.phases for one in self.sectors)


def sheets_of(plan: Plan, moment: Moment, person: Standing) -> list[Any]:
    """Return the sheets of the plan at a moment, by settore, with their phases, in two queries.

    Each phase has `done`, its per cent in the last verification that the person may read; None where nobody said.
    """
    phases = Phase.objects.annotate(done=how_far({plan.entity_id: person})).order_by("position", "pk")
    sheets = Sheet.objects.of(plan).in_force(moment.acts).select_related("sector", "manager")
    light = sheets.defer("description", "dup_link", "motive_text", "printed_reviews", "search_text")
    return list(light.prefetch_related(Prefetch("phases", phases)).order_by("sector__match_key", "number", "pk"))


def timetable(plan: Plan, sheets: Iterable[Any], asked: Asked, today: dt.date) -> Timetable:
    """Return what is asked for of the `sheets` (sheets_of)."""
    found = [(sheet, _phases(sheet, asked, today)) for sheet in sheets if _is_asked(sheet, asked)]
    shown = [(sheet, phases) for sheet, phases in found if phases or not asked.under_way]
    every = [phase for _, phases in shown for phase in phases]
    years = calendar(plan.year, (month for phase in every for month in phase.months), today)
    measured = any(phase.done is not None for phase in every)
    only_sheets = len(every) > MOST and asked.sector is None
    sectors: dict[int, list[tuple[Any, list[Any]]]] = {}
    for sheet, phases in shown:
        sectors.setdefault(sheet.sector_id, []).append((sheet, phases))
    tables = [
        SectorTable(
            sector=mine[0][0].sector,
            sheets=[_sheet(sheet, phases, years, only_sheets, asked) for sheet, phases in mine],
            phases=sum(len(phases) for _, phases in mine),
        )
        for mine in sectors.values()
    ]
    return Timetable(years, tables, measured, only_sheets)


def _is_asked(sheet: Any, asked: Asked) -> bool:
    manager = sheet.manager.name if sheet.manager else ""
    return asked.sector in {None, sheet.sector_id} and asked.manager in {None, "", manager}


def _phases(sheet: Any, asked: Asked, today: dt.date) -> list[Any]:
    phases = list(sheet.phases.all())
    return [one for one in phases if f"{today:%Y-%m}" in one.months] if asked.under_way else phases


def _sheet(sheet: Any, phases: Sequence[Any], years: Calendar, only_sheets: bool, asked: Asked) -> SheetLines:
    name = f"n° {sheet.number} · {_words(sheet.title) or NO_TITLE}"
    if only_sheets:
        months = sorted({month for one in phases for month in one.months})
        entered = [one.done for one in phases if one.done is not None]
        mean = round(sum(entered) / len(entered)) if entered else None
        return SheetLines(sheet, name, [], _line(name, months, mean, years))
    longest = LONG if asked.sector is None else None
    return SheetLines(sheet, name, [_line(_words(one.text, longest), one.months, one.done, years) for one in phases])


def _line(name: str, months: Sequence[str], done: int | None, years: Calendar) -> Line:
    return Line(name, months_bar(months, years), months_said(months), "" if done is None else f"{done}\u00a0%")


def _words(text: str, longest: int | None = None) -> str:
    line = " ".join(text.split())
    return line if longest is None or len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
