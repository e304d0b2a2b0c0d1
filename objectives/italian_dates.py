"""Dates as Italian offices write them: 31/12/2022, 31-dic, 05.05.2009, "diciotto ottobre duemilaventidue". Pure."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from organisation.folding import fold

MONTHS = (
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
)
_MONTH = (
    r"(?P<month>gen(?:naio)?|feb(?:braio)?|mar(?:zo)?|apr(?:ile)?|mag(?:gio)?|giu(?:gno)?|lug(?:lio)?|ago(?:sto)?"
    r"|sett?(?:embre)?|ott(?:obre)?|nov(?:embre)?|dic(?:embre)?)"
)
_NAMED = re.compile(
    rf"\b(?P<day>\d{{1,2}})[°º]?[ ./-]{{0,3}}(?:di )?{_MONTH}\b\.?(?:[ ./-]{{1,3}}(?P<year>\d{{4}}|\d{{2}})\b)?"
)
_NUMERIC = re.compile(
    r"(?<![\d./-])(?P<day>\d{1,2})(?P<mark>[./-])(?P<month>\d{1,2})(?:(?P=mark)(?P<year>\d{4}|\d{2}))?(?![\d/]|[.-]\d)"
)
_ISO = re.compile(r"(?<![\d./-])(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)")
_WORDED = re.compile(
    rf"\b(?P<day>[a-z]{{3,12}}) (?:del mese di |di )?{_MONTH} (?:dell'anno )?(?P<year>duemila ?[a-z]{{0,14}})\b"
)
_PIVOT = 80  # two-digit years below it are of this century


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date found in a text: its parts as read, `year` None when the text gives none, `text` as it stands there."""

    day: int
    month: int
    year: int | None
    text: str

    def on(self, year: int) -> date | None:
        """The day it means, `year` standing in for a missing one; None when there is no such day (31 February)."""
        try:
            return date(self.year or year, self.month, self.day)
        except ValueError:
            return None

    @property
    def is_possible(self) -> bool:
        """Whether the calendar has such a day; 29 February without a year counts as possible."""
        return self.on(2024) is not None


@lru_cache(maxsize=256)
def month_number(name: str) -> int | None:
    """The number, 1 to 12, of a month's name or abbreviation of at least three letters; None for anything else."""
    key = fold(name).strip(". ")
    for number, month in enumerate(MONTHS, start=1):
        if len(key) >= 3 and (month.startswith(key) or key == "sett" == month[:4]):
            return number
    return None


_UNITS = ("", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci", "undici", "dodici")
_TEENS = ("tredici", "quattordici", "quindici", "sedici", "diciassette", "diciotto", "diciannove")
_TENS = ("venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta")


def _below_hundred() -> list[str]:
    words = [*_UNITS, *_TEENS]
    for ten in _TENS:
        words += [ten] + [(ten[:-1] if unit in {"uno", "otto"} else ten) + unit for unit in _UNITS[1:10]]
    return words


@cache
def _numbers() -> dict[str, int]:
    below = _below_hundred()
    numbers = {word: number for number, word in enumerate(below) if word}
    numbers |= {f"duemila{word}": 2000 + number for number, word in enumerate(below)}
    numbers |= {f"millenovecento{word}": 1900 + number for number, word in enumerate(below)}
    return numbers | {"zero": 0, "primo": 1, "un": 1, "una": 1, "cento": 100}


def number_from_words(words: str) -> int | None:
    """The number that Italian words say: "duemila ventidue" is 2022, "primo" 1. Knows 0–100 and the years 1900–2099."""
    return _numbers().get(fold(words).replace(" ", ""))


def full_year(year: str) -> int:
    """A year of two or four digits, whole: "22" is 2022, "98" is 1998."""
    number = int(year)
    if len(year) == 4:
        return number
    return number + (2000 if number < _PIVOT else 1900)


def find_dates(text: str) -> list[WrittenDate]:
    """The dates a text holds, in its order. Day and month parted by a dot need a year: "2.8" is a code."""
    folded = fold(text)
    found: list[tuple[int, WrittenDate]] = []
    for pattern, reader in ((_ISO, _numeric), (_NUMERIC, _numeric), (_NAMED, _named), (_WORDED, _worded)):
        found += [(match.start(), written) for match in pattern.finditer(folded) if (written := reader(match))]
    return [written for _, written in sorted(found, key=lambda pair: pair[0])]


def _numeric(match: re.Match[str]) -> WrittenDate | None:
    year = match["year"]
    if not year and match["mark"] == ".":
        return None
    return WrittenDate(int(match["day"]), int(match["month"]), full_year(year) if year else None, match[0])


def _named(match: re.Match[str]) -> WrittenDate | None:
    month = month_number(match["month"])
    year = full_year(match["year"]) if match["year"] else None
    return WrittenDate(int(match["day"]), month, year, match[0]) if month else None


def _worded(match: re.Match[str]) -> WrittenDate | None:
    day, month, year = number_from_words(match["day"]), month_number(match["month"]), number_from_words(match["year"])
    return WrittenDate(day, month, year, match[0]) if day and month and year else None
