"""Whether two names are one person's."""

import re

from organisation.folding import fold

_TITLES = {"dr", "dott", "dottssa", "dssa", "avv", "arch", "ing", "geom", "rag", "sig", "sigra", "prof", "profssa"}


def person_key(name: str) -> frozenset[str]:
    """What identifies a person whatever way the name is written: its words, without titles, in any order."""
    words = re.sub(r"(?<=[a-z])\.", " ", fold(name).replace("ssa", "ssa ")).split()
    return frozenset(word for word in words if word not in _TITLES and word != "ssa")
