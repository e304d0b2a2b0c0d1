"""Two versions of a sheet side by side («testo a fronte»): the whole of both, each with its own words marked."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from objectives.changes.rows import RowChange, Rows
from objectives.changes.sheets import INDICATORS, PHASES, STAFF, SheetComparison
from objectives.changes.values import TextChange
from objectives.changes.words import Kind, Piece, Pieces
from objectives.pdf_changes.marked import bold, struck


@dataclass(frozen=True)
class FacingRow:
    """A part of the form in both texts; empty where one of them has nothing there."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class FacingSection:
    """A table of the form with all its rows, changed or not."""

    label: str
    rows: Sequence[FacingRow]


def facing_sections(comparison: SheetComparison) -> list[FacingSection]:
    """Return the whole of both texts, section by section; empty sections are left out."""
    sections = [FacingSection("Scheda", [*_fields(comparison.fields)])]
    for label, rows in ((PHASES, comparison.phases), (INDICATORS, comparison.indicators), (STAFF, comparison.staff)):
        if rows:
            sections.append(FacingSection(label, [*_rows(rows)]))
    return sections


def _fields(fields: Iterable[TextChange]) -> Iterator[FacingRow]:
    for field in fields:
        if field.name != "description":
            yield FacingRow(field.label, struck(field.pieces), bold(field.pieces))
            continue
        for number, paragraph in enumerate(_paragraphs(field.pieces)):
            yield FacingRow("segue" if number else field.label, struck(paragraph), bold(paragraph))


def _paragraphs(pieces: Pieces) -> list[list[Piece]]:
    """The pieces cut where both texts begin a paragraph, so that paragraphs stand beside each other."""
    found: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *others = piece.text.split("\n\n") if piece.kind == Kind.KEPT else [piece.text]
        found[-1].append(Piece(piece.kind, first))
        found += [[Piece(piece.kind, part)] for part in others]
    return found


def _rows(rows: Rows) -> Iterator[FacingRow]:
    for row in rows:
        marks = f" – {', '.join(row.marks)}" if row.marks else ""
        for number, text in enumerate(row.texts):
            if text.old or text.new:
                label = f"{row.name}{marks}" if number == 0 else text.label
                yield FacingRow(label, struck(text.pieces), bold(text.pieces))
        if row.months:
            yield FacingRow("Mesi", _months(row, Kind.ADDED, struck), _months(row, Kind.REMOVED, bold))


def _months(row: RowChange, left_out: Kind, mark: Callable[[Pieces], SafeString]) -> SafeString:
    """The months of one of the two versions."""
    return format_html_join(", ", "{}", ((mark((piece,)),) for piece in row.months if piece.kind != left_out))
