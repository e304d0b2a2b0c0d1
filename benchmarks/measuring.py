"""Measures deeds side by side and sets the results down as rows of a table."""

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Deed = Callable[[], Any]
HEADINGS = ("Point", "Ours", "Against", "Figure", "Target", "")


@dataclass(frozen=True)
class Figure:
    """One line of the table. `value` is held against `limit`: at least it, or (`at_most`) no more than it."""

    point: str
    ours: str
    against: str
    value: float
    unit: str = "×"
    limit: float | None = None
    at_most: bool = True

    @property
    def holds(self) -> bool:
        """Whether the target is met; a figure without one always is."""
        if self.limit is None:
            return True
        return self.value <= self.limit if self.at_most else self.value >= self.limit

    @property
    def cells(self) -> tuple[str, ...]:
        """The line's cells, in the order of HEADINGS."""
        if self.limit is None:
            return self.point, self.ours, self.against, f"{self.value:.2f} {self.unit}", "", "for information"
        target = f"{'≤' if self.at_most else '≥'} {self.limit:g} {self.unit}"
        return self.point, self.ours, self.against, f"{self.value:.2f} {self.unit}", target, self._outcome()

    def _outcome(self) -> str:
        return "ok" if self.holds else "OVER" if self.at_most else "UNDER"


@dataclass(frozen=True)
class NotMeasured:
    """A line for what this machine can't measure, with the reason."""

    point: str
    reason: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The line's cells, in the order of HEADINGS."""
        return self.point, "", "", "", "", f"not measured: {self.reason}"


Line = Figure | NotMeasured


def seconds(deed: Deed) -> float:
    """Do it once and return how long it took."""
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began


def side_by_side(times: int, *deeds: Deed, warm_up: int = 1) -> list[list[float]]:
    """Do the deeds in turn, `times` times, so that what else the machine does falls on all; seconds for each deed."""
    for deed in deeds * warm_up:
        deed()
    rounds = [[seconds(deed) for deed in deeds] for _ in range(times)]
    return [list(column) for column in zip(*rounds, strict=True)]


def medians(times: int, *deeds: Deed, warm_up: int = 1) -> list[float]:
    """The median seconds of each deed, done in turn."""
    return [statistics.median(taken) for taken in side_by_side(times, *deeds, warm_up=warm_up)]


def percentile_95(taken: Sequence[float]) -> float:
    """What 95 of 100 stay below."""
    return statistics.quantiles(taken, n=20, method="inclusive")[-1]


def milliseconds(taken: float) -> str:
    """Seconds as the table writes short times."""
    return f"{taken * 1000:.1f} ms"


def table(lines: Iterable[Line]) -> str:
    """The lines as a Markdown table that a terminal shows straight too."""
    rows = [HEADINGS, *(line.cells for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    written = [_row(row, widths) for row in rows]
    return "\n".join([written[0], _row(["-" * width for width in widths], widths), *written[1:]])


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"
