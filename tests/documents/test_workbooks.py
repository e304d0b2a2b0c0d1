"""Workbooks that people bring: texts as an office writes them, and nothing hostile comes to be opened."""

import datetime as dt
import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from documents.workbooks import LARGEST, NotAWorkbook, read_workbook


def saved(book):
    """The bytes of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def plain():
    """A workbook with one filled cell."""
    book = Workbook()
    book.active["B2"] = "testo"
    return saved(book)


def with_part(content, name, data, replace=False):
    """The package with one part more, or with another in its place."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        new.writestr(name, data)
    return out.getvalue()


def refusal(content):
    """Why it is not read."""
    with pytest.raises(NotAWorkbook) as told:
        read_workbook(content, 50)
    return str(told.value)


def test_values_are_read_as_an_office_writes_them():
    book = Workbook()
    sheet = book.active
    for column, value in enumerate([3, 12.5, True, dt.date(2026, 12, 31), "=1+1", "a\nb", None, 0.7219], start=1):
        sheet.cell(1, column).value = value
    sheet["H1"].number_format = "0.00%"
    sheet["I1"], sheet["I1"].data_type = "#N/A", "e"
    (read,) = read_workbook(saved(book), 50)
    assert [cell.text for cell in read.rows[0]] == ["3", "12,5", "sì", "31/12/2026", "", "a\nb", "", "72,19%", ""]
    assert {cell.place: cell.problem.split()[1] for cell in read.rows[0] if cell.problem} == {"E1": "una", "I1": "un"}


def test_a_cell_in_the_last_corner_costs_nothing():
    book = Workbook()
    book.active["XFD1048576"] = "lontano"
    (read,) = read_workbook(saved(book), 50)
    assert len(read.rows) <= 500
    assert not any(cell.text for row in read.rows for cell in row)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("xl/vbaProject.bin", b"macro", "macro"),
        ("xl/externalLinks/externalLink1.xml", b"<a/>", "collegato ad altri file"),
        ("xl/embeddings/oleObject1.bin", b"x", "collegato ad altri file"),
        ("xl/sharedStrings.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "dichiarazioni"),
        ("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16"), "dichiarazioni"),
        ("xl/media/image1.png", b"\0" * (LARGEST + 1), "troppo grande"),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row r='x'>", "danneggiato"),
        ("xl/workbook.xml", b"", "danneggiato"),
        ("[Content_Types].xml", b"<Types/>", "senza macro"),
    ],
)
def test_what_must_not_be_opened_is_refused_with_a_sentence(plain, name, data, said):
    assert said in refusal(with_part(plain, name, data))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "non è una cartella di Excel"),
        (b"Nome;Peso", "non è una cartella di Excel"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "vecchio .xls"),
        (b"PK\x03\x04" + b"\0" * 200, "non è una cartella di Excel"),
    ],
)
def test_what_is_no_workbook_is_said(content, said):
    assert said in refusal(content)


def test_too_many_worksheets_are_refused(plain):
    book = load_workbook(io.BytesIO(plain))
    for _ in range(50):
        book.create_sheet()
    assert "51 fogli" in refusal(saved(book))


def test_a_workbook_cut_in_the_middle_is_refused(plain):
    assert {bool(refusal(plain[:length])) for length in range(0, len(plain), len(plain) // 20)} == {True}
