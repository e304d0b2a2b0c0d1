"""What a question to the interface may hold beside its address, and how it is read."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from publication.api.problems import Kind, Problem

MOST, USUAL = 100, 50
"""Elements of one page: at most, and where nothing is said."""
LAST_PAGE = 10_000

PARAMETERS: dict[str, dict[str, Any]] = {
    "pagina": {
        "description": "La pagina dell'elenco, da 1.",
        "schema": {"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1},
    },
    "per_pagina": {
        "description": "Quanti elementi per pagina.",
        "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
    },
    "al": {
        "description": "Il piano in vigore quel giorno, AAAA-MM-GG; oggi, se manca.",
        "schema": {"type": "string", "format": "date"},
    },
}
_NUMBER = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """What was asked for, beside the address."""

    page: int = 1
    per_page: int = USUAL
    day: date | None = None


def read_question(query: QueryDict, known: Collection[str]) -> Asked:
    """Return what `query` asks for. Raises Problem for what is not `known`, comes twice, or can't be read."""
    for name, values in query.lists():
        if name not in known:
            allowed = ", ".join(known) or "nessuno"
            raise _wrong(name, f"Il parametro «{name[:40]}» qui non c'è. Ammessi: {allowed}.")
        if len(values) > 1:
            raise _wrong(name, f"Il parametro «{name}» compare più volte: indicarlo una volta.")
    return Asked(
        page=_number(query, "pagina", LAST_PAGE, 1),
        per_page=_number(query, "per_pagina", MOST, USUAL),
        day=_day(query),
    )


def _number(query: QueryDict, name: str, most: int, usual: int) -> int:
    text = query.get(name)
    if text is None:
        return usual
    number = int(text) if _NUMBER.fullmatch(text) else 0
    if not 1 <= number <= most:
        raise _wrong(name, f"«{name}» è un numero intero da 1 a {most}.")
    return number


def _day(query: QueryDict) -> date | None:
    text = query.get("al")
    if text is None:
        return None
    try:
        return date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError as wrong:
        raise _wrong("al", "«al» è un giorno scritto AAAA-MM-GG, per esempio 2022-10-18.") from wrong


def _wrong(name: str, detail: str) -> Problem:
    return Problem(Kind.PARAMETRO, detail, name[:40])
