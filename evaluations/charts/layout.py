"""Where names, bars and values stand in a picture: beside each other where there is room, else one above the other."""

from dataclasses import dataclass
from decimal import Decimal

from evaluations.charts.drawing import EDGE, FONT, GREY, INK, LINE, Drawing, words_width, wrapped

GAP = 10  # units between two rows
ROOM_BESIDE = 560  # units: from this width on names stand beside their bars
FOR_VALUES = 96  # units at the right, where values are written
AXIS = 26  # units above the first row, for what the axis says
MARGIN = 14  # units at the left of an axis, so that its first number is not cut


@dataclass(frozen=True)
class Columns:
    """How the width is shared out: names up to `left`, bars from there over `plot` units, then the values."""

    names: float
    left: float
    plot: float

    @property
    def values(self) -> float:
        """Where the values begin."""
        return self.left + self.plot + 8

    def at(self, share: float) -> float:
        """Where a share of the axis lies, 0 at its left and 1 at its right end."""
        return self.left + self.plot * share


def columns(width: int, for_values: float = FOR_VALUES) -> Columns:
    """Share out a width, with `for_values` units for what is written behind the bars."""
    if width < ROOM_BESIDE:
        return Columns(width, MARGIN, width - MARGIN - max(for_values, MARGIN))
    names = width * 0.36
    return Columns(names - 16, names, width - names - max(for_values, MARGIN))


@dataclass(frozen=True)
class Row:
    """A row of the picture: where its bars begin, and where it ends."""

    bars: float
    bottom: float


def named_row(drawing: Drawing, share: Columns, top: float, name: str, height: float, *, bold: bool = False) -> Row:
    """Write the name of a row that begins at `top` and has bars `height` units high; return where they stand."""
    lines = wrapped(name, share.names)
    tall = len(lines) * LINE
    beside = share.names < share.left
    first = top + max(0, (height - tall) / 2) if beside else top
    for place, words in enumerate(lines):
        drawing.text(0, first + place * LINE + FONT - 1, words, bold=bold)
    if beside:
        return Row(top + max(0, (tall - height) / 2), top + max(tall, height) + GAP)
    return Row(top + tall + 3, top + tall + 3 + height + GAP)


def heading(drawing: Drawing, top: float, words: str) -> float:
    """Write the heading of a group of rows over the whole width; return where the rows begin."""
    lines = wrapped(words, drawing.width)
    for place, line in enumerate(lines):
        drawing.text(0, top + place * LINE + FONT, line, bold=True)
    return top + len(lines) * LINE + 6


def _marks(most: Decimal) -> list[Decimal]:
    return sorted({Decimal(0), Decimal(50), Decimal(100), most})


def percent_axis(drawing: Drawing, share: Columns, top: float, most: Decimal) -> float:
    """Write the numbers of an axis of percentages from 0 to `most`; return where the rows begin."""
    for mark in _marks(most):
        x = share.at(float(mark / most))
        drawing.text(x, top + FONT, str(mark), anchor="middle", fill=GREY, bold=mark == 100)
    return top + AXIS


def percent_marks(drawing: Drawing, share: Columns, top: float, bottom: float, most: Decimal) -> None:
    """Draw a line through a row at each number of the axis, at 100 the strongest."""
    for mark in _marks(most):
        x = share.at(float(mark / most))
        stroke, width = (INK, 2.0) if mark == 100 else (EDGE, 1.0)
        drawing.line(x, top - 3, x, bottom + 3, stroke, width=width)


def legend(drawing: Drawing, top: float, entries: list[tuple[str, str]]) -> float:
    """Explain the fills, each (fill, words), one after the other on as many lines as it takes; return the bottom."""
    x, y = 0.0, top
    for fill, words in entries:
        wide = 24 + words_width(words)
        if x and x + wide > drawing.width:
            x, y = 0.0, y + LINE + 4
        drawing.rect(x, y + 2, 16, 11, fill, INK)
        drawing.text(x + 22, y + FONT - 1, words)
        x += wide + 18
    return y + LINE + 10
