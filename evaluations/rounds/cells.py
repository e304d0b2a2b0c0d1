"""What a person types of a result, cell by cell: which cells there are, and how each is read. Never raises."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from evaluations.models import PhaseProgress, Result, SheetReview, StaffShare
from objectives.workflow import Refused, Stale

LONGEST = 4000
STALE = "Qualcun altro ha scritto qui dopo che la pagina è stata aperta: confrontare i due valori e scegliere."
TRUE = frozenset({"1", "on", "true", "sì", "si"})


@dataclass(frozen=True)
class Change:
    """What a person wrote in one row: `what` is "result", "phase", "staff" or "review"; `key` is None for a review.

    `values` holds the cells that were written, by name, as typed; the others stay. `row_version` is that of the row the
    person read, None where there was none yet.
    """

    what: str
    objective: int
    key: UUID | None
    values: Mapping[str, str]
    row_version: int | None = None

    @property
    def row(self) -> tuple[str, int, UUID | None]:
        """Which row it is of."""
        return self.what, self.objective, self.key


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell, in a sentence."""

    change: Change
    cell: str
    message: str


class BadEntry(Refused):
    """Some cells can't be read. Nothing was saved; `problems` says which cells, and what to write there."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(dict.fromkeys(problem.message for problem in problems)))
        self.problems = list(problems)


class StaleRows(Stale):
    """Somebody wrote in the same rows after they were read. Nothing was saved.

    `rows` pairs each change that met one with the row as it is stored; `problems` says what else can't be read.
    """

    def __init__(self, rows: Sequence[tuple[Change, Any]], problems: Sequence[Problem] = ()) -> None:
        super().__init__(STALE, rows[0][1])
        self.rows, self.problems = list(rows), list(problems)


class Unreadable(ValueError):
    """What stands in a cell is not what the cell is for. The message is a sentence for the person."""


def read_text(text: str) -> str:
    """Return a text as the archive keeps it. Raises Unreadable for one that is too long or holds what nobody types."""
    clean = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(clean) > LONGEST:
        raise Unreadable(f"Si possono scrivere al massimo {LONGEST} caratteri: qui sono {len(clean)}.")
    if any(unicodedata.category(one) in {"Cc", "Cs"} and one not in "\n\t" for one in clean):
        raise Unreadable("Il testo contiene caratteri che non si possono scrivere: forse viene da un altro programma.")
    return clean


def read_flag(text: str) -> bool:
    """Return whether a box is ticked."""
    return text.strip().lower() in TRUE


def read_percent(text: str) -> Decimal | None:
    """Return "75", "75,5" or "75 %" as a number from 0 to 100 with two decimals at most; None for an empty cell."""
    written = text.strip().removesuffix("%").strip()
    if not written:
        return None
    wrong = Unreadable(f"«{text.strip()[:40]}» non è una percentuale: scrivere un numero da 0 a 100, come 75 o 75,5.")
    try:
        number = Decimal(written.replace(",", "."))
    except InvalidOperation as unreadable:
        raise wrong from unreadable
    if not (number.is_finite() and 0 <= number <= 100) or number != round(number, 2):
        raise wrong
    return round(number, 2)


def read_whole_percent(text: str) -> int | None:
    """Return "75" or "75 %" as a whole number from 0 to 100; None for an empty cell."""
    number = read_percent(text)
    if number is not None and number != int(number):
        raise Unreadable(f"«{text.strip()[:40]}» non è un numero intero da 0 a 100: scrivere per esempio 75.")
    return None if number is None else int(number)


Reader = Callable[[str], Any]
MODELS: dict[str, Any] = {"result": Result, "phase": PhaseProgress, "staff": StaffShare, "review": SheetReview}
CELLS: dict[str, dict[str, Reader]] = {
    "result": {
        "achieved": read_text,
        "percent": read_percent,
        "not_applicable": read_flag,
        "not_applicable_note": read_text,
        "deviation": read_text,
        "deviation_note": read_text,
        "evidence": read_text,
    },
    "phase": {"percent": read_whole_percent, "note": read_text},
    "staff": {"share": read_percent},
    "review": {"causes": read_text, "effects": read_text, "taken": read_text, "to_take": read_text},
}
ROWS = {"result": "indicators", "phase": "phases", "staff": "participations"}
"""Which rows of a sheet a change is of."""


def read_cells(change: Change) -> tuple[dict[str, Any], list[Problem]]:
    """Return what was typed, by cell, and what can't be read."""
    values: dict[str, Any] = {}
    problems = []
    for cell, text in change.values.items():
        try:
            values[cell] = CELLS[change.what][cell](text)
        except Unreadable as wrong:
            problems.append(Problem(change, cell, str(wrong)))
    return values, problems


def why_not_whole(change: Change, row: Any) -> list[Problem]:
    """Say what a row lacks to be kept: a result that is left out, or a deviation by hand, says why."""
    if change.what != "result":
        return []
    problems = []
    if row.not_applicable and not row.not_applicable_note:
        problems.append(Problem(change, "not_applicable_note", "Scrivere perché l'indicatore non è applicabile."))
    if row.deviation and not row.deviation_note:
        problems.append(
            Problem(change, "deviation_note", "Scrivere perché lo scostamento è diverso da quello calcolato.")
        )
    return problems
