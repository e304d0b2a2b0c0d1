"""Writes .docx files with real structure: styles, headings, tables with header rows, page numbers, Italian.

python-docx makes the package, its styles and its footer; the body is written as XML at once, several times faster
than element by element. Source of the elements: ECMA-376 (Office Open XML), part 1, chapter 17 (WordprocessingML).
"""

import io
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

LANGUAGE = "it-IT"
FONT = "Calibri"
NAVY = RGBColor(0x17, 0x32, 0x4D)
SHADE = "E8EDF2"
PAGE = Mm(210), Mm(297)
MARGIN = Mm(18)
TEXT_WIDTH = 174  # millimetres between the margins
CELL_STYLE = "Cella"
_SIZES = {"Normal": 10.5, "Title": 17, "Subtitle": 11, "Heading 1": 14, "Heading 2": 12, "Heading 3": 10.5}
_TABLE_LOOK = (
    '<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/><w:tblLayout w:type="fixed"/>'
    '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" '
    'w:noVBand="1"/></w:tblPr>'
)


class Words(NamedTuple):
    """Words of a paragraph, maybe in bold."""

    text: str
    bold: bool = False


Text = str | Sequence[Words]
"""A paragraph: plain, or in pieces."""


class Cell(NamedTuple):
    """A cell of a table: its paragraphs, how many columns it takes, whether it is set in bold, or centred."""

    paragraphs: Sequence[Text]
    span: int = 1
    strong: bool = False
    centred: bool = False


Row = Sequence[Cell | str]


class WordFile:
    """A .docx while it is written, from its beginning to its end."""

    def __init__(self, *, title: str, author: str, created: datetime, footer: str) -> None:
        """Begin an A4 document. `created` is an aware moment that belongs to its content."""
        self._document = docx.Document()
        self._body: list[str] = []
        _style(self._document.styles)
        self._describe(printable(title), printable(author), created.astimezone(UTC).replace(tzinfo=None))
        self._lay_out(printable(footer))

    def _describe(self, title: str, author: str, created: datetime) -> None:
        about = self._document.core_properties
        about.title, about.author, about.last_modified_by, about.language = title, author, author, LANGUAGE
        about.created = about.modified = created
        about.comments = about.keywords = ""

    def _lay_out(self, footer: str) -> None:
        section = self._document.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = PAGE
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
        section.footer_distance = Mm(9)
        line = section.footer.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.add_run(f"{footer} · pagina ")
        _field(line, "PAGE")
        line.add_run(" di ")
        _field(line, "NUMPAGES")

    def title(self, text: str) -> None:
        """Add the title of the whole."""
        self._body.append(_paragraph(text, style="Title"))

    def subtitle(self, text: str) -> None:
        """Add a line under the title."""
        self._body.append(_paragraph(text, style="Subtitle"))

    def heading(self, text: str, level: int, *, new_page: bool = False) -> None:
        """Add a heading of level 1 to 3, at the top of a page if asked."""
        self._body.append(_paragraph(text, style=f"Heading{level}", new_page=new_page))

    def paragraph(self, text: Text, *, strong: bool = False, centred: bool = False) -> None:
        """Add a paragraph."""
        self._body.append(_paragraph(text, strong=strong, centred=centred))

    def table(self, widths: Sequence[float], head: Sequence[Row], rows: Iterable[Row]) -> None:
        """Add a table with columns of these widths (millimetres); `head` rows come again on each page."""
        self._body += [_table(widths, head, rows), _paragraph("", style="NoSpacing")]

    def content(self) -> bytes:
        """Return the file."""
        body = self._document.element.body
        body[:0] = list(parse_xml(f"<w:body {nsdecls('w')}>{''.join(self._body)}</w:body>"))
        out = io.BytesIO()
        self._document.save(out)
        return out.getvalue()


def printable(text: str) -> str:
    """The text without the control characters that XML 1.0 does not allow."""
    return "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs"})


def _style(styles: Any) -> None:
    """Give the styles one look and the language; the names stay the built-in ones, which every program knows."""
    styles.element.find(f".//{qn('w:lang')}").set(qn("w:val"), LANGUAGE)
    for name, size in _SIZES.items():
        style = styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.rPr.rFonts
        for theme in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[theme]
        if name != "Normal":
            style.font.color.rgb, style.font.italic = NAVY, False
            style.paragraph_format.keep_with_next = True
    styles["Normal"].paragraph_format.space_after = Pt(6)
    styles["Normal"].paragraph_format.line_spacing = 1.1
    cell = styles.add_style(CELL_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style, cell.font.size = styles["Normal"], Pt(9)
    cell.paragraph_format.space_before = cell.paragraph_format.space_after = Pt(1)
    cell.paragraph_format.line_spacing = 1.0
    styles["No Spacing"].font.size = Pt(4)


def _field(paragraph: Any, instruction: str) -> None:
    """A field that the word processor fills in: the number of this page, or of all."""
    element = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    element.append(run)
    paragraph._p.append(element)


def _table(widths: Sequence[float], head: Sequence[Row], rows: Iterable[Row]) -> str:
    columns = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
    body = "".join([*(_row(widths, row, True) for row in head), *(_row(widths, row, False) for row in rows)])
    return f"<w:tbl>{_TABLE_LOOK}<w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>"


def _row(widths: Sequence[float], row: Row, is_head: bool) -> str:
    cells, column = [], 0
    for given in row:
        cell = given if isinstance(given, Cell) else Cell([given])
        cells.append(_cell(cell, sum(widths[column : column + cell.span]), is_head))
        column += cell.span
    if column != len(widths):
        raise ValueError(f"a row of {column} columns in a table of {len(widths)}")
    again = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{again}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(cell: Cell, width: float, is_head: bool) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>' if is_head else ""
    strong, texts = cell.strong or is_head, cell.paragraphs or [""]
    paragraphs = "".join(_paragraph(text, style=CELL_STYLE, strong=strong, centred=cell.centred) for text in texts)
    return f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>{span}{shade}</w:tcPr>{paragraphs}</w:tc>'


def _paragraph(
    text: Text, *, style: str = "", strong: bool = False, centred: bool = False, new_page: bool = False
) -> str:
    look = f'<w:pStyle w:val="{style}"/>' if style else ""
    look += "<w:pageBreakBefore/>" if new_page else ""
    look += '<w:jc w:val="center"/>' if centred else ""
    pieces = [Words(text)] if isinstance(text, str) else text
    runs = "".join(_run(words.text, words.bold or strong) for words in pieces if words.text)
    return f"<w:p><w:pPr>{look}</w:pPr>{runs}</w:p>"


def _run(text: str, bold: bool) -> str:
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in printable(text).split("\n"))
    return f"<w:r>{weight}{lines}</w:r>"


def _twips(millimetres: float) -> int:
    return round(millimetres / 25.4 * 1440)
