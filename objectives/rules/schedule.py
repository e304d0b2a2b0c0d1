"""Whether the cronoprogramma and the time indicators say the same of a phase (R24). Neither is derived from the other.

In the real act they disagree: the phase of line 175 has its month in 2023, the indicator of line 165 a day in 2022.
"""

import re
from collections.abc import Sequence

from organisation.folding import fold

_YEAR_PREFIX = re.compile(r"^20\d{2} ?: ?")


def words_of(text: str) -> frozenset[str]:
    """Return the long words of a phase or an indicator, which tell what work it is about; without a year before it."""
    return frozenset(re.findall(r"\w{5,}", _YEAR_PREFIX.sub("", fold(text))))


def same_work(phase: frozenset[str], indicator: frozenset[str]) -> bool:
    """Tell whether a phase and an indicator, as words_of, are about the same work: all words of one are the other's."""
    return bool(phase and indicator) and (phase <= indicator or indicator <= phase)


def lies_outside(month: str, months: Sequence[str]) -> bool:
    """Tell whether a month ("2022-12") lies outside the marked ones, which are in order; False where none is marked."""
    return bool(months) and not months[0] <= month <= months[-1]


def months_written(months: Sequence[str]) -> str:
    """Return months as an office writes them: "10/2022, 11/2022"."""
    return ", ".join(f"{month[5:]}/{month[:4]}" for month in months)
