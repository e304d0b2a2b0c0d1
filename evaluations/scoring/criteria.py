"""The criteria by which the scores of a plan are computed, as plain values. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from evaluations.choices import LateRule, PartialRule
from evaluations.scoring.writing import days, per_cent


@dataclass(frozen=True, slots=True)
class Criteria:
    """How the scores of a plan are computed; the defaults are those of a plan without criteria of its own.

    `cap` is the highest score of an indicator in per cent; `late_steps` holds pairs (up to so many days late, per
    cent), in the order of the days.
    """

    cap: int = 100
    partial: str = PartialRule.PROPORZIONALE
    late: str = LateRule.TUTTO_O_NIENTE
    late_steps: tuple[tuple[int, int], ...] = ((30, 50), (60, 25))
    indicator_weights: bool = True

    def worth_of_delay(self, late_days: int) -> Decimal:
        """What a day missed by `late_days` (1 or more) is worth, in per cent."""
        if self.late == LateRule.TUTTO_O_NIENTE:
            return Decimal(0)
        return next((Decimal(worth) for limit, worth in self.late_steps if late_days <= limit), Decimal(0))

    def delay_in_words(self, late_days: int) -> str:
        """Which rule a delay of `late_days` meets: "tutto o niente", "entro 30 giorni"."""
        if self.late == LateRule.TUTTO_O_NIENTE:
            return "tutto o niente"
        if not self.late_steps:
            return "nessuno scaglione di ritardo"
        limit = next((limit for limit, _ in self.late_steps if late_days <= limit), None)
        return f"scaglione fino a {days(limit)}" if limit else f"oltre {days(self.late_steps[-1][0])}"

    @property
    def sentences(self) -> list[str]:
        """The criteria in Italian, a sentence each."""
        partial = PartialRule(self.partial).label
        return [
            f"Un valore non raggiunto: {partial}.",
            self._late_sentence(),
            f"Un indicatore vale al massimo {per_cent(Decimal(self.cap))}.",
            "Dove tutti gli indicatori di una media hanno un peso scritto, i pesi contano."
            if self.indicator_weights
            else "I pesi degli indicatori non contano: la media è semplice.",
        ]

    def _late_sentence(self) -> str:
        if self.late == LateRule.TUTTO_O_NIENTE:
            return "Un termine rispettato vale 100 %, uno non rispettato 0 %."
        steps = [f"fino a {days(limit)} di ritardo {per_cent(Decimal(worth))}" for limit, worth in self.late_steps]
        return f"Un termine rispettato vale 100 %; {', '.join([*steps, 'oltre 0 %'])}."

    def to_json(self) -> dict[str, Any]:
        """The criteria as they are stored with a closed verification."""
        return {
            "cap": self.cap,
            "partial": str(self.partial),
            "late": str(self.late),
            "late_steps": [list(step) for step in self.late_steps],
            "indicator_weights": self.indicator_weights,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Criteria":
        """The criteria that `to_json` wrote."""
        return cls(**{**stored, "late_steps": ordered(stored["late_steps"])})


def ordered(steps: Sequence[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    """The steps in the order of the days."""
    return tuple(sorted((int(limit), int(worth)) for limit, worth in steps))
