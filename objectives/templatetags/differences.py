"""Shows the words that came and went: readable without colour, and said to who does not see the page."""

from collections.abc import Sequence
from itertools import pairwise

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from objectives.changes.words import Kind, Piece

register = template.Library()
_MARKS = {Kind.ADDED: ("ins", "aggiunto"), Kind.REMOVED: ("del", "tolto")}


@register.simple_tag
def differences(pieces: Sequence[Piece], separator: str = "") -> SafeString:
    """Return pieces of text with what came in `ins` and what went in `del`, each said in words as well."""
    return format_html_join(separator, "{}", ((_shown(piece, before),) for before, piece in pairwise((None, *pieces))))


def _shown(piece: Piece | None, before: Piece | None) -> str:
    if piece is None or piece.kind == Kind.KEPT:
        return piece.text if piece else ""
    element, said = _MARKS[piece.kind]
    instead = format_html(' class="{}"', "instead") if before and before.kind == Kind.REMOVED else ""
    words = f"[{piece.blank}]" if piece.blank else piece.text
    follows = piece.text if piece.blank and piece.kind == Kind.ADDED else ""
    form = "<{0}{1}>{2}{3}{4}</{0}>{5}"
    return format_html(form, element, instead, _spoken(f"{said}: "), words, _spoken("; "), follows)


def _spoken(words: str) -> SafeString:
    return format_html('<span class="visually-hidden">{}</span>', words)
