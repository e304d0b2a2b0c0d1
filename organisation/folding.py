"""Makes texts comparable: ATTIVITA', attività and Attività are one word to whoever looks for it."""

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})
_ACCENT_APOSTROPHE = re.compile(r"(?<=[aeiou])'(?![a-z0-9])")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_SHORT = 80  # characters
LONGEST_KEY = 400  # characters: a letter may fold into several
_TITLES = {"dr", "dr.ssa", "dott", "dott.ssa", "arch", "ing", "geom", "avv", "rag", "prof", "prof.ssa", "sig", "sig.ra"}
_SECTOR_PREFIX = re.compile(r"^settore\s+")


def fold(text: str) -> str:
    """Return `text` in lower case, without accents (also those typed as apostrophes), white space collapsed.

    An elision keeps its apostrophe (l'attivazione); the one that stands for an accent (ATTIVITA') goes.
    """
    return _fold_word(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    text = text.translate(_APOSTROPHES)
    plain = text.lower() if text.isascii() else _plain(text)
    return " ".join(_ACCENT_APOSTROPHE.sub("", plain).split())


_fold_word = lru_cache(maxsize=4096)(_fold)  # the labels of a form come again on every sheet, many times each


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return _BEYOND_ASCII.sub(lambda found: "" if unicodedata.combining(found[0]) else found[0], plain)


def sector_key(name: str) -> str:
    """Return what identifies a settore whatever way its name is printed: folded, without the word "settore"."""
    return _SECTOR_PREFIX.sub("", fold(name))[:LONGEST_KEY]


def split_title(printed: str) -> tuple[str, str]:
    """Return title and name of a responsabile as printed: "DR. DANILO BERTOLDI" is ("DR.", "DANILO BERTOLDI")."""
    first, _, rest = printed.strip().partition(" ")
    return (first, rest.strip()) if rest and first.casefold().rstrip(".") in _TITLES else ("", printed.strip())
