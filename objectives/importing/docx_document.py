"""Reads the text and tables of a .docx, in document order.

Only the main part is unpacked, after its declared size was looked at: images and embedded files stay closed.
A file with macros is refused.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from documents.file_types import BROKEN_ZIP
from objectives.importing.findings import Clock, Limits, Notes, Place, Unreadable
from objectives.importing.lines import PARAGRAPH, Line, lines_of

MAIN_PART = "word/document.xml"
DEEPEST = 50  # elements one within the other; a text box in a table has about 25
WIDEST = 63  # columns of a table in Word
MOST_CELLS = 500  # of a row
MOST_TAGS = 2_000_000  # of the main part; Word writes some 5,000 a sheet
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WRAPPERS = frozenset(f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "customXml"))
_DAMAGED = "Il file .docx è danneggiato o non è un documento Word: salvarlo di nuovo e ricaricarlo."


def read_docx(content: bytes, limits: Limits, clock: Clock, notes: Notes) -> list[Line]:
    """The paragraphs and table rows of a .docx; lines are counted one a paragraph or row. Raises Unreadable."""
    return lines_of(_rows(_body(content, limits), clock), notes, markup=False)


def _body(content: bytes, limits: Limits) -> ET.Element:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if any("vbaproject" in name.lower() for name in package.namelist()):
                raise Unreadable("I06", "Il file Word contiene macro: salvarlo come «Documento di Word (.docx)».")
            size = package.getinfo(MAIN_PART).file_size
            if size > limits.max_unpacked_bytes:
                raise Unreadable("I02", f"Il testo del .docx, una volta aperto, occupa {size} byte: è troppo grande.")
            xml = package.read(MAIN_PART)
    except BROKEN_ZIP as error:
        raise Unreadable("I01", _DAMAGED) from error
    body = _parsed(xml).find(f"{_W}body")
    if body is None:
        raise Unreadable("I01", _DAMAGED)
    _refuse_deep(body)
    return body


def _parsed(xml: bytes) -> ET.Element:
    """The XML as a tree. It is looked at and parsed as one and the same text, whatever encoding it claims to have."""
    try:
        text = xml.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("I01", "Il testo del .docx non è in UTF-8: salvarlo di nuovo come .docx.") from error
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Unreadable("I06", "Il .docx contiene dichiarazioni che un documento Word non ha: non viene aperto.")
    if text.count("<") > MOST_TAGS:
        raise Unreadable("I02", f"Il testo del .docx ha più di {MOST_TAGS} segni di XML: non è un atto.")
    try:
        return ET.fromstring(text)  # noqa: S314 - no entities: refused above
    except (ET.ParseError, ValueError) as error:
        raise Unreadable("I01", _DAMAGED) from error


def _refuse_deep(body: ET.Element) -> None:
    """Bound the nesting, which the rest of the reading follows level by level."""
    level, depth = list(body), 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise Unreadable("I02", f"Il .docx ha più di {DEEPEST} livelli uno dentro l'altro: non è un atto.")
        level = [child for element in level for child in element]


def _rows(body: ET.Element, clock: Clock) -> Iterator[tuple[list[str], Place]]:
    for number, cells in enumerate(_blocks(body), start=1):
        if number % 500 == 0:
            clock.check()
        yield cells, Place(number)


def _blocks(parent: ET.Element) -> Iterator[list[str]]:
    for block in _outermost(parent, {f"{_W}p", f"{_W}tbl"}, _WRAPPERS):
        if block.tag == f"{_W}p":
            yield _text(block).split("\t")
        else:
            yield from (_cells(row) for row in _outermost(block, {f"{_W}tr"}, _WRAPPERS))


def _outermost(parent: ET.Element, tags: set[str], through: frozenset[str] | None) -> Iterator[ET.Element]:
    """The elements of these tags that stand in none of their own: straight in `parent`, or through what wraps them.

    Looks through any element when `through` is None.
    """
    for child in parent:
        if child.tag in tags:
            yield child
        elif through is None or child.tag in through:
            yield from _outermost(child, tags, through)


def _cells(row: ET.Element) -> list[str]:
    """The cells of a row on the table's grid: one that spans several columns is followed by empty ones.

    A table within a cell is text of that cell.
    """
    cells: list[str] = []
    for cell in _outermost(row, {f"{_W}tc"}, _WRAPPERS):
        paragraphs = _outermost(cell, {f"{_W}p"}, None)
        text = PARAGRAPH.join(_text(paragraph).replace("\t", " ") for paragraph in paragraphs)
        cells += [text, *[""] * (_span(cell) - 1)]
        if len(cells) > MOST_CELLS:
            raise Unreadable("I02", f"Una riga di tabella del .docx ha più di {MOST_CELLS} celle: non è un atto.")
    return cells


def _span(cell: ET.Element) -> int:
    """How many columns a cell spans; 1 when it does not say, or says nonsense."""
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    written = span.get(f"{_W}val", "") if span is not None else ""
    return min(max(int(written), 1), WIDEST) if re.fullmatch(r"[0-9]{1,3}", written) else 1


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
