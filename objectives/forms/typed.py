"""What stands in the drafting form, text by text, before anybody judges it; and how rows come, go and move in it.

The names of a page: `weight` for a field, `fase-<key>-text` for a row's. The lists `fasi`, `indici` and `persone` say
which rows there are, in their order; a phase stands there with its slot, as "5:<key>".
"""

import re
import uuid
from dataclasses import dataclass, field

from django.core.exceptions import SuspiciousOperation
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from objectives.choices import SLOTS, Family

FIELDS = (
    *("number", "weight", "kind", "title", "description", "dup_link", "multi_year", "manager"),
    *("motive", "motive_text", "substitutes"),
)
OPENED, REMOVED = "partenza", "tolta"
PUT_BACK = "rimetti"
"""What the button says that puts back the row taken out last, and its id."""
TEXTS = dict[str, list[str]]
MOST_ROWS = 200  # of a kind; the fullest real sheets have some twenty


class TooManyRowsError(SuspiciousOperation):
    """No page of ours sends so many rows: the request is answered with 400."""


@dataclass(frozen=True, slots=True)
class RowKind:
    """A kind of rows: the name of the list of its keys, the beginning of its fields' names, its fields.

    `begins` is the field in which a person begins to write a row.
    """

    listed: str
    prefix: str
    fields: tuple[str, ...]
    begins: str = "text"


PHASES = RowKind("fasi", "fase", ("text", "months"))
INDICATORS = RowKind(
    "indici", "indice",
    ("family", "text", "expected", "weight", "kind", "direction", "number", "date", "unit", "year"),
)  # fmt: skip
STAFF = RowKind("persone", "persona", ("category", "name", "share"), "category")
ROW_KINDS = (PHASES, INDICATORS, STAFF)


@dataclass
class TypedRow:
    """A row as typed; `slot` is a phase's place in the form, 0 for other rows."""

    key: str
    values: TEXTS = field(default_factory=dict)
    slot: int = 0

    def text(self, name: str) -> str:
        """Return what is typed in one of its fields."""
        return next(iter(self.values.get(name, [])), "")

    @property
    def is_blank(self) -> bool:
        """Whether nothing is typed in it."""
        return not any(text.strip() for name, texts in self.values.items() if name != "family" for text in texts)


@dataclass(frozen=True)
class Removed:
    """The row that was taken out last, and where it stood: a phase's slot, else its place among all of its kind."""

    kind: RowKind
    row: TypedRow
    place: int

    @property
    def begins(self) -> str:
        """What people know it by."""
        return self.row.text("name") or self.row.text("text")

    def data(self) -> list[tuple[str, str]]:
        """Return it as a page sends it."""
        values = [(f"{REMOVED}-{name}", text) for name, texts in self.row.values.items() for text in texts]
        return [(REMOVED, f"{self.kind.prefix}:{self.place}:{self.row.key}"), *values]


@dataclass
class Typed:
    """All that stands in the form. `row_version` is that of the draft it was opened from.

    `opened` tells, for who must choose between two texts later, what stood there then (objectives.forms.conflict).
    """

    row_version: int
    fields: TEXTS = field(default_factory=dict)
    phases: list[TypedRow] = field(default_factory=list)
    indicators: list[TypedRow] = field(default_factory=list)
    staff: list[TypedRow] = field(default_factory=list)
    opened: str = ""
    removed: Removed | None = None

    def rows(self, kind: RowKind) -> list[TypedRow]:
        """Return the rows of a kind, in their order."""
        return {PHASES: self.phases, INDICATORS: self.indicators, STAFF: self.staff}[kind]

    def data(self) -> MultiValueDict[str, str]:
        """Return it as a page sends it."""
        sent = MultiValueDict({name: list(texts) for name, texts in self.fields.items()})
        if self.opened:
            sent[OPENED] = self.opened
        for kind in ROW_KINDS:
            for row in self.rows(kind):
                sent.appendlist(kind.listed, f"{row.slot}:{row.key}" if kind is PHASES else row.key)
                for name, texts in row.values.items():
                    sent.setlist(f"{kind.prefix}-{row.key}-{name}", list(texts))
        for name, text in self.removed.data() if self.removed else ():
            sent.appendlist(name, text)
        return sent

    def phase_at(self, slot: int) -> TypedRow | None:
        """Return the phase in a slot of the form."""
        return next((row for row in self.phases if row.slot == slot), None)


def typed_from(sent: QueryDict) -> Typed:
    """Return what a page sent. What makes no sense as a key or a slot is put right, no text is lost.

    Raises TooManyRowsError for more than MOST_ROWS of a kind.
    """
    typed = Typed(
        row_version=_number(sent.get("row_version", "")),
        fields={name: sent.getlist(name) for name in FIELDS if name in sent},
        opened=sent.get(OPENED, ""),
    )
    for kind in ROW_KINDS:
        seen: set[str] = set()
        if len(sent.getlist(kind.listed)) > MOST_ROWS:
            raise TooManyRowsError(f"{kind.listed}: more than {MOST_ROWS}.")
        for listed in sent.getlist(kind.listed):
            slot, _, key = listed.rpartition(":")
            if key not in seen:
                seen.add(key)
                values = {name: sent.getlist(f"{kind.prefix}-{key}-{name}") for name in kind.fields}
                typed.rows(kind).append(TypedRow(_valid(key), values, _number(slot)))
    settle(typed)
    typed.removed = _removed(sent)
    return typed


