"""The weights of a settore's sheets: what is known of them, and how far from the plan's total (R01). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

HUNDRED = Decimal(100)


def written(weight: Decimal | None) -> str:
    """A weight as an office writes it: "25", "12,5"; "non noto" for None."""
    if weight is None:
        return "non noto"
    return f"{weight.normalize():f}".replace(".", ",")


@dataclass(frozen=True)
class Segment:
    """A piece of the bar: where it begins and how long it is, as per cent of the whole bar, with decimal points."""

    start: str
    length: str


@dataclass(frozen=True)
class WeightSum:
    """The weights of a settore: None stands for a weight that is not known.

    `total` is the plan's, None for no rule; `complete` is False when part of the plan is not on file.
    """

    weights: Sequence[Decimal | None]
    total: Decimal | None = HUNDRED
    tolerance: Decimal = Decimal(0)
    complete: bool = True

    @property
    def known(self) -> Decimal:
        """The sum of the weights that are known."""
        return sum((weight for weight in self.weights if weight is not None), Decimal(0))

    @property
    def unknown(self) -> int:
        """How many weights are not known."""
        return sum(weight is None for weight in self.weights)

    @property
    def holds(self) -> bool:
        """Whether all weights are known and make the plan's total."""
        return not self.unknown and (self.total is None or abs(self.known - self.total) <= self.tolerance)

    @property
    def sentence(self) -> str:
        """The sum in words: "Peso noto 65 su 100", with what is missing or too much."""
        sentence = f"Peso noto {written(self.known)}"
        if self.total is not None:
            sentence += f" su {written(self.total)}"
        remarks = [remark for remark in (self._not_known(), self._difference()) if remark]
        return f"{sentence}: {', '.join(remarks)}" if remarks else sentence

    @property
    def segments(self) -> list[Segment]:
        """The bar: a piece for each weight that is known."""
        whole = max(self.known, self.total or HUNDRED) or HUNDRED
        pieces, start = [], Decimal(0)
        for weight in self.weights:
            if weight:
                pieces.append(Segment(_percent(start / whole), _percent(weight / whole)))
                start += weight
        return pieces

    def _not_known(self) -> str:
        if not self.unknown:
            return ""
        return "una scheda ha peso non noto" if self.unknown == 1 else f"{self.unknown} schede hanno peso non noto"

    def _difference(self) -> str:
        if self.total is None or self.holds:
            return ""
        difference = self.known - self.total
        if difference > 0:
            return f"supera il totale di {written(difference)}"
        if self.unknown:
            return ""
        return f"mancano {written(-difference)}" if self.complete else "il resto non è in archivio"


def _percent(share: Decimal) -> str:
    return f"{(share * 100).quantize(Decimal('0.01')).normalize():f}"
