"""The cronoprogramma as a table: a row for each phase, a cell for each month, as far as the document states it. Pure.

The printed chart showed its months by shading, which a text does not keep: an empty cell doesn't mean "no activity".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from deliberations.calendar import MONTHS


@dataclass(frozen=True)
class ChartRow:
    """The twelve months of a phase: each cell holds the years in which the phase runs in that month."""

    slot: int
    text: str
    cells: Sequence[str]


def chart(phases: Iterable[tuple[int, str, Sequence[str]]]) -> list[ChartRow]:
    """Return the rows of the chart from phases given as slot, text and months ("YYYY-MM")."""
    return [ChartRow(slot, text, _cells(months)) for slot, text, months in phases]


def _cells(months: Sequence[str]) -> list[str]:
    return [
        ", ".join(year for year, month in (text.split("-") for text in sorted(months)) if int(month) == position)
        for position in range(1, len(MONTHS) + 1)
    ]
