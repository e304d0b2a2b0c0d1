"""Reads the text and tables of a .docx, in document order.

Only the main part is unpacked, after its declared size was looked at: images, macros and embedded files stay closed.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from objectives.importing.findings import Clock, Limits, Notes, Place, Unreadable
from objectives.importing.lines import PARAGRAPH, Line, lines_of

MAIN_PART = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DAMAGED = "Il file .docx è danneggiato o non è un documento Word: salvarlo di nuovo e ricaricarlo."


def read_docx(content: bytes, limits: Limits, clock: Clock, notes: Notes) -> list[Line]:
    """The paragraphs and table rows of a .docx; lines are counted one a paragraph or row. Raises Unreadable."""
    return lines_of(_rows(_body(content, limits), clock), notes, markup=False)


def _body(content: bytes, limits: Limits) -> ET.Element:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            size = package.getinfo(MAIN_PART).file_size
            if size > limits.max_unpacked_bytes:
                raise Unreadable("I02", f"Il testo del .docx, una volta aperto, occupa {size} byte: è troppo grande.")
            xml = package.read(MAIN_PART)
    except (zipfile.BadZipFile, KeyError, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise Unreadable("I01", _DAMAGED) from error
    if b"<!DOCTYPE" in xml[:2000] or b"<!ENTITY" in xml:
        raise Unreadable("I06", "Il .docx contiene dichiarazioni che un documento Word non ha: non viene aperto.")
    try:
        body = ET.fromstring(xml).find(f"{_W}body")  # noqa: S314 - no entities: refused above
    except ET.ParseError as error:
        raise Unreadable("I01", _DAMAGED) from error
    if body is None:
        raise Unreadable("I01", _DAMAGED)
    return body


def _rows(body: ET.Element, clock: Clock) -> Iterator[tuple[list[str], Place]]:
    for number, cells in enumerate(_blocks(body), start=1):
        if number % 500 == 0:
            clock.check()
        yield cells, Place(number)


def _blocks(parent: ET.Element) -> Iterator[list[str]]:
    for child in parent:
        if child.tag == f"{_W}p":
            yield _text(child).split("\t")
        elif child.tag == f"{_W}tbl":
            for row in child.iter(f"{_W}tr"):
                yield _cells(row)
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"}:
            yield from _blocks(child)


def _cells(row: ET.Element) -> list[str]:
    """The cells of a row on the table's grid: one that spans several columns is followed by empty ones."""
    cells: list[str] = []
    for cell in row.iter(f"{_W}tc"):
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        width = int(span.get(f"{_W}val", "1")) if span is not None and span.get(f"{_W}val", "1").isdigit() else 1
        text = PARAGRAPH.join(_text(paragraph).replace("\t", " ") for paragraph in cell.iter(f"{_W}p"))
        cells += [text, *[""] * (min(width, 63) - 1)]
    return cells


def _text(paragraph: ET.Element) -> str:
    """What a paragraph shows; text struck out by tracked changes lies under another tag and is left out."""
    parts = []
    for node in paragraph.iter():
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag == f"{_W}tab":
            parts.append("\t")
        elif node.tag in {f"{_W}br", f"{_W}cr"}:
            parts.append(" ")
        elif node.tag == f"{_W}noBreakHyphen":
            parts.append("-")
    return "".join(parts)
