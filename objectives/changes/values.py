"""What differs between two values of a form: in substance, or only in how they are written. Pure."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from objectives.changes.words import Pieces, compare_words
from objectives.choices import Direction, TargetKind
from objectives.italian_dates import find_dates
from objectives.snapshots import IndicatorLine
from objectives.targets import Target

LONGEST = 30  # characters: what is longer is prose, and no value
_NUMBER = re.compile(r"(-?)(\d{1,3}(?:\.\d{3})+|\d+)(?:[,.](\d+))? ?(%|€)?")


@dataclass(frozen=True)
class TextChange:
    """A field of the form in two versions. `same_value`: the same day, the same number, written in another way."""

    name: str
    label: str
    old: str
    new: str
    same_value: bool = False

    @property
    def changed(self) -> bool:
        """Whether the text differs, be it only in how it is written."""
        return self.old != self.new

    @property
    def in_substance(self) -> bool:
        """Whether it says something else."""
        return self.changed and not self.same_value

    @cached_property
    def pieces(self) -> Pieces:
        """The words that stayed, went and came."""
        return compare_words(self.old, self.new)


def text_change(name: str, label: str, old: str, new: str) -> TextChange:
    """Return a field that is compared as a number or a day where both versions of it are one, else as text."""
    return TextChange(name, label, old, new, old != new and same_value(old, new))


def same_value(one: str, other: str) -> bool:
    """Tell whether two texts are the same number ("25" and "25,0") or the same day ("31/12/22" and "31-12-2022")."""
    if max(len(one), len(other)) > LONGEST:
        return False
    for read in (_number, _day):
        value = read(one)
        if value is not None and value == read(other):
            return True
    return False


def same_target(one: IndicatorLine, other: IndicatorLine) -> bool:
    """Tell whether two expected values were read as the same (R24): "31-dic" and "31/12/2022" of one year's plan."""
    understood = one.target_kind not in ("", TargetKind.TEXT)
    return understood and _typed(one) == _typed(other)


def read_as(line: IndicatorLine) -> str:
    """Return how the expected value was read, "31/12/2022, entro"; empty where there is nothing to read."""
    if not line.expected or line.target_kind in ("", TargetKind.TEXT):
        return ""
    number = None if line.target_number is None else line.target_number.normalize()
    side = line.direction or Direction.EQUAL
    target = Target("", line.target_kind, side, number, line.target_date, line.target_unit)
    meaning = target.explain().partition(" → ")[2]
    return f"{meaning} (anno {line.year})" if line.year else meaning


def _typed(line: IndicatorLine) -> tuple[object, ...]:
    return line.target_kind, line.target_number, line.target_date, line.target_unit, line.direction, line.year


def _number(text: str) -> tuple[Decimal, str] | None:
    """A whole text that is one number, with its sign of percentage or of money."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    sign, whole, decimals, unit = match.groups(default="")
    return Decimal(f"{sign}{whole.replace('.', '')}.{decimals or 0}"), unit


def _day(text: str) -> date | None:
    """A whole text that is one day with its year."""
    found = find_dates(text)
    if len(found) != 1 or found[0].year is None or len(found[0].text) != len(text.strip()):
        return None
    return found[0].on(found[0].year)
