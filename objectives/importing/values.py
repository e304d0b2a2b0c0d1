"""The values the exchange format can hold, one check each: a value in, an Italian reproach or None out."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

Check = Callable[[Any], str | None]

FIRST_YEAR, LAST_YEAR = 1990, 2100
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_SHOWN = 60  # characters of a wrong value that a message repeats


def shown(value: Any) -> str:
    """A value as a message quotes it."""
    text = "vuoto" if value in ("", None) else str(value) if isinstance(value, str | int | float) else "di altra forma"
    return f"«{text[:_SHOWN]}…»" if len(text) > _SHOWN else f"«{text}»"


def is_whole(value: Any) -> bool:
    """Whether it is a whole number; True and False are not."""
    return isinstance(value, int) and not isinstance(value, bool)


def nullable(check: Check) -> Check:
    """The same check, where the value may also be missing."""
    return lambda value: None if value is None else check(value)


def text(longest: int, *, empty: bool = True) -> Check:
    """A text of at most `longest` characters, that may or may not be empty."""

    def check(value: Any) -> str | None:
        if not isinstance(value, str):
            return "manca" if value is None else "non è un testo"
        if not value and not empty:
            return "manca"
        return f"supera i {longest} caratteri" if len(value) > longest else None

    return check


def number(least: int, most: int) -> Check:
    """A whole number between `least` and `most`."""

    def check(value: Any) -> str | None:
        if value is None or value == "":
            return "manca"
        if not is_whole(value):
            return f"{shown(value)} non è un numero intero"
        return None if least <= value <= most else f"{shown(value)} non è fra {least} e {most}"

    return check


def weight(value: Any) -> str | None:
    """A weight: 0 to 100, at most two decimals."""
    if value is None or value == "":
        return "manca"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return f"{shown(value)} non è un numero"
    if not 0 <= value <= 100:
        return f"{shown(value)} non è fra 0 e 100"
    return None if round(value, 2) == value else f"{shown(value)} ha più di due decimali"


def truth(value: Any) -> str | None:
    """Yes or no."""
    return None if isinstance(value, bool) else f"{shown(value)} non è sì o no (true, false)"


def one_of(*words: str) -> Check:
    """One of the given words."""
    listed = ", ".join(words)
    return lambda value: None if value in words else f"{shown(value)} non è fra quelli previsti ({listed})"


def day(value: Any) -> str | None:
    """A day as YYYY-MM-DD that the calendar has."""
    try:
        year = dt.date.fromisoformat(value if isinstance(value, str) and len(value) == 10 else "").year
    except ValueError:
        return "manca" if value is None else f"{shown(value)} non è una data possibile"
    return None if FIRST_YEAR <= year <= LAST_YEAR else f"{shown(value)} è fuori dagli anni {FIRST_YEAR}–{LAST_YEAR}"


def clock_time(value: Any) -> str | None:
    """A time as HH:MM."""
    return None if isinstance(value, str) and _TIME.fullmatch(value) else f"{shown(value)} non è un'ora (HH:MM)"


def months(value: Any) -> str | None:
    """A list of different months as YYYY-MM, in order."""
    if not isinstance(value, list) or not all(isinstance(month, str) and _MONTH.fullmatch(month) for month in value):
        return "non sono un elenco di mesi (AAAA-MM)"
    return None if value == sorted(set(value)) else "sono ripetuti o fuori ordine"


def span(value: Any) -> str | None:
    """First and last year of a triennium."""
    years = value if isinstance(value, list) else []
    if len(years) != 2 or not all(is_whole(year) and FIRST_YEAR <= year <= LAST_YEAR for year in years):
        return "non è una coppia di anni"
    return None if years[0] <= years[1] else "finisce prima di cominciare"
