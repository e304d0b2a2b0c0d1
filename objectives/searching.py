"""Looks for words in the texts of sheets, whatever their accents and capitals, and shows where they stand."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from objectives.models import Sheet, SheetQuerySet
from organisation.folding import fold

AROUND = 12  # words before and after the first one found
EXCERPTS = 3  # for one sheet


@dataclass(frozen=True)
class Piece:
    """A stretch of an excerpt; `found` is the text of a word that was looked for."""

    text: str
    found: bool


@dataclass(frozen=True)
class Excerpt:
    """Where words were found ("Fase 2"), and the text around them."""

    where: str
    pieces: list[Piece]


def words_of(query: str) -> list[str]:
    """Return the folded words of what was typed, each once."""
    return list(dict.fromkeys(fold(query).split()))


def having(sheets: SheetQuerySet, words: list[str]) -> SheetQuerySet:
    """Return those of the `sheets` in which every word occurs, whole or as part of one."""
    every = Q()
    for word in words:
        every &= Q(search_text__contains=word)
    return sheets.filter(every)


def excerpts(sheet: Sheet, words: list[str]) -> list[Excerpt]:
    """Return the first places of `sheet` where a word occurs; its rows should be prefetched."""
    found = []
    for where, text in _texts(sheet):
        if pieces := stretch(text, words):
            found.append(Excerpt(where, pieces))
        if len(found) == EXCERPTS:
            break
    return found


def mark(text: str, words: list[str]) -> list[Piece]:
    """Return the whole `text`, with the words found apart."""
    return _joined(_tokens(text, words))


def stretch(text: str, words: list[str]) -> list[Piece]:
    """Return the stretch of `text` around the first word found, or nothing where none occurs."""
    tokens = _tokens(text, words)
    first = next((place for place, (_, hit) in enumerate(tokens) if hit), None)
    if first is None:
        return []
    start, end = max(0, first - AROUND), first + AROUND * 2
    pieces = _joined(tokens[start:end])
    before = [Piece("… ", found=False)] if start else []
    after = [Piece(" …", found=False)] if end < len(tokens) else []
    return [*before, *pieces, *after]


def _tokens(text: str, words: list[str]) -> list[tuple[str, bool]]:
    return [(token, any(word in fold(token) for word in words)) for token in text.split()]


def _joined(tokens: list[tuple[str, bool]]) -> list[Piece]:
    """Words found stand alone, those between them run together."""
    pieces: list[Piece] = []
    for place, (token, found) in enumerate(tokens):
        text = f" {token}" if place and not found else token
        if place and found:
            pieces.append(Piece(" ", found=False))
        pieces.append(Piece(text, found=found))
    return pieces


def _texts(sheet: Sheet) -> Iterator[tuple[str, str]]:
    yield "Descrizione", sheet.description
    for phase in sheet.phases.all():
        yield f"Fase {phase.position}", phase.text
    for indicator in sheet.indicators.all():
        yield f"Indicatore di {indicator.get_family_display().lower()}", f"{indicator.text} {indicator.expected}"
