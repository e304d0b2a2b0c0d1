"""The deviation of a result from what was expected, in words with sign and unit. Pure."""

from decimal import Decimal

from evaluations.scoring.achieved import Achieved
from evaluations.scoring.writing import MINUS, days, signed
from objectives.choices import TargetKind
from objectives.targets import Target
from organisation.folding import fold

IN_LINE = "in linea"
NOT_REACHED = "non raggiunto"


def deviation_words(expected: Target, achieved: Achieved) -> str:
    """What was achieved less what was expected: "+3 giorni" (later), "−12,19 punti percentuali", "in linea".

    Empty where there is nothing to compare: not entered, not read, or expected in words.
    """
    if not achieved.kind or expected.kind in {"", TargetKind.TEXT} or unreadable(expected, achieved):
        return ""
    if achieved.kind == TargetKind.YES_NO:
        return IN_LINE if achieved.number == wanted(expected) else NOT_REACHED
    if expected.date and achieved.date:
        return _days_apart((achieved.date - expected.date).days)
    if expected.number is None or achieved.number is None:
        return ""
    return _difference(achieved.number - expected.number, expected, achieved)


def unreadable(expected: Target, achieved: Achieved) -> str:
    """Why the two can't be compared, in Italian; empty where they can, or where nothing is entered."""
    if achieved.kind == TargetKind.TEXT:
        return achieved.problem or "Il raggiunto è a parole."
    if not achieved.kind or expected.date or expected.kind == TargetKind.YES_NO:
        return ""
    if expected.number is None:
        return "Il valore atteso non è stato letto."
    one, other = fold(expected.unit), fold(achieved.unit)
    if one and other and not _same_unit(one, other):
        return f"L'atteso è in {expected.unit}, il raggiunto in {achieved.unit}: scriverlo in {expected.unit}."
    return ""


def _same_unit(one: str, other: str) -> bool:
    """Whether two units are the same word, in whatever number: "giornata" and "giornate", "ora" and "ore"."""
    same = min(4, len(one) - 1, len(other) - 1)
    return one[:same] == other[:same]


def wanted(expected: Target) -> Decimal:
    """What a result in one word (1 for yes, 0 for no) must be: as expected; an expected day is to be kept."""
    return expected.number if expected.kind == TargetKind.YES_NO and expected.number is not None else Decimal(1)


def _days_apart(late: int) -> str:
    return f"{'+' if late > 0 else MINUS}{days(abs(late))}" if late else IN_LINE


def _difference(difference: Decimal, expected: Target, achieved: Achieved) -> str:
    if not difference:
        return IN_LINE
    one = abs(difference) == 1
    if expected.kind == TargetKind.PERCENT:
        return f"{signed(difference)} {'punto percentuale' if one else 'punti percentuali'}"
    if expected.kind == TargetKind.FREQUENCY:
        return f"{signed(difference)} {'volta' if one else 'volte'} l'anno"
    unit = expected.unit or achieved.unit
    return f"{signed(difference, unit)} {unit}" if unit and (not one or unit == "€") else signed(difference)
