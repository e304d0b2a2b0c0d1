"""Cuts Italian text into the words that a reader takes as one: l'attivazione, E', 31/12/2022, 72,19%, n°2, DR. Pure."""

import re

_ABBREVIATED = (  # a full stop belongs to them; words that may as well end a sentence are left out
    *("arch", "art", "artt", "avv", "cap", "cat", "cfr", "delib", "det", "dott", "dr", "ecc", "es", "geom", "ing"),
    *("lett", "max", "min", "nn", "nr", "num", "pag", "pagg", "prof", "prog", "prot", "rag", "rel", "prev", "sig"),
    *("sigg", "spett", "ss", "tel"),
)
_LETTER = r"[^\W\d_]"
_JOINED = r"['’\-/&@+°º]|(?<=\d)[.,:](?=\d)"
_UNIT = re.compile(
    rf"""
    (\s*)
    (
      \w++(?!['’\-/&@+°º%.,:])                            # most words
    | (?:dott|dr|prof)\.ssa\b | sig\.ra\b
    | (?:{"|".join(_ABBREVIATED)})\.(?!\w)               # DR., art.
    | n\.(?=\s*\d)                                       # n. 100
    | {_LETTER}(?:\.{_LETTER}{{1,4}})+(?!\w)\.?          # D.U.P., d.lgs., S.p.A.
    | \w+(?:(?:{_JOINED})\w+)*[°º%]?(?:['’](?!\w))?      # l'attivazione, 31/12/2022, 72,19%, n°2, E'
    | \S                                                 # a sign by itself
    | \Z
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)

Unit = tuple[str, str]
"""The white space before a word or sign, and the word."""


def units(text: str) -> list[Unit]:
    """Cut `text` into words and signs, each with the space before it; space at its end belongs to a last, empty word.

    All of it joined is `text` again.
    """
    found: list[Unit] = _UNIT.findall(text)
    if found and found[-1] == ("", ""):
        found.pop()
    return found
