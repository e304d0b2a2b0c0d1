"""Reads .xlsx workbooks that people bring, as texts, without running, fetching or resolving anything in them.

Before openpyxl sees it: no macros, no links to other files, no parts that unpack to more than is allowed, no
declarations of entities in any XML. Then only the first rows and columns of each sheet are looked at.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from documents.file_types import BROKEN_ZIP, mime_of

MOST_ROWS, MOST_COLUMNS = 500, 60
MOST_PARTS = 2_000
LARGEST = 40_000_000  # bytes of all parts together, unpacked
_FOREIGN = ("xl/externallinks/", "xl/embeddings/", "xl/activex/", "xl/connections", "xl/querytables/", "xl/ctrlprops/")
_BROKEN = (
    *BROKEN_ZIP, InvalidFileException, SyntaxError, TypeError, AttributeError, LookupError, AssertionError,
    ArithmeticError, RecursionError,
)  # fmt: skip
"""What openpyxl raises on files that were made or broken on purpose (SyntaxError is what XML parsers raise)."""
_RETURN = re.compile(r"_x000D_|\r\n?", re.IGNORECASE)

FORMULA = "contiene una formula: scrivere il valore"
ERROR_VALUE = "contiene un errore di Excel: scrivere il valore"


class NotAWorkbook(Exception):
    """A file that is not read. The message is a sentence for the person."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: where it stands ("C12"), its text as an office writes it, and why it can't be read, if it can't."""

    place: str
    text: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Worksheet:
    """A sheet of a workbook: its name and its rows, each with all its cells up to the last that is filled."""

    name: str
    rows: list[list[Cell]]


def read_workbook(content: bytes, most_sheets: int, check: Callable[[], None] | None = None) -> list[Worksheet]:
    """Return the sheets of a workbook. `check` is called now and then, to stop what takes too long.

    Raises NotAWorkbook for a file that is none, that holds what is not opened, or more than is allowed.
    """
    _refuse(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        if len(book.worksheets) > most_sheets:
            raise NotAWorkbook(f"La cartella ha {len(book.worksheets)} fogli: al massimo {most_sheets}.")
        return [Worksheet(str(sheet.title), list(_rows(sheet, check))) for sheet in book.worksheets]
    except _BROKEN as error:
        raise NotAWorkbook("Il file .xlsx è danneggiato: aprirlo in Excel, salvarlo di nuovo e ricaricarlo.") from error


def _refuse(content: bytes) -> None:
    """Refuse what must not come to be opened."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotAWorkbook("Il file è un vecchio .xls o ha una password: salvarlo come .xlsx senza password.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _refuse_parts(package.infolist())
            for part in package.infolist():
                if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _refuse_declarations(package.read(part))
    except BROKEN_ZIP as error:
        raise NotAWorkbook("Il file non è una cartella di Excel (.xlsx): scegliere il modello compilato.") from error
    if mime_of("modello.xlsx", content) is None:
        raise NotAWorkbook("Il file non è una cartella di Excel (.xlsx) senza macro: scegliere il modello compilato.")


def _refuse_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename.lower() for part in parts]
    if any("vbaproject" in name for name in names):
        raise NotAWorkbook("Il file contiene macro (.xlsm): salvarlo come «Cartella di lavoro di Excel (.xlsx)».")
    if any(name.startswith(_FOREIGN) for name in names):
        raise NotAWorkbook("Il file è collegato ad altri file o ne contiene: copiare solo i valori nel modello.")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST:
        raise NotAWorkbook("Il file, una volta aperto, è troppo grande: non è un modello di schede.")


def _refuse_declarations(xml: bytes) -> None:
    """Refuse entities: looked for in the only encoding that is let through."""
    if b"\x00" in xml or b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise NotAWorkbook("Il file contiene dichiarazioni che una cartella di Excel non ha: non viene aperto.")


def _rows(sheet: Any, check: Callable[[], None] | None) -> Iterator[list[Cell]]:
    for number, row in enumerate(sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS), start=1):
        if check and number % 50 == 0:
            check()
        cells = [_cell(cell, f"{get_column_letter(column)}{number}") for column, cell in enumerate(row, start=1)]
        while cells and not cells[-1].text and not cells[-1].problem:
            cells.pop()
        yield cells


def _cell(cell: Any, place: str) -> Cell:
    if cell.value is None:
        return Cell(place)
    if cell.data_type == "f":
        return Cell(place, problem=FORMULA)
    if cell.data_type == "e":
        return Cell(place, problem=ERROR_VALUE)
    return Cell(place, _written(cell.value, str(cell.number_format)))


def _written(value: Any, number_format: str) -> str:
    """A value as an office writes it: "31/12/2022", "12,5", "72,19%", "sì"."""
    if isinstance(value, bool):
        return "sì" if value else "no"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int | float):
        number = Decimal(str(value))
        if not number.is_finite():
            return str(value)
        percent = "%" in number_format
        shown = round(number * 100 if percent else number, 6).normalize()
        return f"{shown:f}".replace(".", ",") + ("%" if percent else "")
    return _RETURN.sub(lambda found: "" if found[0].startswith("_") else "\n", str(value))
