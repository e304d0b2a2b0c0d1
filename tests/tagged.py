"""Reads a tagged PDF as a screen reader does: by its structure tree, not by where the ink is."""

import contextlib
import io
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]


@cache
def read_aloud(content: bytes) -> list[str]:
    """The texts of a PDF in the order of its structure tree, whitespace collapsed, empty ones left out."""
    marked = _marked_texts(content)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        runs = _runs(pdf.Root.StructTreeRoot.K[0])
        texts = [" ".join(marked[numbers[owner.Pg.objgen], kid] for kid in kids) for owner, kids in runs]
    return [" ".join(text.split()) for text in texts if text.strip()]


def tags(content: bytes) -> dict[str, int]:
    """How many elements of each kind the structure tree has; a row broken by a page would count twice."""
    counts: dict[str, int] = defaultdict(int)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for element in _elements(pdf.Root.StructTreeRoot.K[0]):
            counts[str(element.S)[1:]] += 1
    return dict(counts)


@cache
def page_texts(content: bytes) -> list[str]:
    """What is printed on each page, headers and footers included, whitespace collapsed."""
    with contextlib.closing(pypdfium2.PdfDocument(content)) as pdf:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]


def attached(content: bytes) -> dict[str, bytes]:
    """The files inside a PDF, each associated with the document (PDF/A-3, 6.8)."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        associated = {str(item.UF) for item in pdf.Root.get("/AF", [])}
        files = {name: item.get_file().read_bytes() for name, item in pdf.attachments.items()}
    assert associated == set(files)
    return files


def _marked_texts(content: bytes) -> dict[tuple[int, int], str]:
    """The text of each marked content, by page and by its number on the page."""
    texts: dict[tuple[int, int], str] = defaultdict(str)
    with contextlib.closing(pypdfium2.PdfDocument(content)) as pdf:
        for number, page in enumerate(pdf):
            kinds, printed = [pypdfium2.raw.FPDF_PAGEOBJ_TEXT], page.get_textpage()
            for item in page.get_objects(filter=kinds, textpage=printed):
                texts[number, pypdfium2.raw.FPDFPageObj_GetMarkedContentID(item)] += item.extract()
    return texts


def _elements(element: Any) -> Iterator[Any]:
    yield element
    for kid in element.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _elements(kid)


def _runs(element: Any) -> Iterator[tuple[Any, list[int]]]:
    """An element's marked texts and those of its children, in order; texts that follow each other make one run."""
    kids = element.get("/K", [])
    for is_text, group in groupby(kids, key=lambda kid: isinstance(kid, int)):
        if is_text:
            yield element, [int(kid) for kid in group]
        else:
            for kid in group:
                yield from _runs(kid)
