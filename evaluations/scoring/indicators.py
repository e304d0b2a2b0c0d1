"""The score of one indicator: what was achieved against what was expected, in per cent, and how it came about. Pure."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from evaluations.choices import PartialRule
from evaluations.scoring.achieved import Achieved
from evaluations.scoring.criteria import Criteria
from evaluations.scoring.deviations import unreadable, wanted
from evaluations.scoring.writing import MINUS, amount, day, days, per_cent, plain, rounded
from objectives.choices import Direction, TargetKind
from objectives.targets import Target

_SIDE_OF_A_DAY: dict[str, str] = {Direction.AT_LEAST: "non prima del", Direction.EQUAL: "il"}
FULL = Decimal(100)
ALMOST = Decimal("99.99")
NONE = Decimal(0)


class Standing(StrEnum):
    """Whether an indicator counts in a verification, and what is missing where it doesn't."""

    MEASURED = "MEASURED"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    """Of another year (R26), marked by hand, without an expected value, or due after the verification's day."""
    NOT_ENTERED = "NOT_ENTERED"
    NOT_READ = "NOT_READ"
    """What was achieved can't be read as the expected value is: it wants another text, or a judgement in per cent."""


@dataclass(frozen=True, slots=True)
class Score:
    """The score of an indicator; `percent` is None where it doesn't count. `words` say how it was computed."""

    percent: Decimal | None
    words: str
    standing: Standing = Standing.MEASURED

    @property
    def below(self) -> bool:
        """Whether the result is below what was expected (R30)."""
        return self.percent is not None and self.percent < FULL

    @property
    def is_missing(self) -> bool:
        """Whether somebody must still write something for it to count."""
        return self.standing in {Standing.NOT_ENTERED, Standing.NOT_READ}

    @property
    def short(self) -> str:
        """The score in two words: "75 %", "non applicabile", "non inserito", "da giudicare"."""
        return {
            Standing.MEASURED: per_cent(self.percent),
            Standing.NOT_APPLICABLE: "non applicabile",
            Standing.NOT_ENTERED: "non inserito",
            Standing.NOT_READ: "da giudicare",
        }[self.standing]

    def to_json(self) -> dict[str, Any]:
        """The score as it is stored with a closed verification."""
        percent = None if self.percent is None else str(self.percent)
        return {"percent": percent, "words": self.words, "standing": str(self.standing)}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Score":
        """The score that `to_json` wrote."""
        percent = None if stored["percent"] is None else Decimal(stored["percent"])
        return cls(percent, stored["words"], Standing(stored["standing"]))


def score_indicator(
    expected: Target,
    achieved: Achieved,
    criteria: Criteria,
    *,
    plan_year: int,
    on: dt.date,
    judgement: Decimal | None = None,
    not_applicable: str | None = None,
) -> Score:
    """Measure a result on the day `on` of a verification.

    `judgement` is the per cent that somebody gave to what can't be measured; `not_applicable` the reason for which the
    indicator was left out by hand. What belongs to another year than the plan's never counts (R26).
    """
    if out := _why_left_out(expected, achieved, plan_year, on, judgement, not_applicable):
        return Score(None, out, Standing.NOT_APPLICABLE)
    if expected.kind in {TargetKind.TEXT, ""} or unreadable(expected, achieved):
        return _judged(expected, achieved, judgement, criteria)
    if not achieved.kind:
        return Score(None, f"Atteso {_expected(expected)}; raggiunto non inserito.", Standing.NOT_ENTERED)
    percent, words = _measured(expected, achieved, criteria)
    return Score(_shown(percent), words)


def _shown(percent: Decimal) -> Decimal:
    """The per cent with two decimals; what is a hair below what was expected does not read as reached."""
    return min(rounded(percent), ALMOST) if percent < FULL else rounded(percent)


def _why_left_out(
    expected: Target, achieved: Achieved, plan_year: int, on: dt.date, judgement: Decimal | None, by_hand: str | None
) -> str:
    if by_hand is not None:
        return f"Non applicabile: {by_hand}" if by_hand else "Segnato come non applicabile."
    if expected.year and expected.year != plan_year:
        return f"Riguarda il {expected.year}: non conta nei punteggi del {plan_year} (R26)."
    if not expected.text and not achieved.kind and judgement is None:
        return "Senza un valore atteso non c'è nulla da misurare."
    kept = achieved.kind and achieved.number != NONE
    if expected.date and expected.date > on and not kept:
        return f"Scade il {day(expected.date)}, dopo il giorno della verifica ({day(on)})."
    return ""


def _judged(expected: Target, achieved: Achieved, judgement: Decimal | None, criteria: Criteria) -> Score:
    if judgement is not None:
        percent = rounded(min(max(judgement, NONE), Decimal(criteria.cap)))
        return Score(percent, f"Giudizio scritto a mano: {per_cent(percent)}. {_in_words(expected, achieved)}")
    if not achieved.kind:
        return Score(None, f"Atteso {_expected(expected)}; raggiunto non inserito.", Standing.NOT_ENTERED)
    why = unreadable(expected, achieved) if expected.kind not in {TargetKind.TEXT, ""} else "L'atteso è a parole."
    return Score(None, f"{why} Oppure scrivere il giudizio in percento.", Standing.NOT_READ)


