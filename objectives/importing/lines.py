"""The one shape every source is brought to: lines of cells, clean of markup, each knowing where it stands."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from objectives.importing.findings import ERROR, WARNING, Notes, Place, Unreadable
from organisation.folding import fold

PARAGRAPH = "\n\n"
MOST_LINES = 50_000  # of a document; an act of thirteen sheets has some 1,500
LOOKED_AT = 10_000  # characters of a paragraph; those of real acts have fewer than 1,500

_ACTIVE = re.compile(
    r"<\s*/?\s*(script|iframe|object|embed|style|svg|img|link|meta|form|input|button|base|video|audio)\b", re.IGNORECASE
)
_BREAK = re.compile(r"</?p(?:\s[^<>]{0,200})?>|<br\s?/?>\s*<br\s?/?>", re.IGNORECASE)
_FORMATTING = re.compile(r"</?(?:i|b|u|em|strong|br|span|font|sup|sub)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
_STRONG = re.compile(r"\*\*(\S(?:[^*]*\S)?)\*\*")
_EMPHASIS = re.compile(r"\*(\S(?:[^*]*\S)?)\*")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff]"
)
_ENTITIES = {"&nbsp;": " ", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&apos;": "'", "&amp;": "&"}
_DOUBLE_SPACE = re.compile(r"[^\s|]  +[^\s|]")


@dataclass(frozen=True)
class Line:
    """A row of a table, or a paragraph (one cell)."""

    cells: tuple[str, ...]
    place: Place

    @cached_property
    def text(self) -> str:
        """All it says, cells parted by one space."""
        return " ".join(cell for cell in self.cells if cell)

    @cached_property
    def folded(self) -> str:
        """What it says, folded: what set phrases are looked for in. Only the beginning of an endless paragraph."""
        return fold(self.text[:LOOKED_AT])

    @cached_property
    def first(self) -> str:
        """Its first cell, folded: what tells which row of the form it is."""
        return fold(self.cells[0][:LOOKED_AT])

    @property
    def filled(self) -> list[str]:
        """The cells that say something."""
        return [cell for cell in self.cells if cell]


def tidy(text: str) -> str:
    """NFC, invisible characters gone, inner white space collapsed, paragraphs parted by a blank line."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n[^\S\n]*\n", plain))
    return PARAGRAPH.join(part for part in paragraphs if part)


def read_markup(text: str) -> str:
    """A text without the markup that converters leave: <i>, <p>, **, *, entities. Paragraphs are kept."""
    if "<" in text or "&" in text:
        text = _FORMATTING.sub("", _BREAK.sub(PARAGRAPH, text))
        for entity, character in _ENTITIES.items():
            text = text.replace(entity, character)
    if "*" in text:
        text = _EMPHASIS.sub(r"\1", _STRONG.sub(r"\1", text))
    return text


def lines_of(rows: Iterable[tuple[list[str], Place]], notes: Notes, *, markup: bool) -> list[Line]:
    """Clean raw rows into lines; empty ones go. Active content and double spaces are noted.

    Raises Unreadable for more rows than any act has.
    """
    lines = []
    for count, (raw, place) in enumerate(rows, start=1):
        if count > MOST_LINES:
            raise Unreadable("I02", f"Il documento ha più di {MOST_LINES} righe: non è un atto.", place.line)
        _look_at(raw, place, notes)
        cells = tuple(tidy(read_markup(cell) if markup else cell) for cell in raw)
        if any(cells):
            lines.append(Line(cells, place))
    return lines


def _look_at(raw: list[str], place: Place, notes: Notes) -> None:
    for cell in raw:
        if "<" in cell and (active := _ACTIVE.search(cell)):
            refuse_active(active[1], place, notes)
        if "\ufffd" in cell:
            notes.add(
                WARNING, "I05", "Un carattere non si è potuto leggere ed è segnato con «\ufffd»: controllare.", place
            )
        if "  " in cell and (double := _DOUBLE_SPACE.search(cell)):
            where = cell[max(0, double.start() - 20) : double.end() + 20].strip()
            notes.add(WARNING, "I07", f"Doppio spazio in «{' '.join(where.split())}»: forse un refuso.", place)


def refuse_active(tag: str, place: Place | None, notes: Notes) -> None:
    """Note that the text holds an element that a page would run or load."""
    message = f"Il testo contiene un elemento <{tag.lower()}>, che in un atto non ha posto: toglierlo dal documento."
    notes.add(ERROR, "I06", message, place)


def active_tag(text: str) -> str | None:
    """The name of the first element in `text` that a page would run or load."""
    found = _ACTIVE.search(text)
    return found[1] if found else None
