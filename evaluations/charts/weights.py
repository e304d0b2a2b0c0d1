"""The weights of each settore as one bar, its sheets as pieces (R01). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from evaluations.charts.drawing import BLUE, FONT, INK, LINE, PALE, WIDE, Drawing, Svg, words_width, wrapped
from evaluations.charts.layout import MARGIN, Columns, columns, named_row
from objectives.weights import written

HEIGHT = 26
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class WeightPiece:
    """A sheet of the bar: its number, and its weight, None where the text is not on file."""

    number: int
    weight: Decimal | None


@dataclass(frozen=True)
class SectorWeights:
    """A settore: its name, its sheets, the plan's total (None for no rule), and the sum in words (WeightSum)."""

    name: str
    pieces: Sequence[WeightPiece]
    total: Decimal | None
    sentence: str


def weights_chart(
    sectors: Sequence[SectorWeights], *, key: str, width: int = WIDE, title: str = "Pesi degli obiettivi per settore"
) -> Svg:
    """Draw the weights. Each piece carries the number of its sheet and, where there is room, its weight."""
    drawing = Drawing(key, width)
    share = columns(width, MARGIN)
    whole = max([HUNDRED, *(_length(sector) for sector in sectors)])
    y = 6.0
    for sector in sectors:
        row = named_row(drawing, share, y, sector.name, HEIGHT, bold=True)
        _bar(drawing, share, row.bars, sector, whole)
        y = _sentence(drawing, share, row.bars + HEIGHT + 3, sector.sentence, row.bottom)
    return drawing.finished(y, title, ". ".join(f"{one.name}: {one.sentence}" for one in sectors))


def _length(sector: SectorWeights) -> Decimal:
    known = sum((piece.weight for piece in sector.pieces if piece.weight), Decimal(0))
    return max(known, sector.total or Decimal(0))


def _bar(drawing: Drawing, share: Columns, top: float, sector: SectorWeights, whole: Decimal) -> None:
    drawing.rect(share.left, top, share.plot * float((sector.total or whole) / whole), HEIGHT, PALE, INK)
    start = Decimal(0)
    for piece in sector.pieces:
        if piece.weight:
            x, wide = share.at(float(start / whole)), share.plot * float(piece.weight / whole)
            drawing.rect(x, top, wide, HEIGHT, BLUE, "#ffffff")
            if said := _fitting(piece, wide - 4):
                drawing.text(x + wide / 2, top + HEIGHT / 2 + FONT / 2 - 2, said, anchor="middle", fill="#ffffff")
            start += piece.weight
    if sector.total:
        x = share.at(float(sector.total / whole))
        for end in (top - 5, top + HEIGHT):
            drawing.line(x, end, x, end + 5, INK, width=2)


def _fitting(piece: WeightPiece, width: float) -> str:
    """What fits in a piece: "n° 2: 25", "n° 2", "2", or nothing. The table beside has it all."""
    weight = written(piece.weight)
    said = (f"n° {piece.number}: {weight}", f"n° {piece.number}", str(piece.number))
    return next((words for words in said if words_width(words) <= width), "")


def _sentence(drawing: Drawing, share: Columns, top: float, sentence: str, bottom: float) -> float:
    lines = wrapped(sentence, drawing.width - share.left, 3)
    for place, words in enumerate(lines):
        drawing.text(share.left, top + place * LINE + FONT, words)
    return max(bottom, top + len(lines) * LINE + 14)
