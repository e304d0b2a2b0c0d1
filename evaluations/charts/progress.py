"""How far each settore has come with its phases, beside what the months of the plan say. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from evaluations.charts.drawing import BLUE, FONT, GREY, INK, PALE, WIDE, Drawing, Svg, percent
from evaluations.charts.layout import Columns, columns, legend, named_row, percent_axis, percent_marks

HEIGHT = 20
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class SectorProgress:
    """A settore: how much of its phases is done, and how much should be by the months written in its sheets, in %.

    None for what nobody entered, or what no month says. `measured` says how many of its phases somebody measured,
    where it is not all of them: "12 su 17". One phase done out of ten is not a settore that is done.
    """

    name: str
    done: Decimal | None
    due: Decimal | None = None
    measured: str = ""


def progress_chart(
    sectors: Sequence[SectorProgress], *, key: str, width: int = WIDE, title: str = "Avanzamento delle fasi per settore"
) -> Svg:
    """Draw a bar for each settore; a mark across it is where the months of its phases say that it should be."""
    drawing = Drawing(key, width)
    share = columns(width)
    y = percent_axis(drawing, share, _legend(drawing, sectors), HUNDRED)
    for sector in sectors:
        row = named_row(drawing, share, y, _name(sector), HEIGHT)
        _bar(drawing, share, row.bars, sector)
        y = row.bottom
    return drawing.finished(y, title, ". ".join(map(_said, sectors)))


def _legend(drawing: Drawing, sectors: Sequence[SectorProgress]) -> float:
    entries = [(BLUE, "fatto")]
    if any(sector.due is not None for sector in sectors):
        entries.append((INK, "previsto dai mesi delle fasi"))
    return legend(drawing, 0, entries)


def _bar(drawing: Drawing, share: Columns, top: float, sector: SectorProgress) -> None:
    drawing.rect(share.left, top, share.plot, HEIGHT, PALE)
    if sector.done is not None:
        drawing.rect(share.left, top, share.plot * float(sector.done / HUNDRED), HEIGHT, BLUE)
    percent_marks(drawing, share, top, top + HEIGHT, HUNDRED)
    if sector.due is not None:
        x = share.at(float(sector.due / HUNDRED))
        drawing.rect(x - 2, top - 3, 4, HEIGHT + 6, INK, "#ffffff")
    fill = GREY if sector.done is None else INK
    drawing.text(
        share.values, top + HEIGHT / 2 + FONT / 2 - 2, percent(sector.done), fill=fill, bold=sector.done is not None
    )


def _name(sector: SectorProgress) -> str:
    return f"{sector.name} (fasi misurate: {sector.measured})" if sector.measured else sector.name


def _said(sector: SectorProgress) -> str:
    said = f"{_name(sector)}: {percent(sector.done)}"
    return said if sector.due is None else f"{said}, previsto {percent(sector.due)}"
