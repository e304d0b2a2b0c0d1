"""What differs between the rows of two versions: matched by key, so that a row that moved is not one gone and one new.

Pure. A phase stands in a numbered slot of the form; indicators and people stand one after the other.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from objectives.changes.months import compare_months
from objectives.changes.sequences import shared_blocks
from objectives.changes.values import TextChange, read_as, same_target, text_change
from objectives.changes.words import Pieces
from objectives.choices import Change, Family
from objectives.snapshots import IndicatorLine, PhaseLine, StaffLine
from objectives.weights import written

Line = PhaseLine | IndicatorLine | StaffLine
NAMING = {"text", "expected", "name"}
L = TypeVar("L", PhaseLine, IndicatorLine, StaffLine)


@dataclass(frozen=True)
class RowChange:
    """A row in two versions; `old` or `new` is None where it stands in one alone.

    `moved`: it stands elsewhere among the rows that stayed. `old_slot`: a phase's number where that changed.
    """

    old: Any
    new: Any
    texts: tuple[TextChange, ...]
    moved: bool = False
    old_slot: int | None = None
    months: Pieces = ()
    months_changed: bool = False

    @property
    def row(self) -> Any:
        """The row as it is, or was."""
        return self.old if self.new is None else self.new

    @property
    def key(self) -> str:
        """What the row has in every version."""
        return str(self.row.key)

    @property
    def change(self) -> str:
        """INSERITO, MODIFICATO, ELIMINATO, or empty for a row that says the same."""
        if self.old is None:
            return Change.INSERITO
        if self.new is None:
            return Change.ELIMINATO
        return Change.MODIFICATO if self.months_changed or any(text.changed for text in self.texts) else ""

    @property
    def differs(self) -> bool:
        """Whether anything differs, the place included."""
        return bool(self.change or self.moved or self.old_slot)

    @property
    def marks(self) -> list[str]:
        """What became of it, as a page marks it: INSERITO, MODIFICATO, ELIMINATO, then SPOSTATO or RINUMERATO."""
        place = "SPOSTATO" if self.moved else "RINUMERATO" if self.old_slot else ""
        return [mark for mark in (self.change, place) if mark]

    @property
    def name(self) -> str:
        """Which row it is: "Fase n° 3", "Indice di Tempo", "Personale"."""
        if isinstance(self.row, PhaseLine):
            return f"Fase n° {self.row.position}"
        return f"Indice di {family_name(self.row.family)}" if isinstance(self.row, IndicatorLine) else "Personale"

    @property
    def told(self) -> list[TextChange]:
        """The fields that say what the row is and what became of it: its text, its value, and what differs."""
        return [text for text in self.texts if text.changed or (text.name in NAMING and text.new)]

    @property
    def in_substance(self) -> bool:
        """Whether it says something else, or stands elsewhere: more than another way of writing it."""
        only_written = self.change == Change.MODIFICATO and not self.months_changed
        if only_written and not any(text.in_substance for text in self.texts):
            return self.moved or self.old_slot is not None
        return self.differs


Rows = tuple[RowChange, ...]


def compare_phases(old: Sequence[PhaseLine], new: Sequence[PhaseLine]) -> Rows:
    """Return the phases of both versions, with the months that came and went.

    Where a phase was put in or taken out, those behind it have another number without having moved.
    """
    same_rows = {row.key for row in old} == {row.key for row in new}

    def compared(before: PhaseLine | None, after: PhaseLine | None, out_of_order: bool) -> RowChange:
        months, later = before.months if before else (), after.months if after else ()
        renumbered = before is not None and after is not None and before.position != after.position
        return RowChange(
            before,
            after,
            _texts(before, after, text="Descrizione"),
            moved=renumbered and (out_of_order or same_rows),
            old_slot=before.position if before and renumbered else None,
            months=compare_months(months, later),
            months_changed=set(months) != set(later),
        )

    return _compared(old, new, compared)


def compare_indicators(old: Sequence[IndicatorLine], new: Sequence[IndicatorLine]) -> Rows:
    """Return the indicators of both versions."""
    return _compared(old, new, lambda one, other, moved: RowChange(one, other, _indicator(one, other), moved))


def compare_staff(old: Sequence[StaffLine], new: Sequence[StaffLine]) -> Rows:
    """Return the people of both versions."""
    labels = {"name": "Cognome e nome", "category": "Categoria", "share": "% partecipazione"}
    return _compared(old, new, lambda one, other, moved: RowChange(one, other, _texts(one, other, **labels), moved))


def _texts(old: Line | None, new: Line | None, **labels: str) -> tuple[TextChange, ...]:
    """The fields of a row; those of a row that isn't there are empty."""
    pairs = ((name, label, getattr(old, name, ""), getattr(new, name, "")) for name, label in labels.items())
    return tuple(text_change(*pair) for pair in pairs)


def _indicator(old: IndicatorLine | None, new: IndicatorLine | None) -> tuple[TextChange, ...]:
    text, expected, *others = _texts(
        old, new, text="Indice", expected="Atteso", achieved="Raggiunto", deviation="Scostamento"
    )
    if expected.changed and old and new and same_target(old, new):
        expected = replace(expected, same_value=True)
    return text, expected, *others, *(_readings(old, new, expected) if old and new else ())


def _readings(old: IndicatorLine, new: IndicatorLine, expected: TextChange) -> tuple[TextChange, ...]:
    """What an indicator has beside what is written: its family, its weight, and a reading that somebody corrected."""
    family = text_change("family", "Famiglia", family_name(old.family), family_name(new.family))
    weight = text_change("weight", "Peso", _weight(old), _weight(new))
    same_words = not expected.changed
    reading = text_change(
        "reading", "Letto come", read_as(old) if same_words else "", read_as(new) if same_words else ""
    )
    return tuple(change for change in (family, weight, reading) if change.changed)


def family_name(family: str) -> str:
    """A family of indicators as the form prints it: "Quantità"; what a draft has in its place as it is."""
    return dict(Family.choices).get(family, family)


def _weight(line: IndicatorLine) -> str:
    return "" if line.weight is None else written(line.weight)


def _compared(old: Sequence[L], new: Sequence[L], compared: Callable[[L | None, L | None, bool], RowChange]) -> Rows:
    """The rows of both versions as `compared` makes them, in the new order; what went stands where it was."""
    before, after = {row.key: row for row in old}, {row.key: row for row in new}
    still = _in_order([key for key in after if key in before], list(before))
    order = list(after)
    last = None
    for key in before:
        if key not in after:
            order.insert(order.index(last) + 1 if last else 0, key)
        last = key
    return tuple(
        compared(before.get(key), after.get(key), key in before and key in after and key not in still) for key in order
    )


def _in_order(keys: Sequence[str], former: Sequence[str]) -> set[str]:
    """The largest set of `keys` that stand in the order in which they stood: the others moved."""
    return {keys[block.new + step] for block in shared_blocks(former, keys) for step in range(block.length)}
