"""The line a sheet begins with: "Comune di Caluso ANNO 2022 - Obiettivo strategico n° 1 PESO: 25 MODIFICATO"."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from objectives.choices import Change
from objectives.importing.lines import Line
from organisation.folding import fold

LONGEST = 300  # characters of a head; what is longer is prose

_HEAD = re.compile(
    r"(?P<entity>.{0,150}?)\s*\banno\s+(?P<year>\S{1,12})\s*[-–—:]?\s*obiettivo\b(?P<rest>.{0,200})", re.IGNORECASE
)
_NUMBER = re.compile(r"\b(?:n[°º.r]{0,2}|num\.?|numero)\s*(?P<number>-?\d\S*|\S+)(?=\s|$)", re.IGNORECASE)
_WEIGHT = re.compile(r"\bpeso\b\s*[:=]?\s*(?P<tail>.*)$", re.IGNORECASE)
_CHANGES = {fold(word)[:-1]: word for word in Change.values}  # without the ending: "modificata" is said too


@dataclass(frozen=True, slots=True)
class Head:
    """What a head says: numbers where they are numbers, else the words as written; `change` empty when it has none."""

    entity: str
    year: int | str
    kind: str
    number: int | str
    weight: int | float | str
    change: str


def is_head(line: Line) -> bool:
    """Whether a line begins a sheet."""
    text = line.text
    match = _HEAD.fullmatch(text) if len(text) <= LONGEST and "obiettivo" in text.lower() else None
    return bool(match and (_WEIGHT.search(match["rest"]) or _NUMBER.search(match["rest"])))


def read_head(line: Line) -> Head:
    """Read a line that `is_head` accepted. Raises ValueError for any other."""
    match = _HEAD.fullmatch(line.text)
    if match is None:
        raise ValueError("not the head of a sheet")
    rest = match["rest"]
    weighed = _WEIGHT.search(rest)
    before = rest[: weighed.start()] if weighed else rest
    numbered = _NUMBER.search(before)
    weight, change = _weight_and_change(weighed["tail"] if weighed else "")
    kind = before[: numbered.start()] if numbered else before
    return Head(
        entity=match["entity"].strip(" -–—"),
        year=as_whole(match["year"]),
        kind=kind.strip(" -–—:").upper(),
        number=as_whole(numbered["number"].rstrip(".,;:-")) if numbered else "",
        weight=as_weight(weight),
        change=change,
    )


def change_word(text: str) -> str | None:
    """INSERITO, MODIFICATO or ELIMINATO, however it ends and whatever marks stand around; None for other words."""
    return _CHANGES.get(fold(text).strip(" ()[]-–—.,;:*")[:-1])


def _weight_and_change(tail: str) -> tuple[str, str]:
    words = tail.split()
    weight = words.pop(0) if words and change_word(words[0]) is None else ""
    if words and words[0] == "%":
        words.pop(0)
    rest = " ".join(words)
    return weight, change_word(rest) or rest.upper()


def as_whole(text: str) -> int | str:
    """The whole number a text is, else the text."""
    return int(text) if re.fullmatch(r"-?\d{1,9}", text, re.ASCII) else text


def as_weight(text: str) -> int | float | str:
    """The weight a text is ("25", "12,5", "25%"), a whole number when it is one, else the text."""
    plain = text.strip(" %;").replace(",", ".")
    try:
        number = Decimal(plain) if re.fullmatch(r"[-+]?\d{1,9}(\.\d{1,9})?", plain, re.ASCII) else None
    except InvalidOperation:
        return text
    if number is None:
        return text
    return int(number) if number == number.to_integral_value() else float(number)
