"""Reads the workbook that an office filled in: each worksheet as a sheet in words, with the cell of every field."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from documents.workbooks import Cell, Worksheet
from objectives.choices import SLOTS, Family
from objectives.forms.typed import INDICATORS, PHASES, STAFF, RowKind, Typed, TypedRow, settle
from objectives.sheet_files import layout
from objectives.sheet_files.words import FIELDS, FileSheet, Problem

SIGNS = {"x", "×", "✓", "si", "sì", "1"}
NOT_A_SIGN = "scrivere X nei mesi in cui la fase si svolge, o lasciare vuoto"


@dataclass(frozen=True)
class Asked:
    """What the workbook must have been made for: entity, year of the plan."""

    entity: str
    year: int


def sheets_in(worksheets: Iterable[Worksheet], asked: Asked) -> tuple[list[FileSheet], list[str]]:
    """Return the sheets of a workbook, and the names of the worksheets that the program did not make."""
    found, others = [], []
    for worksheet in worksheets:
        origin = layout.origin_of(_text(worksheet.rows[0], layout.CODES)) if worksheet.rows else None
        if origin is not None:
            found.append(_Reader(worksheet, origin, asked).sheet)
        elif any(cell.text for row in worksheet.rows for cell in row):
            others.append(worksheet.name)
    return found, others


class _Reader:
    """Walks down the rows of one worksheet; `_part` is the kind of the last row that says what it is."""

    def __init__(self, worksheet: Worksheet, origin: layout.Origin, asked: Asked) -> None:
        self.sheet = FileSheet(
            f"foglio «{worksheet.name}»", Typed(origin.row_version), origin.version, origin.sector, origin.digest
        )
        if (origin.entity, origin.year) != (asked.entity, str(asked.year)):
            made_for = f"per il piano {origin.year} di «{origin.entity}»"
            self.sheet.stray = f"il modello è stato scaricato {made_for}: caricarlo dalla pagina di quel piano"
        self._months, self._part, self._seen = layout.month_columns(asked.year), "", set[str]()
        for self._row, row in enumerate(worksheet.rows[1:], start=2):
            code = _text(row, layout.CODES)
            if code == layout.END:
                break
            self._read(code, row)
        settle(self.sheet.words)

    def _read(self, code: str, row: list[Cell]) -> None:
        kind, _, rest = code.partition(":")
        middle, _, key = rest.partition(":")
        if kind == "titolo":
            self._part = rest
        elif kind == "campo" and middle in FIELDS:
            self._field(middle, row)
        elif kind == "fase":
            self._phase(middle, key, row)
        elif self._part == "fasi":  # a row that a person put in has no code
            self._phase("", "", row)
        elif self._part.removeprefix("indici-") in Family.values:
            self._indicator(self._part.removeprefix("indici-"), key, row)
        elif self._part == "persone":
            self._person(key, row)

    def _field(self, name: str, row: list[Cell]) -> None:
        self.sheet.words.fields[name] = [self._value(row, layout.TEXT, f"id_{name}")]

    def _phase(self, slot: str, key: str, row: list[Cell]) -> None:
        typed = TypedRow(self._key(key), slot=int(slot) if slot in map(str, range(1, SLOTS + 1)) else 0)
        typed.values["text"] = [self._row_value(PHASES, typed, "text", row, layout.TEXT)]
        typed.values["months"] = [month for column, month in self._months.items() if self._is_marked(row, column)]
        self.sheet.places[f"id_fase-{typed.key}-months"] = self._place(layout.FIRST_MONTH)
        if not typed.is_blank:
            self.sheet.words.phases.append(typed)

    def _indicator(self, family: str, key: str, row: list[Cell]) -> None:
        typed = TypedRow(self._key(key), {"family": [family]})
        columns = {"text": layout.TEXT, "expected": layout.EXPECTED[0], "weight": layout.WEIGHT[0]}
        for name, column in columns.items():
            typed.values[name] = [self._row_value(INDICATORS, typed, name, row, column)]
        if not typed.is_blank:
            self.sheet.words.indicators.append(typed)

    def _person(self, key: str, row: list[Cell]) -> None:
        typed = TypedRow(self._key(key))
        columns = {"category": layout.LABEL, "name": layout.TEXT, "share": layout.SHARE[0]}
        for name, column in columns.items():
            typed.values[name] = [self._row_value(STAFF, typed, name, row, column)]
        if not typed.is_blank:
            self.sheet.words.staff.append(typed)

    def _is_marked(self, row: list[Cell], column: int) -> bool:
        text = self._value(row, column).strip().lower()
        if text and text not in SIGNS:
            self._problem(self._place(column), f"c'è «{text[:20]}»: {NOT_A_SIGN}")
        return bool(text)

    def _key(self, written: str) -> str:
        """The key of a row; a new one for a row that a person put in, or copied."""
        try:
            key = str(uuid.UUID(written))
        except ValueError:
            key = ""
        key = str(uuid.uuid4()) if not key or key in self._seen else key
        self._seen.add(key)
        return key

    def _row_value(self, kind: RowKind, typed: TypedRow, name: str, row: list[Cell], column: int) -> str:
        return self._value(row, column, f"id_{kind.prefix}-{typed.key}-{name}")

    def _value(self, row: list[Cell], column: int, field: str = "") -> str:
        if field:
            self.sheet.places[field] = self._place(column)
        if column > len(row):
            return ""
        cell = row[column - 1]
        if cell.problem:
            self._problem(f"cella {cell.place}", cell.problem)
        return cell.text

    def _problem(self, place: str, message: str) -> None:
        self.sheet.problems.append(Problem(place, message))

    def _place(self, column: int) -> str:
        return f"cella {get_column_letter(column)}{self._row}"


def _text(row: list[Cell], column: int) -> str:
    return row[column - 1].text if column <= len(row) else ""
