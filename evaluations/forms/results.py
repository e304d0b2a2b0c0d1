"""What a person types on the page of results, row by row, before anybody judges it: kept as typed, right or wrong.

A row is named "result-12-<key>" in the page (what it is, the objective, the key of the row; "review-12" for what is of
the whole sheet), and its fields "result-12-<key>-achieved". With each row the page sends what it was opened from: the
version of the stored row, and a digest of what stood there. So a row that a person did not touch is told from one that
they changed, whatever somebody else saved meanwhile.
"""

import hashlib
import re
import unicodedata
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from evaluations.models import Round
from evaluations.rounds import BadEntry, Change, Problem, StaleRows, enter
from objectives.forms.expected_value import written_number
from objectives.workflow import Refused
from organisation.models import User

LABELS = {
    "result": {
        "achieved": "Raggiunto",
        "percent": "Giudizio %",
        "evidence": "Come si prova",
        "not_applicable": "Non applicabile",
        "not_applicable_note": "Perché non è applicabile",
        "deviation": "Scostamento corretto a mano",
        "deviation_note": "Perché lo scostamento è un altro",
    },
    "phase": {"percent": "Avanzamento %", "note": "Nota"},
    "staff": {"share": "Partecipazione effettiva %"},
    "review": {
        "causes": "Cause",
        "effects": "Effetti",
        "taken": "Provvedimenti correttivi intrapresi",
        "to_take": "Provvedimenti correttivi da attivare",
    },
}
"""The fields of each kind of row (Result, PhaseProgress, StaffShare, SheetReview) as people read them."""

PARAGRAPHS = frozenset({"evidence", "causes", "effects", "taken", "to_take"})
VERSION, CHOICE = "version", "choice"
MINE, STORED = "mio:", "salvato:"
_NAME = re.compile(r"(?:(result|phase|staff)-([0-9]{1,9})-([0-9a-f]{32})|(review)-([0-9]{1,9}))")


@dataclass
class TypedRow:
    """A row as typed. `version` is that of the stored row the page was opened from, None where there was none."""

    what: str
    objective: int
    key: uuid.UUID | None
    values: dict[str, str]
    version: int | None = None
    opened: str = ""

    @property
    def name(self) -> str:
        """How the page calls the row."""
        return row_name(self.what, self.objective, self.key)

    @property
    def is_touched(self) -> bool:
        """Whether the person changed what stood there when the page was opened."""
        return digest(self.values) != self.opened

    @property
    def change(self) -> Change:
        """The row as it is to be written down."""
        return Change(self.what, self.objective, self.key, self.values, self.version)


@dataclass
class Outcome:
    """What became of the rows that a person changed, by name: the stored ones, the faults by field, and the stored
    rows that somebody else wrote meanwhile. `refusal` says why none of them may be saved.
    """

    saved: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, dict[str, str]] = field(default_factory=dict)
    stale: dict[str, Any] = field(default_factory=dict)
    refusal: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether everything was saved."""
        return not (self.faults or self.stale or self.refusal)


def save(verification: Round, rows: Iterable[TypedRow], *, by: User) -> Outcome:
    """Write down the rows that can be; those with a fault, or that somebody else wrote meanwhile, are left."""
    outcome = Outcome()
    waiting = {row.name: row for row in rows}
    while waiting:
        try:
            stored = enter(verification, [row.change for row in waiting.values()], by=by)
        except StaleRows as stale:
            outcome.stale |= {_name(change): row for change, row in stale.rows}
            _put_down(outcome, stale.problems)
        except BadEntry as bad:
            _put_down(outcome, bad.problems)
        except Refused as refusal:
            outcome.refusal = str(refusal)
            return outcome
        else:
            outcome.saved = dict(zip(waiting, stored, strict=True))
            return outcome
        waiting = {name: row for name, row in waiting.items() if name not in outcome.stale | outcome.faults}
    return outcome


def _put_down(outcome: Outcome, problems: Iterable[Problem]) -> None:
    for problem in problems:
        outcome.faults.setdefault(_name(problem.change), {})[problem.cell] = problem.message


def _name(change: Change) -> str:
    return row_name(change.what, change.objective, change.key)


def row_name(what: str, objective: int, key: uuid.UUID | None) -> str:
    """Return how the page calls a row."""
    return f"{what}-{objective}-{key.hex}" if key else f"{what}-{objective}"


def typed_rows(data: Mapping[str, str]) -> dict[str, TypedRow]:
    """Return the rows of a sent form, by name: those that say from which version they were opened."""
    ending = f"-{VERSION}"
    names = [name.removesuffix(ending) for name in data if name.endswith(ending)]
    rows = [_row_of_form(name, data) for name in names]
    return {row.name: row for row in rows if row}


def _row_of_form(name: str, data: Mapping[str, str]) -> TypedRow | None:
    """Where two texts were shown, the person's choice says from which one they go on; the stored one leaves the row
    as it is.
    """
    choice = data.get(f"{name}-{CHOICE}", "")
    if choice.startswith(STORED):
        return None
    opened = choice.removeprefix(MINE) if choice.startswith(MINE) else data[f"{name}-{VERSION}"]
    what = name.partition("-")[0]
    return typed_row(name, {one: data.get(f"{name}-{one}", "") for one in LABELS.get(what, ())}, opened)


def typed_row(name: Any, values: Any, opened: Any) -> TypedRow | None:
    """Return a row from what a page sends of it, which may be anything; None for what is no row.

    `opened` is the token of the stored row from which the person went on.
    """
    match = _NAME.fullmatch(name) if isinstance(name, str) else None
    if match is None or not isinstance(values, Mapping):
        return None
    what, objective = match[1] or match[4], match[2] or match[5]
    typed = {one: plain(values.get(one), one) for one in LABELS[what]}
    version, _, digested = str(opened).partition(".")
    known = int(version) if re.fullmatch(r"[1-9][0-9]{0,8}", version) else None
    return TypedRow(what, int(objective), uuid.UUID(match[3]) if match[3] else None, typed, known, digested)


def read_key(text: str) -> uuid.UUID | None:
    """Return the key that a page sends as 32 hexadecimal figures; None for anything else."""
    return uuid.UUID(text) if re.fullmatch(r"[0-9a-f]{32}", text) else None


def plain(text: Any, name: str) -> str:
    """Return what was typed or pasted, composed (NFC) and without stray white space; paragraphs stay lines."""
    if not isinstance(text, str):
        return ""
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).split("\n")
    joined = [" ".join(line.split()) for line in lines]
    return "\n".join(joined).strip() if name in PARAGRAPHS else " ".join(" ".join(joined).split())


def stored_values(what: str, stored: Any) -> dict[str, str]:
    """Return the fields of a stored row as the page shows them; empty ones for None."""
    return {name: plain(_shown(getattr(stored, name)), name) if stored else "" for name in LABELS[what]}


def token(what: str, stored: Any) -> str:
    """Return what a page keeps of a stored row: its version (0 for none), and a digest of what stands there."""
    version = stored.row_version if stored and stored.pk else 0
    return f"{version}.{digest(stored_values(what, stored))}"


def digest(values: Mapping[str, str]) -> str:
    """Return a short digest of what stands in a row."""
    return hashlib.sha256(repr(sorted(values.items())).encode()).hexdigest()[:16]


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else ""
    if value is None or isinstance(value, Decimal):
        return written_number(value)
    return str(value)
