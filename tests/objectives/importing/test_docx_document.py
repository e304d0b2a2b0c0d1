"""What a .docx may hold besides paragraphs and plain tables, and what no reading of one may be made to do."""

import io
import time
import zipfile
from collections.abc import Callable

import pytest

from objectives.importing.docx_document import read_docx
from objectives.importing.findings import Clock, Finding, Limits, Notes, Unreadable

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def packed(xml: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", xml)
    return buffer.getvalue()


def lines(body: str) -> list[tuple[str, ...]]:
    content = packed(f"<w:document {W}><w:body>{body}</w:body></w:document>".encode())
    return [line.cells for line in read_docx(content, Limits(), Clock(Limits()), Notes())]


def refusal(content: bytes) -> Finding:
    with pytest.raises(Unreadable) as caught:
        read_docx(content, Limits(), Clock(Limits()), Notes())
    return caught.value.finding


def words(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(*cells: str) -> str:
    return f"<w:tbl><w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr></w:tbl>"


def sdt(inner: str) -> str:
    return f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def test_content_controls_and_insertions_are_looked_through() -> None:
    cells = [f"<w:tc>{words(text)}</w:tc>" for text in "ab"]
    row = sdt(f"<w:tr>{sdt(cells[0])}{cells[1]}</w:tr>")
    assert lines(sdt(words("prima")) + f"<w:tbl>{row}</w:tbl>") == [("prima",), ("a", "b")]


def test_a_table_in_a_cell_is_text_of_that_cell_and_stands_once() -> None:
    inner = table(words("x"), words("y"))
    assert lines(table(words("a") + inner, words("b"))) == [("a\n\nx\n\ny", "b")]


@pytest.mark.parametrize(("span", "cells"), [("3", 3), ("0", 1), ("999", 63), ("9" * 5000, 1), ("²", 1), ("tre", 1)])
def test_a_span_is_a_number_of_columns(span: str, cells: int) -> None:
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{words("a")}</w:tc>'
    assert lines(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>") == [("a", *[""] * (cells - 1))]


@pytest.mark.parametrize("wrap", [sdt, table, lambda inner: f"<w:p>{inner}</w:p>"])
def test_deep_nesting_is_refused_at_once(wrap: Callable[[str], str]) -> None:
    body = words("a")
    for _ in range(4000):
        body = wrap(body)
    begin = time.perf_counter()
    found = refusal(packed(f"<w:document {W}><w:body>{body}</w:body></w:document>".encode()))
    assert (found.code, found.message) == (
        "I02",
        "Il .docx ha più di 50 livelli uno dentro l'altro: non è un atto.",
    )
    assert time.perf_counter() - begin < 2


def test_a_row_without_end_is_refused() -> None:
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="63"/></w:tcPr></w:tc>' * 100_000
    found = refusal(
        packed(f"<w:document {W}><w:body><w:tbl><w:tr>{wide}</w:tr></w:tbl></w:body></w:document>".encode())
    )
    assert (found.code, found.message) == ("I02", "Una riga di tabella del .docx ha più di 500 celle: non è un atto.")


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("<w:p/>" * 50_001, "Il documento ha più di 50000 righe: non è un atto."),
        ("<w:tbl/>" * 2_000_000, "Il testo del .docx ha più di 2000000 segni di XML: non è un atto."),
    ],
)
def test_what_is_far_longer_than_any_act_is_refused_before_it_costs(body: str, sentence: str) -> None:
    found = refusal(packed(f"<w:document {W}><w:body>{body}</w:body></w:document>".encode()))
    assert (found.code, found.message) == ("I02", sentence)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (LAUGHS.encode(), "I06"),
        (b"<!--" + b" " * 5000 + b"-->" + LAUGHS.encode(), "I06"),
        (LAUGHS.encode("utf-16"), "I01"),
        (LAUGHS.encode("utf-16-be"), "I01"),
        (f'<?xml version="1.0" encoding="cp037"?>{LAUGHS}'.encode(), "I06"),
        (b'<?xml version="1.0" encoding="cp037"?>' + LAUGHS.encode("cp037"), "I01"),
    ],
)
def test_declarations_are_seen_in_whatever_encoding(xml: bytes, code: str) -> None:
    assert refusal(packed(xml)).code == code


def test_twenty_megabytes_is_all_that_is_unpacked() -> None:
    assert refusal(packed(b"<a>" + b" " * 20_000_000 + b"</a>")).code == "I02"
