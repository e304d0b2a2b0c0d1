"""Reads what was achieved, as the expected value is typed (R24): "nessuna" is 0, "15-gen" a day, "9 su 10" 90 %. Pure.

Empty is "not entered" and never zero. What can't be read stays as written, with a sentence that says what to write.
"""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from evaluations.scoring.writing import amount, day
from objectives.choices import Family, TargetKind
from objectives.targets import PLACES, Target, read_target
from organisation.folding import fold

_RATIO = re.compile(r"(\d{1,6}) ?(?:su|di|/) ?(\d{1,6})")
_DONE = re.compile(r"(?:si|fatto|fatta|raggiunt[oa]|realizzat[oa]|completat[oa]|rispettat[oa]|conclus[oa]|nei termini)")
_NOT_DONE = re.compile(
    r"(?:no|mai|in corso|non (?:ancora )?(?:fatt|raggiunt|realizzat|completat|rispettat|conclus|avviat|esegu)\w*)"
)
_NUMBERS = frozenset({TargetKind.NUMBER, TargetKind.COUNT, TargetKind.PERCENT, TargetKind.NONE_AT_ALL})
_NEEDED = {
    TargetKind.DATE: "Scrivere la data, come 15/11/2022, oppure «non realizzato».",
    TargetKind.NUMBER: "Scrivere un numero, come 12 o 72,5.",
    TargetKind.COUNT: "Scrivere quanti, come 12 o «2 giornate».",
    TargetKind.PERCENT: "Scrivere una percentuale, come 72,19% o «9 su 10».",
    TargetKind.NONE_AT_ALL: "Scrivere quanti, come «nessuna» o 3.",
    TargetKind.FREQUENCY: "Scrivere la frequenza, come «trimestrale», o quante volte nell'anno.",
    TargetKind.YES_NO: "Scrivere sì o no.",
}


@dataclass(frozen=True, slots=True)
class Achieved:
    """What was achieved, typed; `text` as written. `kind` is a TargetKind, empty where nothing is entered.

    `number` is as in objectives.targets.Target; YES_NO beside an expected day says whether it was kept, without a day.
    `completed`: the day was written without its year, and the plan's was put in (R25). `problem` is an Italian
    sentence for what can't be read as the expected value is: `kind` is TEXT then.
    """

    text: str = ""
    kind: str = ""
    number: Decimal | None = None
    date: dt.date | None = None
    unit: str = ""
    completed: bool = False
    problem: str = ""

    def explain(self) -> str:
        """How it was read: "15/11/2022", "9", "72,19 %", "non realizzato"; the problem where it was not."""
        if self.problem or not self.kind:
            return self.problem
        if self.date:
            return day(self.date) + (" (anno del piano)" if self.completed else "")
        if self.kind == TargetKind.YES_NO:
            return "sì" if self.number else "no"
        if self.number is None:
            return self.text
        unit = {TargetKind.PERCENT: "%", TargetKind.FREQUENCY: "volte l'anno"}.get(TargetKind(self.kind), self.unit)
        return amount(self.number, unit)


@lru_cache(maxsize=4096)
def read_achieved(text: str, *, kind: str, family: str, plan_year: int) -> Achieved:
    """Type what was achieved as `kind`, the type of the expected value, wants it.

    A day without a year is of the plan's (R25); "85" beside an expected percentage is 85 %, "100%" beside a count is
    none; "no" beside a day says that it was missed. Beside an expected text everything is text.
    """
    written = " ".join(text.split())
    if not written:
        return Achieved()
    if kind in {TargetKind.TEXT, ""}:
        return Achieved(written, TargetKind.TEXT)
    read = _READERS[TargetKind(kind)](written, kind, plan_year)
    if read:
        return read
    return Achieved(written, TargetKind.TEXT, problem=f"Il raggiunto non si legge. {_NEEDED[TargetKind(kind)]}")


def _read(written: str, family: str, plan_year: int) -> Target:
    return read_target(written, family=family, plan_year=plan_year)


def _as_date(written: str, kind: str, plan_year: int) -> Achieved | None:
    target = _read(written, Family.TEMPO, plan_year)
    if target.kind == TargetKind.DATE and target.date:
        return Achieved(written, TargetKind.DATE, date=target.date, completed=target.completed)
    if target.problem:
        return Achieved(written, TargetKind.TEXT, problem=target.problem)
    return _as_yes_no(written, kind, plan_year)


def _as_yes_no(written: str, kind: str, plan_year: int) -> Achieved | None:
    said = fold(written).strip(" .!")
    if _NOT_DONE.fullmatch(said):
        return Achieved(written, TargetKind.YES_NO, Decimal(0))
    return Achieved(written, TargetKind.YES_NO, Decimal(1)) if _DONE.fullmatch(said) else None


def _as_number(written: str, kind: str, plan_year: int) -> Achieved | None:
    target = _read(written, Family.QUANTITA, plan_year)
    if target.kind not in _NUMBERS or target.number is None:
        none = kind == TargetKind.NONE_AT_ALL and fold(written).strip(" .") == "no"
        return Achieved(written, TargetKind.NONE_AT_ALL, Decimal(0)) if none else None
    if target.kind == TargetKind.PERCENT:
        return None
    return Achieved(written, target.kind, target.number, unit=target.unit)


def _as_percent(written: str, kind: str, plan_year: int) -> Achieved | None:
    ratio = _RATIO.fullmatch(fold(written))
    if ratio and int(ratio[2]):
        share = (Decimal(ratio[1]) * 100 / Decimal(ratio[2])).quantize(PLACES)
        return Achieved(written, TargetKind.PERCENT, share, unit="%")
    target = _read(written, Family.QUANTITA, plan_year)
    if target.kind not in _NUMBERS or target.number is None or target.unit not in {"", "%"}:
        return None
    return Achieved(written, TargetKind.PERCENT, target.number, unit="%")


def _as_frequency(written: str, kind: str, plan_year: int) -> Achieved | None:
    target = _read(written, Family.QUANTITA, plan_year)
    if target.kind == TargetKind.FREQUENCY:
        return Achieved(written, TargetKind.FREQUENCY, target.number)
    return _as_number(written, kind, plan_year)


_READERS = {
    TargetKind.DATE: _as_date,
    TargetKind.NUMBER: _as_number,
    TargetKind.COUNT: _as_number,
    TargetKind.NONE_AT_ALL: _as_number,
    TargetKind.PERCENT: _as_percent,
    TargetKind.FREQUENCY: _as_frequency,
    TargetKind.YES_NO: _as_yes_no,
}