def _in_words(expected: Target, achieved: Achieved) -> str:
    reached = f"«{achieved.text}»" if achieved.kind else "non scritto"
    return f"Atteso «{expected.text}», raggiunto {reached}."


def _measured(expected: Target, achieved: Achieved, criteria: Criteria) -> tuple[Decimal, str]:
    if achieved.kind == TargetKind.YES_NO:
        return _in_one_word(expected, achieved)
    if expected.date and achieved.date:
        return _by_day(expected, expected.date, achieved, achieved.date, criteria)
    return _by_number(expected, achieved, criteria)


def _in_one_word(expected: Target, achieved: Achieved) -> tuple[Decimal, str]:
    percent = FULL if achieved.number == wanted(expected) else NONE
    without_day = ", senza una data" if expected.date and percent else ""
    return percent, f"Atteso {_expected(expected)}, raggiunto «{achieved.text}»{without_day}: {per_cent(percent)}."


def _by_day(
    expected: Target, due: dt.date, achieved: Achieved, reached: dt.date, criteria: Criteria
) -> tuple[Decimal, str]:
    off = _days_off(expected.direction, (reached - due).days)
    head = f"Atteso {_expected(expected)}, raggiunto {achieved.explain()}"
    if not off:
        return FULL, f"{head}: termine rispettato, 100 %."
    worth = criteria.worth_of_delay(off)
    how = "ritardo" if reached > due else "anticipo"
    return worth, f"{head}: {days(off)} di {how}, {criteria.delay_in_words(off)}: {per_cent(worth)}."


def _days_off(direction: str, late: int) -> int:
    """By how many days a day was missed: after it, before it (for "not before"), or either way (for "that day")."""
    if direction == Direction.AT_LEAST:
        return max(-late, 0)
    return abs(late) if direction == Direction.EQUAL else max(late, 0)


def _by_number(expected: Target, achieved: Achieved, criteria: Criteria) -> tuple[Decimal, str]:
    target, reached = expected.number or NONE, achieved.number or NONE
    head = f"Atteso {_expected(expected)}, raggiunto {achieved.explain()}"
    good = _surplus(expected.direction, reached - target)
    if target == 0 or criteria.partial == PartialRule.TUTTO_O_NIENTE:
        percent, why = (FULL if good >= 0 else NONE), ("raggiunto" if good >= 0 else "non raggiunto, tutto o niente")
        return percent, f"{head}: {why}, {per_cent(percent)}."
    percent = max(FULL + good / abs(target) * 100, NONE)
    return _capped(percent, f"{head}: {_proportion(target, reached, good)}", criteria)


def _surplus(direction: str, difference: Decimal) -> Decimal:
    """How far a result is on the good side of what was expected (negative: on the bad one)."""
    if direction == Direction.EQUAL:
        return -abs(difference)
    return -difference if direction in {Direction.AT_MOST, Direction.BY} else difference


def _proportion(target: Decimal, reached: Decimal, good: Decimal) -> str:
    """The computation as one can do it again on paper."""
    if target > 0 and good == reached - target:
        return f"{plain(reached)} ÷ {plain(target)}"
    sign = "+" if good >= 0 else MINUS
    return f"100 % {sign} {plain(abs(good))} ÷ {plain(abs(target))}"


def _capped(percent: Decimal, words: str, criteria: Criteria) -> tuple[Decimal, str]:
    cap, shown = Decimal(criteria.cap), per_cent(_shown(percent))
    if percent > cap:
        return cap, f"{words} = {shown}, con il tetto {per_cent(cap)}."
    return percent, f"{words} = {shown}."


def _expected(expected: Target) -> str:
    """What was expected, as it was read: "entro il 31/12/2022", "almeno 12", "almeno «mensile» (12 volte l'anno)"."""
    if expected.date:
        return f"{_SIDE_OF_A_DAY.get(expected.direction, 'entro il')} {day(expected.date)}"
    if expected.kind == TargetKind.YES_NO:
        return "sì" if expected.number else "no"
    if expected.kind == TargetKind.NONE_AT_ALL:
        return f"«{expected.text}» (0)"
    if expected.number is None or expected.kind in {TargetKind.TEXT, ""}:
        return f"«{expected.text}»"
    side = Direction(expected.direction or Direction.AT_LEAST).label
    if expected.kind == TargetKind.FREQUENCY:
        return f"{side} «{expected.text}» ({plain(expected.number)} volte l'anno)"
    unit = "%" if expected.kind == TargetKind.PERCENT else expected.unit
    return f"{side} {amount(expected.number, unit)}"
