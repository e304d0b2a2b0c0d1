"""A .docx of our own: what is in it is what was put in, in the structure that Word and screen readers know."""

import datetime as dt
import io

import docx
import pytest

from documents.word import Cell, WordFile, Words

MOMENT = dt.datetime(2022, 10, 18, tzinfo=dt.UTC)


@pytest.fixture
def file():
    return WordFile(title="Prova", author="Comune di Caluso", created=MOMENT, footer="Piede")


def opened(file):
    return docx.Document(io.BytesIO(file.content()))


def test_characters_that_xml_forbids_are_left_out_and_markup_is_text(file):
    file.paragraph("Prima\x00\x0b\x1f <w:p> & «così» 🏛")
    file.table((10, 20), [], [["a\x07 <b>", "&amp;"]])
    document = opened(file)
    assert document.paragraphs[0].text == "Prima <w:p> & «così» 🏛"
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["a <b>", "&amp;"]


def test_words_stand_in_bold_and_lines_stay_lines(file):
    file.table((30,), [], [[Cell([[Words("vecchio "), Words("nuovo", bold=True)], "a\nb"])]])
    first, second = opened(file).tables[0].cell(0, 0).paragraphs
    assert [(run.text, bool(run.bold)) for run in first.runs] == [("vecchio ", False), ("nuovo", True)]
    assert second.text == "a\nb"


def test_a_header_row_comes_again_on_each_page_and_no_row_breaks(file):
    file.table((10, 10), [["A", "B"]], [["1", "2"]])
    head, body = opened(file).tables[0].rows
    assert [bool(row._tr.xpath("w:trPr/w:tblHeader")) for row in (head, body)] == [True, False]
    assert [bool(row._tr.xpath("w:trPr/w:cantSplit")) for row in (head, body)] == [True, True]


@pytest.mark.parametrize("row", [["uno"], ["uno", "due", "tre"], [Cell(["uno"], span=3)]])
def test_a_row_that_does_not_fit_its_table_is_refused(file, row):
    with pytest.raises(ValueError, match="columns in a table of 2"):
        file.table((10, 10), [], [row])


def test_a_cell_may_span_columns(file):
    file.table((10, 10, 10), [], [[Cell(["tutto"], span=3)]])
    assert [cell.text for cell in dict.fromkeys(opened(file).tables[0].rows[0].cells)] == ["tutto"]


def test_it_says_when_and_by_whom_it_was_made(file):
    about = opened(file).core_properties
    assert (about.title, about.author, about.created.replace(tzinfo=dt.UTC)) == ("Prova", "Comune di Caluso", MOMENT)
