"""Texts with the words marked that came or went, ready for a printed form."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from objectives.changes.sheets import SheetComparison
from objectives.changes.telling import summary
from objectives.changes.words import Kind, Piece, Pieces

LEFT_OUT = " […] "


def bold(pieces: Iterable[Piece]) -> SafeString:
    """Return the new text with its new words in bold."""
    return _joined((piece for piece in pieces if piece.kind != Kind.REMOVED), "b")


def struck(pieces: Iterable[Piece]) -> SafeString:
    """Return the old text with the words that went struck out."""
    return _joined((piece for piece in pieces if piece.kind != Kind.ADDED), "s")


def gone(pieces: Iterable[Piece]) -> str:
    """Return the words that went, and nothing else."""
    return LEFT_OUT.join(piece.text.strip() for piece in pieces if piece.kind == Kind.REMOVED and not piece.blank)


def paragraphs(pieces: Pieces) -> list[list[Piece]]:
    """Cut pieces where the new text begins a paragraph."""
    found: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *others = [piece.text] if piece.kind == Kind.REMOVED else piece.text.split("\n\n")
        found[-1].append(Piece(piece.kind, first))
        found += [[Piece(piece.kind, part)] for part in others]
    return found


def told(comparison: SheetComparison) -> str:
    """Return in a sentence what differs, for who does not see what is bold."""
    lines = summary(comparison)
    return f"Cambiano: {'; '.join(lines)}." if lines else "I due testi sono uguali."


def _joined(pieces: Iterable[Piece], element: str) -> SafeString:
    return format_html_join("", "{}", ((_marked(piece, element),) for piece in pieces))


def _marked(piece: Piece, element: str) -> str:
    if piece.kind == Kind.KEPT or piece.blank:
        return piece.text
    return format_html("<{0}>{1}</{0}>", element, piece.text)
