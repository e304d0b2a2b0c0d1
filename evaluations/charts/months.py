"""The months of phases as bars over the years of a plan, with the line of today: the pieces of a timetable. Pure.

A timetable is a table: its rows hold a name, a picture of one row, and the months in words, so that nobody needs the
picture. Lengths are in per cent of the column, so that the same picture fits a telephone, a desk and an A3 sheet.
An empty month says nothing: in the printed form the months were shading, which its text does not keep.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from deliberations.calendar import MONTHS
from evaluations.charts.drawing import Svg

HATCH, LINE = "tratteggio", "oggi"
"""The ids of what every row uses: the fill of later years, and the line of today."""
HEAD = (13, 28, 45)
NEAR_AN_END = 0.1
"""Where the three lines of the head stand, in pixels: today, the years, the initials of the months."""
MANY_YEARS = 3
"""With so many years initials do not fit on a telephone."""


@dataclass(frozen=True)
class Calendar:
    """The months of a timetable, from January of its first year; `today` only where it lies in those years."""

    first: int
    years: int
    today: dt.date | None = None

    @property
    def length(self) -> int:
        """How many months there are."""
        return 12 * self.years

    def place(self, month: str) -> int:
        """Which month of the timetable "YYYY-MM" is, the first being 0."""
        return (int(month[:4]) - self.first) * 12 + int(month[5:]) - 1

    def x(self, place: float) -> str:
        """Where a month begins, or how long so many months are."""
        return f"{round(100 * place / self.length, 2):g}%"

    @property
    def now(self) -> float | None:
        """Where today lies, in months."""
        if self.today is None:
            return None
        return (self.today.year - self.first) * 12 + self.today.month - 1 + (self.today.day - 1) / 31


def calendar(year: int, months: Iterable[str], today: dt.date) -> Calendar:
    """Return the years of a timetable: the plan's `year`, and later ones as far as the `months` go."""
    last = max([year, *(int(month[:4]) for month in months)])
    return Calendar(year, last - year + 1, today if year <= today.year <= last else None)


def months_bar(months: Sequence[str], shown: Calendar) -> Svg:
    """Draw the months of a phase: those of the first year filled, those of later years hatched."""
    root = ET.Element("svg", {"aria-hidden": "true"})
    for begin, end in _spans([shown.place(month) for month in months]):
        for start, stop, later in ((begin, min(end, 12), False), (max(begin, 12), end, True)):
            if start < stop:
                fill = {"fill": f"url(#{HATCH})"} if later else {}
                ET.SubElement(root, "rect", {"x": shown.x(start), "width": shown.x(stop - start)} | fill)
    if shown.now is not None:
        ET.SubElement(root, "use", {"href": f"#{LINE}"})
    return Svg(ET.tostring(root, encoding="unicode"))


def months_head(shown: Calendar) -> Svg:
    """Draw the head of the column: the years, the initials of the months, and the day of today."""
    root = ET.Element("svg", {"aria-hidden": "true"})
    _today(root, shown)
    initials = {"class": "initial many" if shown.years >= MANY_YEARS else "initial", "y": str(HEAD[1])}
    for year in range(shown.years):
        _text(root, str(shown.first + year), x=shown.x(12 * year + 6), y=str(HEAD[0]))
        for place, name in enumerate(MONTHS):
            _text(root, name[0].upper(), x=shown.x(12 * year + place + 0.5), **initials)
    return Svg(ET.tostring(root, encoding="unicode"))


def shared(shown: Calendar) -> Svg:
    """Return what the rows use, once for a page."""
    root = ET.Element("svg", {"aria-hidden": "true", "class": "shared", "width": "0", "height": "0"})
    defs = ET.SubElement(root, "defs")
    size = {"width": "6", "height": "6", "patternUnits": "userSpaceOnUse"}
    pattern = ET.SubElement(defs, "pattern", {"id": HATCH, **size})
    ET.SubElement(pattern, "path", {"d": "M-1 7L7 -1M-1 1L1 -1M5 7L7 5", "class": "hatch"})
    if shown.now is not None:
        ET.SubElement(defs, "rect", {"id": LINE, "class": "today", "x": shown.x(shown.now), "width": "2"})
    return Svg(ET.tostring(root, encoding="unicode"))


def months_said(months: Sequence[str]) -> str:
    """The months in words, "marzo–maggio, luglio 2026, gennaio 2027"; "mesi non scritti" for none."""
    if not months:
        return "mesi non scritti"
    spans = _spans(int(month[:4]) * 12 + int(month[5:]) - 1 for month in months)
    following = [begin // 12 for begin, _ in spans[1:]]
    return ", ".join(
        _span_said(begin, end - 1, year=(end - 1) // 12 != after)
        for (begin, end), after in zip(spans, [*following, None], strict=True)
    )


def _span_said(first: int, last: int, *, year: bool) -> str:
    """A span in words; without its `year` where the next one is of the same."""
    ending = f"{MONTHS[last % 12]} {last // 12}" if year else MONTHS[last % 12]
    if first == last:
        return ending
    begin = MONTHS[first % 12] if first // 12 == last // 12 else f"{MONTHS[first % 12]} {first // 12}"
    return f"{begin}–{ending}"


def _spans(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Months without a gap between them, each span as its first month and the one after its last."""
    spans: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if spans and spans[-1][1] == number:
            spans[-1] = (spans[-1][0], number + 1)
        else:
            spans.append((number, number + 1))
    return spans


def _today(root: ET.Element, shown: Calendar) -> None:
    """Write the day above its line; near an end, to the side where there is room."""
    if shown.today is None or shown.now is None:
        return
    part = shown.now / shown.length
    anchor = "start" if part < NEAR_AN_END else "end" if part > 1 - NEAR_AN_END else "middle"
    _text(root, f"oggi, {shown.today:%d/%m/%Y}", x=shown.x(shown.now), y=str(HEAD[2]), **{"text-anchor": anchor})


def _text(root: ET.Element, words: str, **attributes: str) -> None:
    ET.SubElement(root, "text", attributes).text = words
