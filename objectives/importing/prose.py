"""What the prose of acts says in set phrases: names with their offices, dates that are not those of laws."""

import re
from collections.abc import Sequence

from objectives.importing.lines import Line
from objectives.italian_dates import WrittenDate, find_dates, number_from_words
from organisation.folding import fold

_SMALL = {
    "di",
    "del",
    "dei",
    "della",
    "delle",
    "degli",
    "dello",
    "e",
    "ed",
    "in",
    "con",
    "a",
    "al",
    "la",
    "il",
    "per",
    "su",
}
_LAW = re.compile(
    r"(?:legge|\bl\.|lgs\.?|\bd\.? ?l\.|d\.? ?p\.? ?r\.?|decreto|dpcm|art\.|comma)"
    r"(?: ?n[.°º]* ?\d+)?[ ,]*(?:del |in data )?$"
)
_OFFICE = re.compile(
    r"(?:il |la |l'|lo |i )?(?:vice ?)?(?:sindac[oa]|assessor|segretari|responsabil|presidente|dirigent|proponent|messo"
    r"|funzionari|commissari|vicesindac|per |giunta|visto|area|settore|servizio|firma)"
)
_SIGNED = re.compile(r"^\s*(?:f\.?to|firmato|\(f\.?to\))(?: digitalmente)?(?: da\b)?[ .:]*", re.IGNORECASE)
_AFTER_NAME = re.compile(
    r"[,;(:]|\s(?:che|il quale|la quale|con|ai sensi|in qualit|nella|nel|per|quale|verbalizz|incaricat|\bha\b|assume)"
    r"|(?<!dott)(?<!dr)(?<!avv)(?<!sig)(?<!ssa)(?<!rag)(?<!geom)(?<!ing)(?<!arch)\.\s",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(r"\b(?:li|addi|il|data)\b|,")


def title_case(text: str) -> str:
    """A name in capitals as one writes it: "COMUNE DI CALUSO" is "Comune di Caluso"."""
    words = []
    for word in text.lower().split():
        stem, apostrophe, rest = word.partition("'")
        if apostrophe and rest and stem in {"dell", "d", "l", "all", "nell", "sull"}:
            words.append(f"{stem}'{rest.capitalize()}")
        else:
            words.append(word if word in _SMALL and words else word.capitalize())
    return " ".join(words)


def dates_in(text: str) -> list[WrittenDate]:
    """The dates of a text that are not those of a law it names, and have a year."""
    folded = fold(text)
    found, position = [], 0
    for written in find_dates(folded):
        position = folded.find(written.text, position)
        if written.year and not _LAW.search(folded[max(0, position - 40) : position]):
            found.append(written)
        position += len(written.text)
    return found


def iso(written: WrittenDate) -> str:
    """The day as YYYY-MM-DD; an impossible one as it is written, for the format to refuse."""
    day = written.on(written.year or 0)
    return day.isoformat() if day else written.text


def number_in(word: str) -> int | None:
    """A number in digits or Italian words."""
    return int(word) if word.isdecimal() and len(word) < 6 else number_from_words(word)


def person(text: str) -> str:
    """The name a phrase begins with, without "F.to" before and what follows after."""
    return _AFTER_NAME.split(_SIGNED.sub("", text), maxsplit=1)[0].strip(" .-–_")


def is_office(line: Line) -> bool:
    """Whether a line names an office ("Il Segretario Generale") and not a person."""
    return bool(_OFFICE.match(line.first))


def is_date_line(line: Line) -> bool:
    """Whether a line is the place and day of a signature: "Caluso, li 06-02-2023"."""
    return len(line.text) < 60 and bool(dates_in(line.text)) and bool(_DATE_LINE.search(line.folded))


def signature(lines: Sequence[Line]) -> str | None:
    """The first name among the lines under a statement, after the office that signs."""
    for line in lines[:4]:
        text = line.text
        if not is_office(line) and not dates_in(text) and 3 < len(text) < 100 and not set(text) <= set("_=-. "):
            return person(text) or None
    return None


def signed_on(lines: Sequence[Line]) -> str | None:
    """The day beside the signature under a statement."""
    for line in lines[:5]:
        if is_date_line(line):
            return iso(dates_in(line.text)[0])
    return None
