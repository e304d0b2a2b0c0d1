"""The official form of a version with what is new in bold, and what went listed at its end."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from django.utils.html import format_html

from objectives.changes.rows import RowChange, Rows
from objectives.changes.sheets import SheetComparison
from objectives.changes.words import Kind
from objectives.choices import Change, Family
from objectives.pdf import IndexTable, PhaseSlot, SheetForm, TimelineRow, month_cells
from objectives.pdf_changes.marked import bold, gone, paragraphs, told


@dataclass(frozen=True)
class Removed:
    """What the new text does not say any more: where it stood, and its words."""

    place: str
    text: str


@dataclass(frozen=True)
class ChangedForm(SheetForm):
    """The form with its new words marked; `removed` is printed at its end."""

    removed: Sequence[Removed] = ()
    compared: bool = True


def changed_form(form: SheetForm, comparison: SheetComparison, base_name: str) -> SheetForm:
    """Return the form with what is new in bold. Where the texts can't be compared it says why, and marks nothing."""
    if comparison.reason:
        return replace(form, notes=[*form.notes, comparison.reason])
    changed = comparison.field
    marked = {
        "manager": bold(changed["manager"].pieces),
        "dup_link": bold(changed["dup_link"].pieces),
        "title": bold(changed["title"].pieces),
        "paragraphs": [bold(part) for part in paragraphs(changed["description"].pieces)] if form.paragraphs else [],
        "phases": [_slot(slot, comparison.phases) for slot in form.phases],
        "families": [_family(family, comparison.indicators) for family in Family],
        "timeline": [_months(row, comparison.phases, form.year) for row in form.timeline],
        "staff": [_cells(row) for row in comparison.staff if row.new],
        "notes": [*form.notes, f"In grassetto ciò che è nuovo rispetto al testo {base_name}. {told(comparison)}"],
    }
    whole = {one.name: getattr(form, one.name) for one in fields(form)}
    return ChangedForm(**{**whole, **marked}, removed=list(_removed(comparison)))


def _slot(slot: PhaseSlot, phases: Rows) -> PhaseSlot:
    row = _row_at(slot.slot, phases)
    return PhaseSlot(slot.slot, bold(row.texts[0].pieces)) if row else slot


def _row_at(slot: int, phases: Rows) -> RowChange | None:
    return next((row for row in phases if row.new and row.new.position == slot), None)


def _family(family: Family, indicators: Rows) -> IndexTable:
    return IndexTable(family.label, [_cells(row) for row in indicators if row.new and row.new.family == family])


def _cells(row: RowChange) -> Mapping[str, str]:
    return {text.name: bold(text.pieces) for text in row.texts}


def _months(shown: TimelineRow, phases: Rows, year: int) -> TimelineRow:
    """The month cells of a phase, those in bold that say something else than before."""
    row = _row_at(shown.slot, phases)
    before = month_cells(row.old.months if row and row.old else (), year)
    pairs = zip(before, shown.cells, strict=True)
    return TimelineRow(shown.slot, [format_html("<b>{}</b>", new) if new and new != old else new for old, new in pairs])


def _removed(comparison: SheetComparison) -> Iterator[Removed]:
    for field in comparison.changed_fields:
        if words := gone(field.pieces):
            yield Removed(field.label, words)
    for row in comparison.rows:
        yield from _removed_from(row)


def _removed_from(row: RowChange) -> Iterator[Removed]:
    """The words that went from a row, all of them where the row went."""
    place = f"{row.name} (eliminata)" if row.change == Change.ELIMINATO else row.name
    for text in row.texts:
        if words := gone(text.pieces):
            yield Removed(place if text is row.texts[0] else f"{row.name}, {text.label.lower()}", words)
    if months := [piece.text for piece in row.months if piece.kind == Kind.REMOVED]:
        yield Removed(f"{row.name}, mesi", ", ".join(months))
