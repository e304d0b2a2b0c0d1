"""All phases of a settore over the months, year after year, with the line of today. Pure.

An empty month says nothing: in the printed form the months were shading, which its text does not keep.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from deliberations.calendar import MONTHS
from evaluations.charts.drawing import BLUE, EDGE, FONT, GREY, INK, LINE, NAVY, WIDE, Drawing, Svg, words_width
from evaluations.charts.layout import Columns, columns, heading, legend, named_row

HEIGHT = 14
ROOM_FOR_INITIAL = 11  # units a month must have for its initial
BAND = "#f2f6fa"
NO_MONTHS = "mesi non scritti"


@dataclass(frozen=True)
class MonthPhase:
    """A phase: its text, its months as "YYYY-MM", and how far it has come in %, None where nobody said."""

    text: str
    months: Sequence[str]
    done: int | None = None


@dataclass(frozen=True)
class MonthSheet:
    """A sheet: its number and title, and its phases."""

    name: str
    phases: Sequence[MonthPhase]


@dataclass(frozen=True)
class _Calendar:
    """The months of the picture, counted from January of the first year."""

    first: int
    years: int
    share: Columns

    def at(self, month: str) -> float:
        """Where a month begins."""
        year, number = month.split("-")
        return self.x((int(year) - self.first) * 12 + int(number) - 1)

    def x(self, place: float) -> float:
        """Where the month `place` begins; a part of a month may be given."""
        return self.share.at(place / (self.years * 12))

    def day(self, day: dt.date) -> float:
        """Where a day lies."""
        return self.x((day.year - self.first) * 12 + day.month - 1 + (day.day - 1) / 31)

    @property
    def month(self) -> float:
        """How wide a month is."""
        return self.share.plot / (self.years * 12)


def month_chart(
    sheets: Sequence[MonthSheet],
    *,
    year: int,
    today: dt.date | None = None,
    key: str,
    width: int = WIDE,
    title: str = "Le fasi nei mesi",
) -> Svg:
    """Draw a row for each phase. `year` is the plan's; later ones are added as far as the months go, and hatched.

    The line of `today` is drawn where today lies in those years.
    """
    drawing = Drawing(key, width)
    last = max([str(year), *(month[:4] for sheet in sheets for phase in sheet.phases for month in phase.months)])
    calendar = _Calendar(year, int(last) - year + 1, columns(width, 0))
    later = [(drawing.hatched, "mese di un anno successivo")] if calendar.years > 1 else []
    top = legend(drawing, 0, [(BLUE, "mese della fase"), *later]) + LINE
    shown = today if today and year <= today.year <= int(last) else None
    y = _months(drawing, calendar, top, shown)
    for sheet in sheets:
        y = heading(drawing, y, sheet.name)
        for phase in sheet.phases:
            y = _phase(drawing, calendar, y, phase, shown)
        y += 4
    return drawing.finished(y, title, _described(sheets, year, int(last), shown))


def _months(drawing: Drawing, calendar: _Calendar, top: float, today: dt.date | None) -> float:
    """Write the years and the initials of the months; return where the rows begin."""
    initials = calendar.month >= ROOM_FOR_INITIAL
    for place in range(calendar.years):
        middle = calendar.x(place * 12 + 6)
        drawing.text(middle, top + FONT, str(calendar.first + place), anchor="middle", bold=True)
        for number, name in enumerate(MONTHS if initials else ()):
            x = calendar.x(place * 12 + number + 0.5)
            drawing.text(x, top + LINE + FONT, name[0].upper(), anchor="middle", fill=GREY)
    bottom = top + (2 if initials else 1) * LINE + 6
    drawing.line(calendar.x(0), bottom, calendar.x(calendar.years * 12), bottom, INK)
    if today:
        words = f"oggi, {today:%d/%m/%Y}"
        half = words_width(words) / 2
        middle = min(max(calendar.day(today), half), drawing.width - half)
        drawing.text(middle, top - 5, words, anchor="middle", bold=True)
        _today(drawing, calendar, today, bottom - 8, bottom)
    return bottom + 8


def _phase(drawing: Drawing, calendar: _Calendar, top: float, phase: MonthPhase, today: dt.date | None) -> float:
    name = phase.text if phase.done is None else f"{phase.text} ({phase.done} %)"
    row = named_row(drawing, calendar.share, top, name, HEIGHT)
    drawing.rect(calendar.share.left, row.bars, calendar.share.plot, HEIGHT, BAND)
    for place in range(1, calendar.years * 4 if phase.months else 1):
        x = calendar.x(place * 3)
        drawing.line(x, row.bars, x, row.bars + HEIGHT, GREY if place % 4 == 0 else EDGE)
    for begins, length in _spans(phase.months):
        fill = BLUE if begins.startswith(str(calendar.first)) else drawing.hatched
        drawing.rect(calendar.at(begins), row.bars, calendar.month * length, HEIGHT, fill, NAVY)
    if not phase.months:
        drawing.text(calendar.x(0) + 4, row.bars + HEIGHT - 3, NO_MONTHS, fill=GREY)
    if today:
        _today(drawing, calendar, today, row.bars - 4, row.bars + HEIGHT + 4)
    return row.bottom


def _today(drawing: Drawing, calendar: _Calendar, today: dt.date, top: float, bottom: float) -> None:
    x = calendar.day(today)
    drawing.line(x, top, x, bottom, "#ffffff", width=5)
    drawing.line(x, top, x, bottom, INK, width=3)


def _spans(months: Sequence[str]) -> list[tuple[str, int]]:
    """The months without a gap between them, as first month and number of months; never over a year's end."""

    def run(entry: tuple[int, str]) -> tuple[str, int]:
        place, month = entry
        return month[:4], int(month[5:]) - place

    groups = [[month for _, month in run] for _, run in groupby(enumerate(sorted(set(months))), key=run)]
    return [(group[0], len(group)) for group in groups]


def _described(sheets: Sequence[MonthSheet], year: int, last: int, today: dt.date | None) -> str:
    phases = [phase for sheet in sheets for phase in sheet.phases]
    said = f"Obiettivi: {len(sheets)}, fasi: {len(phases)}, da gennaio {year} a dicembre {last}."
    without = sum(not phase.months for phase in phases)
    said += f" Fasi senza mesi scritti: {without}." if without else ""
    return said + (f" La linea verticale è oggi, {today:%d/%m/%Y}." if today else "")
