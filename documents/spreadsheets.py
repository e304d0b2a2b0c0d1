"""Writes .xlsx workbooks: tables with a frozen header, numbers as numbers, days as days, and text that stays text.

What people typed never becomes a formula: a cell that begins with =, +, - or @ is text, and stays so when somebody
edits it (quotePrefix; OWASP, "CSV injection"). Source: ECMA-376 part 1, 18.8.45 (xf) and 18.18.11 (cell types).
"""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DAY, NUMBER = "dd/mm/yyyy", "#,##0.##"
LONGEST = 32_767  # characters of a cell: the limit of the format
CUT = " […]"
_TOP = Alignment(vertical="top", wrap_text=True)
_HEADER = Font(bold=True, color="FFFFFF")
_NAVY = PatternFill("solid", fgColor="17324D")
_FORMULA = ("=", "+", "-", "@")

Value = str | Decimal | int | date | None


class Column(NamedTuple):
    """A column: its title, its width in characters, and what of a thing stands in it."""

    title: str
    width: int
    value: Callable[[Any], Value]


@dataclass(frozen=True)
class Table:
    """A sheet of the workbook, a row for each of `things`."""

    name: str
    columns: Sequence[Column]
    things: Iterable[Any]


def write_workbook(tables: Iterable[Table], *, title: str) -> bytes:
    """Return the .xlsx file of `tables`, each a sheet of its own."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = title, "Caluso Perf"
    book.properties.language = "it-IT"
    for table in tables:
        _write(book, table)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _write(book: Workbook, table: Table) -> None:
    sheet: Any = book.create_sheet(table.name)
    sheet.freeze_panes = "A2"
    for at, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = column.width
    sheet.append([_header(sheet, column.title) for column in table.columns])
    things = list(table.things)
    for thing in things:
        sheet.append([_cell(sheet, column.value(thing)) for column in table.columns])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(things) + 1}"


def _header(sheet: Any, name: str) -> Any:
    cell: Any = WriteOnlyCell(sheet, name)
    cell.font, cell.fill, cell.alignment = _HEADER, _NAVY, _TOP
    return cell


def _cell(sheet: Any, value: Value) -> Any:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return _text(sheet, value)
    cell: Any = WriteOnlyCell(sheet)
    cell.value = value
    cell.number_format = DAY if isinstance(value, date) else NUMBER
    cell.alignment = _TOP
    return cell


def _text(sheet: Any, written: str) -> Any:
    """A cell of text, whatever it begins with, without the characters that the format can't hold."""
    text = ILLEGAL_CHARACTERS_RE.sub("", written)
    if len(text) > LONGEST:
        text = text[: LONGEST - len(CUT)] + CUT
    cell: Any = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(_FORMULA)
    cell.alignment = _TOP
    return cell
