"""What the pictures of a plan show: progress, results and weights, out of its sheets and a verification.

A settore is asked for or all of them are: of one settore the rows are its phases and sheets, of all they are fewer.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from evaluations.charts import (
    NARROW,
    WIDE,
    SectorProgress,
    SectorWeights,
    SheetResult,
    Svg,
    WeightPiece,
)
from evaluations.charts.drawing import percent
from evaluations.measures import RoundMeasure, SectorMeasure, SheetMeasure
from objectives.models import Phase, Sheet
from objectives.overview import SectorBlock

NOT_ENTERED, NOT_APPLICABLE, NOT_ON_FILE = "non inserito", "non applicabile", "non in archivio"


@dataclass(frozen=True)
class PhaseState:
    """A phase of a sheet and how far it is, in per cent; None where nobody said so."""

    sheet: Sheet
    phase: Phase
    done: int | None = None


@dataclass(frozen=True)
class Pictured:
    """A picture in two widths, for a telephone and for a desk, and the table that says the same."""

    title: str
    narrow: Svg
    wide: Svg
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def pictured(
    draw: Callable[..., Svg],
    shown: Any,
    *,
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    **how: Any,
) -> Pictured:
    """Draw in both widths. `columns` and `rows` are the table beside; the first cell of a row is its heading."""
    key = draw.__name__.removesuffix("_chart")
    wide = how.pop("wide", WIDE)
    return Pictured(
        title,
        draw(shown, key=f"{key}-s", width=NARROW, title=title, **how),
        draw(shown, key=f"{key}-l", width=wide, title=title, **how),
        columns,
        list(rows),
    )


def phases_of(measured: RoundMeasure) -> list[PhaseState]:
    """Return the phases of a verification with their progress."""
    return [PhaseState(one.sheet, row.phase, row.percent) for one in measured.sheets for row in one.phases]


def progress_of(phases: Iterable[PhaseState], on: dt.date) -> list[SectorProgress]:
    """Return how far each settore is: the mean of the phases somebody measured, what is due of those with months."""
    bars = []
    for name, mine in _by_sector(phases):
        measured = [Decimal(one.done) for one in mine if one.done is not None]
        dues = [due for one in mine if (due := due_share(one.phase.months, on)) is not None]
        count = f"{len(measured)} su {len(mine)}" if measured and len(measured) < len(mine) else ""
        bars.append(SectorProgress(name, _mean(measured), _mean(dues), count))
    return bars


def due_share(months: Sequence[str], on: dt.date) -> Decimal | None:
    """Return how much of a phase should be done at the end of the day `on`: its months that are over, in % of all.

    None where no month is written. How the work of a phase is spread over its months nobody writes: evenly.
    """
    if not months:
        return None
    tomorrow = on + dt.timedelta(days=1)
    over = sum(month < f"{tomorrow:%Y-%m}" for month in months)
    return Decimal(100 * over) / len(months)


def sector_results(measured: RoundMeasure) -> list[SheetResult]:
    """Return the two averages of each settore."""
    return [
        SheetResult(
            "",
            one.sector.short_name,
            one.value.percent,
            one.time.percent,
            NOT_ENTERED if one.incomplete else NOT_APPLICABLE,
        )
        for one in measured.sectors
    ]


def sheet_results(sectors: Iterable[SectorMeasure]) -> list[SheetResult]:
    """Return the two averages of each sheet of these settori."""
    return [
        SheetResult(one.sector.short_name, named(sheet.sheet), sheet.value.percent, sheet.time.percent, _why(sheet))
        for one in sectors
        for sheet in one.sheets
    ]


def sector_weights(blocks: Iterable[SectorBlock]) -> list[SectorWeights]:
    """Return the weights of each settore that has sheets in force."""
    return [
        SectorWeights(
            block.sector.short_name,
            [WeightPiece(line.number, line.weight) for line in block.sheets],
            block.weights.total,
            block.weights.sentence,
        )
        for block in blocks
        if block.sheets
    ]


def named(sheet: Sheet) -> str:
    """A sheet under its settore: "n° 2 · SPORTELLO UNICO"."""
    return f"n° {sheet.number} · {_line(sheet.title) or NOT_ON_FILE}"


def said(value: Decimal | int | None, missing: str = NOT_ENTERED) -> str:
    """A percentage in a cell of a table."""
    return percent(None if value is None else Decimal(value), missing).replace(" %", "\N{NO-BREAK SPACE}%")


def _line(text: str) -> str:
    return " ".join(text.split())


def _why(sheet: SheetMeasure) -> str:
    if not sheet.sheet.on_file:
        return NOT_ON_FILE
    return NOT_ENTERED if sheet.incomplete else NOT_APPLICABLE


def _mean(numbers: Sequence[Decimal]) -> Decimal | None:
    return sum(numbers, Decimal(0)) / len(numbers) if numbers else None


def _by_sector(phases: Iterable[PhaseState]) -> list[tuple[str, list[PhaseState]]]:
    groups: dict[tuple[str, str], list[PhaseState]] = {}
    for one in phases:
        groups.setdefault((one.sheet.sector.match_key, one.sheet.sector.short_name), []).append(one)
    return [(name, mine) for (_, name), mine in sorted(groups.items())]