def _removed(sent: QueryDict) -> Removed | None:
    prefix, _, rest = sent.get(REMOVED, "").partition(":")
    place, _, key = rest.partition(":")
    kind = next((kind for kind in ROW_KINDS if kind.prefix == prefix), None)
    if kind is None:
        return None
    values = {name: sent.getlist(f"{REMOVED}-{name}") for name in kind.fields}
    return Removed(kind, TypedRow(_valid(key), values, _number(place) if kind is PHASES else 0), _number(place))


def settle(typed: Typed) -> None:
    """Give each phase a slot of its own, the one it asks for if it is free; those beyond the eighth come after it."""
    taken: set[int] = set()
    for row in typed.phases:
        if row.slot in taken or not 1 <= row.slot <= SLOTS:
            wanted = {other.slot for other in typed.phases if other is not row}
            row.slot = _free_slot(taken | wanted)
        taken.add(row.slot)
    typed.phases.sort(key=lambda row: row.slot)


def _free_slot(taken: set[int]) -> int:
    return next(slot for slot in range(1, len(taken) + SLOTS + 2) if slot not in taken)


def _number(text: str) -> int:
    """A number that a page sends; 0 for what is none."""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0


def _valid(key: str) -> str:
    try:
        return str(uuid.UUID(key))
    except ValueError:
        return str(uuid.uuid4())


def change_rows(typed: Typed, action: str) -> str:
    """Do what a button among the rows says, and return the id of the element that the person goes on from.

    A button says "aggiungi-fase:5", "togli-indice:<key>", "su-persona:<key>", "giu-fase:<key>". What names no row
    that is there, as after a double click, changes nothing. "rimetti" puts back the row that was taken out last.
    """
    if action == PUT_BACK:
        return _put_back(typed)
    verb, _, rest = action.partition("-")
    prefix, _, which = rest.partition(":")
    kind = next((kind for kind in ROW_KINDS if kind.prefix == prefix), None)
    if kind is None:
        return ""
    if verb == "aggiungi":
        return _add(typed, kind, which)
    return (_change_phase if kind is PHASES else _change_row)(typed, kind, verb, which)


def _add(typed: Typed, kind: RowKind, which: str) -> str:
    row = TypedRow(str(uuid.uuid4()))
    if kind is PHASES:
        row.slot = _number(which)
        if not 1 <= row.slot <= SLOTS or typed.phase_at(row.slot):
            return ""
    elif kind is INDICATORS:
        if which not in Family.values:
            return ""
        row.values["family"] = [which]
    typed.rows(kind).append(row)
    typed.phases.sort(key=lambda phase: phase.slot)
    return f"id_{kind.prefix}-{row.key}-{kind.begins}"


def _change_phase(typed: Typed, kind: RowKind, verb: str, key: str) -> str:
    row = next((row for row in typed.phases if row.key == key), None)
    if row is None:
        return ""
    if verb == "togli":
        typed.phases.remove(row)
        return _taken_out(typed, Removed(kind, row, row.slot)) or f"aggiungi-fase-{row.slot}"
    other = row.slot + {"su": -1, "giu": 1}.get(verb, 0)
    if 1 <= other <= SLOTS:
        if neighbour := typed.phase_at(other):
            neighbour.slot = row.slot
        row.slot = other
        typed.phases.sort(key=lambda phase: phase.slot)
    return _button(verb, kind, key, at_end=row.slot == (1 if verb == "su" else SLOTS))


def _change_row(typed: Typed, kind: RowKind, verb: str, key: str) -> str:
    rows = typed.rows(kind)
    row = next((row for row in rows if row.key == key), None)
    if row is None:
        return ""
    if verb == "togli":
        removed = Removed(kind, row, rows.index(row))
        rows.remove(row)
        if here := _taken_out(typed, removed):
            return here
        return f"aggiungi-{kind.prefix}" + (f"-{row.text('family')}" if kind is INDICATORS else "")
    together = [other for other in rows if other.text("family") == row.text("family")]
    place = together.index(row) + {"su": -1, "giu": 1}.get(verb, 0)
    if 0 <= place < len(together):
        one, two = rows.index(row), rows.index(together[place])
        rows[one], rows[two] = rows[two], rows[one]
    return _button(verb, kind, key, at_end=place <= 0 if verb == "su" else place >= len(together) - 1)


def _taken_out(typed: Typed, removed: Removed) -> str:
    """Keep a row that was taken out, unless nothing was typed in it, and lead to the button that puts it back."""
    if removed.row.is_blank:
        return ""
    typed.removed = removed
    return PUT_BACK


def _put_back(typed: Typed) -> str:
    removed, typed.removed = typed.removed, None
    if removed is None or removed.row.key in {row.key for row in typed.rows(removed.kind)}:
        return ""
    typed.rows(removed.kind).insert(len(typed.phases) if removed.kind is PHASES else removed.place, removed.row)
    settle(typed)
    return f"id_{removed.kind.prefix}-{removed.row.key}-{removed.kind.begins}"


def _button(verb: str, kind: RowKind, which: str, *, at_end: bool) -> str:
    """The id of the button that was pressed, or of its opposite when it can't be pressed any more."""
    if at_end:
        verb = "giu" if verb == "su" else "su"
    return f"{verb}-{kind.prefix}-{which}"
