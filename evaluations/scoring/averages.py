"""Scores brought together: of a sheet, a settore, a plan, a person. What is not measured is left out and said. Pure.

Every average is computed from the numbers as they are shown (two decimals), so that anybody can do it again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from evaluations.scoring.writing import per_cent, plain, rounded

WEIGHTED, SIMPLE = "media pesata", "media semplice"


@dataclass(frozen=True, slots=True)
class Part:
    """What an average is made of: a name, its score, its weight (None: as the others). `why` it is left out."""

    label: str
    percent: Decimal | None
    weight: Decimal | None = None
    why: str = ""

    @property
    def short(self) -> str:
        """The score as it is shown, with its weight where it has one: "75 % (peso 12,5)"."""
        return per_cent(self.percent) + ("" if self.weight is None else f" (peso {plain(self.weight)})")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is not in an average, and why, in Italian."""

    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Average:
    """An average in per cent; None where there is nothing to measure. `words` say how it came about.

    `parts` are in it, `left_out` are not. Where somebody wrote it by hand, `computed` keeps what was computed, and
    `reason`, `author` and `at` (a day as written) say why, who and when.
    """

    percent: Decimal | None
    words: str
    parts: tuple[Part, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    weighted: bool = False
    computed: Decimal | None = None
    reason: str = ""
    author: str = ""
    at: str = ""

    @property
    def by_hand(self) -> bool:
        """Whether somebody wrote it in the place of the computed one."""
        return bool(self.reason)

    @property
    def short(self) -> str:
        """The average as it is shown: "87,5 %", or a dash."""
        return per_cent(self.percent)

    @property
    def computed_short(self) -> str:
        """What was computed, as it is shown, where the average was written by hand."""
        return per_cent(self.computed)

    def to_json(self) -> dict[str, Any]:
        """The average as it is stored with a closed verification."""
        return {
            "percent": _text(self.percent),
            "words": self.words,
            "parts": [[part.label, _text(part.percent), _text(part.weight)] for part in self.parts],
            "left_out": [[out.label, out.why] for out in self.left_out],
            "weighted": self.weighted,
            "computed": _text(self.computed),
            "reason": self.reason,
            "author": self.author,
            "at": self.at,
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Average":
        """The average that `to_json` wrote."""
        return cls(
            **{
                **stored,
                "percent": _number(stored["percent"]),
                "computed": _number(stored["computed"]),
                "parts": tuple(
                    Part(label, _number(score), _number(weight)) for label, score, weight in stored["parts"]
                ),
                "left_out": tuple(LeftOut(label, why) for label, why in stored["left_out"]),
            }
        )


def sheet_average(parts: Iterable[Part], *, weights_count: bool = True) -> Average:
    """The average of indicators of a sheet. Their weights count where all that are measured have one."""
    every = list(parts) if weights_count else [replace(part, weight=None) for part in parts]
    counted = [part for part in every if part.percent is not None]
    if any(part.weight is None for part in counted):
        some = any(part.weight is not None for part in counted)
        every = [replace(part, weight=None) for part in every]
        return _average(every, "i pesi degli indicatori non sono scritti per tutti" if some else "")
    return _average(every)


def sector_average(parts: Iterable[Part]) -> Average:
    """The average of the sheets of a settore by weight; those of unknown weight are left out, unless none is known."""
    every = list(parts)
    if all(part.weight is None for part in every if part.percent is not None):
        return _average(every, "i pesi delle schede non sono noti" if len(every) > 1 else "")
    return _average([_without_weight(part) for part in every])


def plan_average(parts: Iterable[Part]) -> Average:
    """The average of a plan: each settore counts the same, as the weights of each make the same total (R01)."""
    return _average([replace(part, weight=None) for part in parts], "ogni settore conta allo stesso modo")


def person_average(parts: Iterable[Part]) -> Average:
    """The average of a person over the sheets they worked on; each weighs their share × the sheet's weight."""
    return _average([_without_weight(part) for part in parts])


def by_hand(computed: Average, value: Decimal, *, reason: str, author: str, at: str) -> Average:
    """The average that somebody wrote in the place of the `computed` one, which stays beside it."""
    why = reason.rstrip(" .")
    words = f"Scritta a mano da {author} il {at}: {why}. Calcolata: {computed.short}. {computed.words}"
    return replace(
        computed, percent=rounded(value), words=words, computed=computed.percent, reason=reason, author=author, at=at
    )


def _without_weight(part: Part) -> Part:
    known = part.percent is None or part.weight is not None
    return part if known else replace(part, percent=None, why="il peso non è noto")


def _average(parts: Sequence[Part], remark: str = "") -> Average:
    """The average of the parts that have a score, by weight where they have weights."""
    counted = tuple(replace(part, why="") for part in parts if part.percent is not None)
    left_out = tuple(LeftOut(part.label, part.why or "non misurata") for part in parts if part.percent is None)
    if not counted:
        return Average(None, "Niente da misurare." if parts else "Nessun indicatore.", (), left_out)
    weights = [Decimal(1) if part.weight is None else part.weight for part in counted]
    if not sum(weights):
        counted = tuple(replace(part, weight=None) for part in counted)
        weights, remark = [Decimal(1)] * len(counted), "i pesi sono tutti zero"
    weighted = counted[0].weight is not None and len(counted) > 1
    scores = [part.percent or Decimal(0) for part in counted]
    total = sum((score * weight for score, weight in zip(scores, weights, strict=True)), Decimal(0))
    percent = rounded(total / sum(weights))
    return Average(percent, _words(counted, percent, weighted, remark, len(left_out)), counted, left_out, weighted)


def _words(parts: Sequence[Part], percent: Decimal, weighted: bool, remark: str, out: int) -> str:
    sentence = f"{_computation(parts, weighted)} = {per_cent(percent)}"
    said = f" ({remark})" if remark and len(parts) > 1 else ""
    left = {0: "", 1: " Una voce è lasciata fuori."}.get(out, f" {out} voci sono lasciate fuori.")
    return f"{sentence}{said}.{left}"


def _computation(parts: Sequence[Part], weighted: bool) -> str:
    """ "Media semplice di 3: (100 + 75 + 50) ÷ 3"; "Media pesata di 2: (100 × 25 + 50 × 15) ÷ 40"."""
    scores = [plain(part.percent or Decimal(0)) for part in parts]
    if len(parts) == 1:
        return "Una sola voce"
    kind = WEIGHTED if weighted else SIMPLE
    weights = [part.weight or Decimal(0) for part in parts]
    terms = [f"{one} × {plain(weight)}" for one, weight in zip(scores, weights, strict=True)] if weighted else scores
    divisor = plain(sum(weights, Decimal(0))) if weighted else str(len(parts))
    return f"{kind.capitalize()} di {len(parts)}: ({' + '.join(terms)}) ÷ {divisor}"


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
