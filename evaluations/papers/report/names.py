"""The names of the staff of a plan, and where a text tells one: a public paper carries counts only (R32)."""

import re
from collections.abc import Collection

from objectives.models import Participation, Plan, Sheet
from objectives.rules.persons import person_key
from organisation.folding import fold

_WORD = re.compile(r"[a-z0-9']+")

Name = frozenset[str]
"""The words of a name, folded, in any order and without titles."""


def staff_names(plan: Plan) -> set[Name]:
    """Return the names in the staff tables of all versions of the plan's sheets, in one query.

    A name of one word alone ("Rossi") is left out: it would be found in any text.
    """
    rows = Participation.objects.filter(sheet__in=Sheet.objects.of(plan).adopted().order_by())
    written = rows.order_by().values_list("name", flat=True).distinct()
    return {name for name in map(name_of, written) if len(name) > 1}


def name_of(written: str) -> Name:
    """Return the words of a name."""
    return frozenset(_words(" ".join(person_key(written))))


def named_in(text: str, names: Collection[Name]) -> list[str]:
    """Return which of the names a text tells, whichever of first name and surname it puts first."""
    words = _words(text)
    found = set()
    for length in {len(name) for name in names}:
        for start in range(len(words) - length + 1):
            told = words[start : start + length]
            if frozenset(told) in names:
                found.add(" ".join(told).title())
    return sorted(found)


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))
