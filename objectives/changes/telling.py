"""Tells in Italian lines what differs between two versions of a sheet: for a summary, or an act's table. Pure."""

from collections.abc import Iterator

from objectives.changes.rows import RowChange
from objectives.changes.sheets import SheetComparison
from objectives.changes.values import TextChange
from objectives.choices import Change

SHORT = 40  # characters: a value up to this long is told with what it was
PROSE = {"title", "description"}
WRITTEN = "stesso valore, scritto in un altro modo"
_FATES = {Change.INSERITO: "inserit{}", Change.MODIFICATO: "modificat{}", Change.ELIMINATO: "eliminat{}"}


def summary(comparison: SheetComparison) -> list[str]:
    """Return what differs, a line for each field and row: "Peso: da 25 a 20", "Fase n° 3: inserita"."""
    return [
        *(_field(field) for field in comparison.fields if field.changed),
        *(f"{row.name}: {_fate(row, 'a')}" for row in comparison.phases if row.differs),
        *(f"{row.name} «{_short(row.row.text)}»: {_fate(row, 'o')}" for row in comparison.indicators if row.differs),
        *(f"Personale, {row.row.name}: {_fate(row, 'a')}" for row in comparison.staff if row.differs),
    ]


def _field(field: TextChange) -> str:
    if field.same_value:
        return f"{field.label}: {WRITTEN}"
    if field.name in PROSE or max(len(field.old), len(field.new)) > SHORT:
        return f"{field.label}: testo modificato"
    return f"{field.label}: da {field.old or 'vuoto'} a {field.new or 'vuoto'}"


def _fate(row: RowChange, ending: str) -> str:
    return ", ".join(_fates(row, ending))


def _fates(row: RowChange, ending: str) -> Iterator[str]:
    if row.change == Change.MODIFICATO and not row.in_substance:
        yield WRITTEN
    elif row.change:
        yield _FATES[Change(row.change)].format(ending)
    if row.moved:
        yield f"spostat{ending} (era la n° {row.old_slot})" if row.old_slot else f"spostat{ending}"
    elif row.old_slot:
        yield f"prima era la n° {row.old_slot}"


def _short(text: str) -> str:
    return text if len(text) <= SHORT * 2 else f"{text[: SHORT * 2].rstrip()}…"
