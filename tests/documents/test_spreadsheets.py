"""Workbooks: numbers are numbers, days are days, and what people typed is text, whatever it begins with."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from documents.spreadsheets import LONGEST, Column, Table, write_workbook


def written(*values):
    """The cells of one row with these values, as a program reads them."""
    columns = [Column(f"C{at}", 10, lambda row, at=at: row[at]) for at in range(len(values))]
    book = load_workbook(io.BytesIO(write_workbook([Table("Prova", columns, [values])], title="Prova")))
    return list(book["Prova"][2])


@pytest.mark.parametrize("text", ["=1+1", "+39 011", "-5", "@SUM(A1)", '=HYPERLINK("http://x","y")', "#N/A", "31/12"])
def test_what_was_typed_is_never_a_formula(text):
    (cell,) = written(text)
    assert (cell.value, cell.data_type) == (text, "s")
    assert bool(cell.quotePrefix) is (text[0] in "=+-@")


def test_numbers_are_numbers_and_days_are_days():
    number, whole, day, nothing, empty = written(Decimal("72.19"), 3, dt.date(2026, 12, 31), None, "")
    assert (number.value, whole.value, day.value.date()) == (72.19, 3, dt.date(2026, 12, 31))
    assert (day.number_format, day.is_date) == ("dd/mm/yyyy", True)
    assert (nothing.value, empty.value) == (None, None)


def test_what_the_format_cannot_hold_is_left_out_and_said():
    control, long = written("a\x00b\x0bc\nd", "x" * (LONGEST + 1))
    assert control.value == "abc\nd"
    assert (len(long.value), long.value[-3:]) == (LONGEST, "[…]")


def test_the_header_stays_in_sight_and_filters():
    columns = [Column("Nome", 30, str), Column("Lungo", 12, len)]
    book = load_workbook(io.BytesIO(write_workbook([Table("Prova", columns, ["a", "bb"])], title="Titolo")))
    sheet = book["Prova"]
    assert [[cell.value for cell in row] for row in sheet] == [["Nome", "Lungo"], ["a", 1], ["bb", 2]]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B3")
    assert (sheet.column_dimensions["A"].width, book.properties.title) == (30, "Titolo")
