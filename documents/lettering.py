"""Which characters our PDF fonts can print, and what is printed in the place of the others.

A character that no embedded font has breaks PDF/A-3a and PDF/UA-1 (ISO 14289-1, 7.21.8: no ``.notdef`` glyph), and
a fallback to a font of the machine would make the bytes depend on the machine. The text as written is never lost: the
exchange file attached to each form carries it.
"""

import unicodedata
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

FAMILY = "Titillium Web"
FONTS = {
    400: "fonts/Titillium_Web/titillium-web-v10-latin-ext_latin-regular.ttf",
    600: "fonts/Titillium_Web/titillium-web-v10-latin-ext_latin-600.ttf",
}
UNPRINTABLE = "[?]"
_LOOKALIKES = {
    **dict.fromkeys("●▪■◦‣∙\uf0b7\uf0a7", "•"),
    **dict.fromkeys("☐□\uf0a8", "[ ]"),
    **dict.fromkeys("✓✔☑☒✗✘\uf0fc", "[x]"),
    **dict.fromkeys("\u2010\u2011", "-"),
    **dict.fromkeys("→⇒➔\uf0e0", "->"),
}


def font_file(weight: int) -> Path:
    """The TrueType file of a weight (400 or 600), among the static files that the project ships.

    Raises FileNotFoundError when the static files of the design package are not installed.
    """
    found = finders.find(FONTS[weight])
    if not isinstance(found, str):
        raise FileNotFoundError(FONTS[weight])
    return Path(found)


@cache
def printable_characters() -> frozenset[str]:
    """The characters that every one of our fonts has."""
    return frozenset.intersection(*map(_characters_of, FONTS)) | frozenset("\n\t")


def _characters_of(weight: int) -> frozenset[str]:
    from fontTools.ttLib import TTFont

    with TTFont(font_file(weight), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def _replacement(character: str) -> str:
    """What is printed for a character that the fonts lack: nothing, a space, an equivalent, or a visible mark."""
    category = unicodedata.category(character)
    if category in ("Cc", "Cf"):
        return ""
    if category.startswith("Z"):
        return " "
    plain = _LOOKALIKES.get(character) or unicodedata.normalize("NFKC", character)
    return plain if printable_characters().issuperset(plain) else UNPRINTABLE


def printable(text: str) -> str:
    """The text with only characters that our fonts have.

    Control and invisible format characters go, unusual spaces become spaces, a few symbols get their look-alike
    (``●`` → ``•``, ``ﬁ`` → ``fi``), and whatever remains is printed as ``[?]``, visibly.
    """
    text = unicodedata.normalize("NFC", text)
    missing = set(text) - printable_characters()
    return text.translate({ord(character): _replacement(character) for character in missing}) if missing else text
