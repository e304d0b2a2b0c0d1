"""What differs between two versions of a sheet: its fields and its rows. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from objectives.changes.rows import RowChange, Rows, compare_indicators, compare_phases, compare_staff
from objectives.changes.values import TextChange, text_change
from objectives.choices import Change
from objectives.snapshots import Snapshot
from objectives.weights import written

NOT_ON_FILE = "Il testo precedente non è in archivio: nessun confronto possibile."
NEW_NOT_ON_FILE = "Il testo di questa versione non è in archivio: nessun confronto possibile."
NO_BASE = "Scheda nuova: non c'è un testo precedente con cui confrontarla."


PHASES, INDICATORS, STAFF = "Fasi di attuazione", "Indici di risultato", "Personale coinvolto"


@dataclass(frozen=True)
class ChangedTable:
    """A table of the form: the rows that differ, and how many are the same."""

    label: str
    rows: list[RowChange]
    same: int

    @classmethod
    def of(cls, label: str, rows: Rows) -> "ChangedTable":
        """Set apart the rows that differ."""
        differing = [row for row in rows if row.differs]
        return cls(label, differing, len(rows) - len(differing))


@dataclass(frozen=True)
class SheetComparison:
    """Two versions of a sheet, the earlier one first; `old` is None for a sheet that had no version before.

    Where a text is not on file there are neither fields nor rows, and `reason` says so: a difference is never invented.
    """

    old: Snapshot | None
    new: Snapshot
    fields: tuple[TextChange, ...] = ()
    phases: Rows = ()
    indicators: Rows = ()
    staff: Rows = ()

    @property
    def reason(self) -> str:
        """Why the texts can't be compared, as a sentence; empty where they can."""
        if self.old is None:
            return NO_BASE
        if not self.old.on_file:
            return NOT_ON_FILE
        return "" if self.new.on_file else NEW_NOT_ON_FILE

    @property
    def lacks_earlier_text(self) -> bool:
        """Whether there was an earlier text, and it is not on file."""
        return self.old is not None and not self.old.on_file

    @property
    def change(self) -> str:
        """INSERITO, MODIFICATO, ELIMINATO; empty where nothing differs, or where nobody can know."""
        if self.old is None:
            return Change.INSERITO
        if self.is_removal:
            return Change.ELIMINATO
        return Change.MODIFICATO if self.differs else ""

    @property
    def is_removal(self) -> bool:
        """Whether the new version takes the objective out of the plan."""
        return self.new.change == Change.ELIMINATO and (self.old is None or self.old.change != Change.ELIMINATO)

    @property
    def rows(self) -> Rows:
        """All rows of both versions."""
        return self.phases + self.indicators + self.staff

    @property
    def changed_fields(self) -> list[TextChange]:
        """The fields that differ."""
        return [field for field in self.fields if field.changed]

    @property
    def changed_tables(self) -> list[ChangedTable]:
        """The tables of the form in which a row differs."""
        tables = ((PHASES, self.phases), (INDICATORS, self.indicators), (STAFF, self.staff))
        return [ChangedTable.of(label, rows) for label, rows in tables if any(row.differs for row in rows)]

    @property
    def differs(self) -> bool:
        """Whether a field or a row differs, be it only in how it is written (R06)."""
        return any(field.changed for field in self.fields) or any(row.differs for row in self.rows)

    @property
    def in_substance(self) -> bool:
        """Whether more differs than the way in which values are written."""
        return any(field.in_substance for field in self.fields) or any(row.in_substance for row in self.rows)

    @property
    def net_weight(self) -> Decimal | None:
        """What the change adds to the settore's weights (R02); None where a weight is not known."""
        before = Decimal(0) if self.old is None or self.old.change == Change.ELIMINATO else self.old.weight
        after = Decimal(0) if self.new.change == Change.ELIMINATO else self.new.weight
        return None if before is None or after is None else after - before

    @cached_property
    def field(self) -> dict[str, TextChange]:
        """The fields by name."""
        return {field.name: field for field in self.fields}


def compare_sheets(old: Snapshot | None, new: Snapshot) -> SheetComparison:
    """Return what differs between two versions of a sheet, the earlier one first."""
    if old is None or not (old.on_file and new.on_file):
        return SheetComparison(old, new)
    return SheetComparison(
        old,
        new,
        _fields(old, new),
        compare_phases(old.phases, new.phases),
        compare_indicators(old.indicators, new.indicators),
        compare_staff(old.staff, new.staff),
    )


def _fields(old: Snapshot, new: Snapshot) -> tuple[TextChange, ...]:
    former = new.sector_name if old.sector == new.sector else old.sector_name  # however an act prints its name
    return (
        text_change("number", "Numero", str(old.number), str(new.number)),
        text_change("kind", "Tipo", old.kind, new.kind),
        text_change("weight", "Peso", written(old.weight), written(new.weight)),
        text_change("sector", "Settore", former, new.sector_name),
        text_change("manager", "Responsabile di servizio", old.manager, new.manager),
        text_change("dup_link", "Collegamento con Rel. Prev. Prog./DUP", old.dup_link, new.dup_link),
        text_change("multi_year", "Pluriennale", _yes_no(old.multi_year), _yes_no(new.multi_year)),
        text_change("title", "Obiettivo", old.title, new.title),
        text_change("description", "Descrizione dell'obiettivo", old.description, new.description),
    )


def _yes_no(value: bool) -> str:
    return "sì" if value else "no"
