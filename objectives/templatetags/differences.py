"""Shows the words that came and went: readable without colour, and said to who does not see the page."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from objectives.changes.words import Kind, Piece

register = template.Library()
_MARKS = {Kind.ADDED: ("ins", "aggiunto"), Kind.REMOVED: ("del", "tolto")}


@register.simple_tag
def differences(pieces: Iterable[Piece], separator: str = "") -> SafeString:
    """Return pieces of text with what came in `ins` and what went in `del`, each said in words as well."""
    return format_html_join(separator, "{}", ((_shown(piece),) for piece in pieces))


def _shown(piece: Piece) -> str:
    if piece.kind == Kind.KEPT:
        return piece.text
    element, said = _MARKS[piece.kind]
    words = f"[{piece.blank}]" if piece.blank else piece.text
    follows = piece.text if piece.blank and piece.kind == Kind.ADDED else ""
    return format_html("<{0}>{1}{2}{3}</{0}>{4}", element, _spoken(f"{said}: "), words, _spoken("; "), follows)


def _spoken(words: str) -> SafeString:
    return format_html('<span class="visually-hidden">{}</span>', words)
