"""Finds the text and tables on the pages of a PDF, in reading order."""

import io
import re
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Any

import pdfplumber

from objectives.importing.findings import Unreadable
from objectives.importing.lines import PARAGRAPH

_PAGE_NUMBER = re.compile(r"(?:pag(?:ina|\.)?\s*)?\d{1,4}(?:\s*(?:di|/)\s*\d{1,4})?", re.IGNORECASE)
_SAME_LINE = 3.0  # points between the tops of words of one line
_WIDE_GAP = 14.0  # points between words that stand in different columns
_NEW_PARAGRAPH = 0.55  # of the line's height, between two lines
_WORDS = {"x_tolerance": 1.5, "y_tolerance": 3, "keep_blank_chars": False, "use_text_flow": False}

Word = dict[str, Any]
Row = tuple[list[str], int, int]  # cells, line, page
Placed = tuple[float, list[str]]  # how far from the top of the page, cells


def rows_of(content: bytes, max_chars: int) -> list[Row]:
    """All paragraphs and table rows of a PDF with their line and page. Raises Unreadable.

    How long it takes and how much memory is the document's choice: only to be called where both are bound.
    """
    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            return list(_rows(document, max_chars))
    except (Unreadable, MemoryError):
        raise
    except Exception as error:
        if "MemoryError" in repr(error):  # wrapped by the library
            raise MemoryError from error
        reason = "è protetto da una password" if "Password" in repr(error) else "è danneggiato"
        raise Unreadable("I01", f"Il PDF {reason}: caricare una copia che si apra senza difficoltà.") from error


def _rows(document: Any, max_chars: int) -> Iterator[Row]:
    characters = 0
    for page_number, page in enumerate(document.pages, start=1):
        characters += len(page.chars)
        _refuse_too_much(characters, max_chars, page_number)
        for line, (_, cells) in enumerate(_page_rows(page), start=1):
            characters += sum(len(cell) for cell in cells)
            _refuse_too_much(characters, max_chars, page_number)
            yield cells, line, page_number
        page.close()


def _refuse_too_much(characters: int, most: int, page_number: int) -> None:
    if characters > most:
        raise Unreadable("I02", "Il PDF contiene troppo testo per essere un atto.", 1, page_number)


def _page_rows(page: Any) -> list[Placed]:
    """All that stands on a page, from its top."""
    words = page.extract_words(**_WORDS)
    tables = [table for table in page.find_tables() if sum(len(row.cells) for row in table.rows) > 1]
    loose = [word for word in words if not any(_inside(word, table.bbox) for table in tables)]
    rows = [row for table in tables for row in _table_rows(table, words)]
    return sorted([*rows, *_paragraphs(loose)], key=lambda row: row[0])


def _table_rows(table: Any, words: list[Word]) -> Iterator[Placed]:
    """The rows of a table, each with the cells it has itself.

    Tables that touch on a page come as one, on a grid that none of them has: places without a cell are left out.
    """
    inside = [word for word in words if _inside(word, table.bbox)]
    for row in table.rows:
        yield row.bbox[1], [_cell_text(inside, cell) for cell in row.cells if cell]


def _cell_text(words: list[Word], box: tuple[float, float, float, float]) -> str:
    left, top, right, bottom = box
    inside = [
        word
        for word in words
        if left - 1 <= (word["x0"] + word["x1"]) / 2 <= right + 1
        and top <= (word["top"] + word["bottom"]) / 2 <= bottom
    ]
    return _joined_paragraphs(_text_lines(inside))


def _text_lines(words: list[Word]) -> list[list[Word]]:
    ordered = sorted(words, key=lambda word: word["bottom"])
    lines: list[list[Word]] = []
    for word in ordered:
        if lines and abs(word["bottom"] - lines[-1][0]["bottom"]) <= _SAME_LINE:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word["x0"]) for line in lines]


def _joined_paragraphs(lines: list[list[Word]]) -> str:
    text = ""
    for previous, line in zip([None, *lines], lines, strict=False):
        words = " ".join(word["text"] for word in line)
        if previous is None:
            text = words
        elif _gap(previous, line) > _NEW_PARAGRAPH * _height(line):
            text += PARAGRAPH + words
        else:
            text += words if _continues_word(text) else f" {words}"
    return text


def _continues_word(text: str) -> bool:
    """Whether a line ends inside a word that has a hyphen or a slash: "31-" + "dic"."""
    return bool(re.search(r"\w[-/]$", text))


def _gap(previous: list[Word], line: list[Word]) -> float:
    return float(min(word["top"] for word in line) - max(word["bottom"] for word in previous))


def _height(line: list[Word]) -> float:
    return float(max(word["bottom"] - word["top"] for word in line))


def _paragraphs(words: list[Word]) -> Iterator[Placed]:
    """The text outside the tables: lines joined into paragraphs, wide gaps parting cells."""
    lines = _text_lines(words)
    margin = max((line[-1]["x1"] for line in lines), default=0.0)
    paragraph: list[list[Word]] = []
    for line in lines:
        if paragraph and _starts_paragraph(paragraph[-1], line, margin):
            yield from _paragraph(paragraph)
            paragraph = []
        paragraph.append(line)
    yield from _paragraph(paragraph)


def _inside(word: Word, box: tuple[float, float, float, float]) -> bool:
    middle = (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= (word["x0"] + word["x1"]) / 2 <= box[2] and box[1] <= middle <= box[3])


def _starts_paragraph(previous: list[Word], line: list[Word], margin: float) -> bool:
    """A gap, or a line broken although its next word would have fitted: somebody meant the break."""
    next_width = line[0]["x1"] - line[0]["x0"]
    room = margin - previous[-1]["x1"]
    return _gap(previous, line) > _NEW_PARAGRAPH * _height(line) or room > next_width + 6 or _has_columns(line)


def _has_columns(line: list[Word]) -> bool:
    return any(after["x0"] - before["x1"] > _WIDE_GAP for before, after in pairwise(line))


def _paragraph(lines: list[list[Word]]) -> Iterator[Placed]:
    if not lines:
        return
    text = _joined_paragraphs(lines).replace(PARAGRAPH, " ")
    if _PAGE_NUMBER.fullmatch(text):
        return
    top = float(min(word["top"] for word in lines[0]))
    yield top, _columns(lines[0]) if len(lines) == 1 else [text]


def _columns(line: list[Word]) -> list[str]:
    column = 0
    marked = []
    for before, word in zip([None, *line], line, strict=False):
        column += bool(before and word["x0"] - before["x1"] > _WIDE_GAP)
        marked.append((column, word["text"]))
    return [" ".join(text for _, text in group) for _, group in groupby(marked, key=lambda pair: pair[0])]
