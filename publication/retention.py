"""How long what was published stays published. Pure.

Art. 8 c. 3 of D.Lgs. 33/2013: five years from 1 January of the year that follows the one in which the duty to publish
began. Afterwards it is asked for by accesso civico (art. 5).
"""

from collections.abc import Iterable
from datetime import date

YEARS = 5


def last_day(years: Iterable[int]) -> date:
    """Return the last day of publication of what the duty to publish began for in `years`, the latest counts.

    Raises ValueError without a year.
    """
    return date(max(years) + YEARS, 12, 31)


def still_published(years: Iterable[int], day: date) -> bool:
    """Tell whether what the duty to publish began for in `years` is still to be read on `day`."""
    return day <= last_day(years)
