"""The two averages of each sheet against 100: the value reached and the times kept, apart (R29). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from evaluations.charts.drawing import BLUE, FONT, GREY, INK, NAVY, PALE, WIDE, Drawing, Svg, percent
from evaluations.charts.layout import Columns, columns, heading, legend, named_row, percent_axis, percent_marks

HEIGHT = 15
HUNDRED = Decimal(100)
NOTHING = "non applicabile"


@dataclass(frozen=True)
class SheetResult:
    """A sheet, or a settore: the settore it is listed under, its name, and its averages in %.

    None is "not applicable", which is left out of every average and is never zero; `note` says so in other words.
    """

    sector: str
    name: str
    value: Decimal | None
    time: Decimal | None
    note: str = NOTHING


def results_chart(
    sheets: Sequence[SheetResult], *, key: str, width: int = WIDE, title: str = "Risultati rispetto agli attesi"
) -> Svg:
    """Draw two bars for each sheet, under the heading of its settore; a strong line marks 100 %."""
    drawing = Drawing(key, width)
    share = columns(width, 116)
    top = legend(drawing, 0, [(BLUE, "valore raggiunto"), (drawing.hatched, "rispetto dei tempi")])
    most = max([HUNDRED, *(one for sheet in sheets for one in (sheet.value, sheet.time) if one is not None)])
    y, sector = percent_axis(drawing, share, top, most), ""
    for sheet in sheets:
        if sheet.sector != sector:
            sector = sheet.sector
            y = heading(drawing, y, sector)
        row = named_row(drawing, share, y, sheet.name, 2 * HEIGHT + 3)
        _bar(drawing, share, row.bars, sheet.value, most, BLUE, sheet.note)
        _bar(drawing, share, row.bars + HEIGHT + 3, sheet.time, most, drawing.hatched, sheet.note)
        percent_marks(drawing, share, row.bars, row.bars + 2 * HEIGHT + 3, most)
        y = row.bottom + 4
    return drawing.finished(y, title, _described(sheets))


def _bar(
    drawing: Drawing, share: Columns, top: float, value: Decimal | None, most: Decimal, fill: str, note: str
) -> None:
    if value is None:
        drawing.rect(share.left, top, share.plot, HEIGHT, "#ffffff", PALE)
    else:
        drawing.rect(share.left, top, share.plot, HEIGHT, PALE)
        drawing.rect(share.left, top, share.plot * float(value / most), HEIGHT, fill, NAVY)
    drawing.text(share.values, top + FONT - 1, percent(value, note), fill=GREY if value is None else INK)


def _described(sheets: Sequence[SheetResult]) -> str:
    """How many reach 100; each number is in the table beside."""
    values = [sheet.value for sheet in sheets if sheet.value is not None]
    times = [sheet.time for sheet in sheets if sheet.time is not None]
    reached = sum(one >= HUNDRED for one in values)
    return (
        f"Righe: {len(sheets)}. Valore raggiunto almeno 100 %: {reached} su {len(values)}. "
        f"Tempi rispettati al 100 %: {sum(one >= HUNDRED for one in times)} su {len(times)}. "
        "Ciò che non è applicabile non è contato."
    )
