"""From a template to a PDF that is PDF/A-3a and PDF/UA-1 in one file. WeasyPrint behind one function.

WeasyPrint needs Pango, a library of the operating system; it is imported only when a PDF is made, so that the program
starts without it. Same input, same bytes: nothing in the file depends on the clock, the machine's fonts or hash order.
"""

import ctypes.util
import gc
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.template.loader import render_to_string

from documents import structure, xmp
from documents.lettering import FAMILY, font_file, printable

if TYPE_CHECKING:
    import pydyf
    import weasyprint

STYLE_SHEET = "static:pdf/form.css"
_VARIANT = "pdf/a-3a"


class PdfUnavailable(RuntimeError):
    """WeasyPrint or the libraries it needs are not installed; the message says what to do, in Italian."""


class Attachment(NamedTuple):
    """A file inside a PDF: its name (ASCII, the extension tells its type), its bytes, a description for readers."""

    name: str
    content: bytes
    description: str


class ForbiddenResource(RuntimeError):
    """A template or a text asked for something that the project does not ship."""


class _Refusal(BaseException):
    """How a refused resource gets out of WeasyPrint, which swallows every Exception and prints without the resource."""


class Workshop(NamedTuple):
    """What is made once per process and used for every document."""

    page_class: Any
    fonts: Any
    style: Any
    fetcher: Any


def render_pdf(
    template: str,
    context: dict[str, Any],
    *,
    title: str,
    created: datetime,
    identifier: str,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Print a template as PDF/A-3a + PDF/UA-1.

    `created` is an aware moment (the version's, not the clock's); `identifier` names the version: it goes into the
    metadata and makes the ids of table cells unique across files, so that they can be assembled.
    Raises PdfUnavailable without WeasyPrint or Pango, ForbiddenResource when the template reaches outside the project.
    """
    html = printable(render_to_string(template, context))
    title = printable(title)
    with _collector_paused():
        document = _layout(html)
        document.metadata.title = title
        document.metadata.created = xmp.moment(created)
        document.metadata.generator = None
        _declare(document, xmp.rdf(title=title, created=created, identifier=identifier))
        return document.write_pdf(
            finisher=partial(_finish, identifier=identifier),
            pdf_variant=_VARIANT,
            attachments=[_attachment(item, created) for item in attachments],
        )


def require_printing() -> None:
    """Raise PdfUnavailable where no PDF can be made, before any work is begun or put in a queue."""
    _weasyprint()


def _layout(html: str) -> "weasyprint.Document":
    workshop = _workshop()
    page = workshop.page_class(html, workshop.fetcher)
    try:
        return page.render(font_config=workshop.fonts, stylesheets=[workshop.style], pdf_variant=_VARIANT)
    except _Refusal as refusal:
        raise ForbiddenResource(str(refusal)) from refusal


def _declare(document: "weasyprint.Document", rdf: bytes) -> None:
    """Replace WeasyPrint's own metadata, which can declare PDF/A or PDF/UA but not both."""
    document.metadata.generate_rdf_metadata = lambda *_: rdf


def _attachment(item: Attachment, created: datetime) -> "weasyprint.Attachment":
    moment = created.astimezone(UTC)
    return _weasyprint().Attachment(
        string=item.content,
        name=item.name,
        description=item.description,
        created=moment,
        modified=moment,
        relationship="Source",
    )


def _finish(document: "weasyprint.Document", pdf: "pydyf.PDF", *, identifier: str) -> None:
    structure.lift_texts(pdf)
    structure.make_cells_unique(pdf, prefix=identifier)
    _embed_whole_fonts(document, pdf)
    pdf.info["Producer"] = pdf.info["Producer"].__class__(xmp.PRODUCER)


def _embed_whole_fonts(document: "weasyprint.Document", pdf: "pydyf.PDF") -> None:
    """Put the whole font in the place of its subset: equal in every file, so that an assembled file holds it once.

    The subset keeps the glyph numbers of the whole font, so nothing else changes.
    """
    for font in document.fonts.values():
        if font.family != FAMILY:
            raise ForbiddenResource(f"font {font.family} of this machine")
    weights = {font.name: font.weight for font in document.fonts.values()}
    for item in list(pdf.objects):
        if isinstance(item, dict) and item.get("Type") == "/FontDescriptor":
            stream = pdf.objects[int(item["FontFile2"].split()[0])]
            length, stream.stream = _whole_font(weights[item["FontName"]])
            stream.compress = False
            stream.extra.update({"Length1": length, "Filter": "/FlateDecode"})


@cache
def _whole_font(weight: int) -> tuple[int, list[bytes]]:
    content = font_file(weight).read_bytes()
    return len(content), [zlib.compress(content, 9)]


@cache
def _workshop() -> Workshop:
    weasyprint = _weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    fetcher = _fetcher_class()()
    fonts = FontConfiguration()
    style = weasyprint.CSS(url=STYLE_SHEET, url_fetcher=fetcher, font_config=fonts)
    return Workshop(_page_class(), fonts, style, fetcher)


@cache
def _page_class() -> type:
    from cssselect2 import ElementWrapper

    class Page(_weasyprint().HTML):  # type: ignore[misc]
        """A document of ours: well-formed XML, styled by our sheet alone.

        WeasyPrint's parser mends broken HTML, which ours is not, at forty times the price of an XML parser; its own
        style sheet gives every element five pseudo-elements (footnotes, markers) that our forms do not have. Leaving
        both out saves a quarter of the time, and a template that is not well-formed fails loudly.
        """

        def __init__(self, xml: str, fetcher: Any) -> None:
            self.base_url, self.url_fetcher, self.media_type = "static:", fetcher, "print"
            root = ET.fromstring(xml)  # noqa: S314  our own template; texts in it are escaped, no DTD comes from outside
            self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
            self.etree_element = self.wrapper_element.etree_element

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return []

    return Page


@cache
def _fetcher_class() -> type:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class ShippedOnly(URLFetcher):
        """Gives `static:` files of the project and refuses everything else, loudly."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            file = _shipped_file(url)
            if file is None:
                raise _Refusal(url)
            return URLFetcherResponse(url, body=file.read_bytes())

    return ShippedOnly


def _shipped_file(url: str) -> Path | None:
    """The file behind a `static:` address, if the project ships it."""
    scheme, _, path = url.partition(":")
    try:
        found = finders.find(unquote(path)) if scheme == "static" and path else None
    except SuspiciousFileOperation:
        return None
    return Path(found) if isinstance(found, str) else None


@cache
def _weasyprint() -> Any:
    try:
        with _libraries_by_soname():
            import weasyprint
    except (ImportError, OSError) as error:
        raise PdfUnavailable(
            "I PDF non si possono produrre: su questa macchina manca WeasyPrint oppure la libreria Pango. "
            "Installare il pacchetto di sistema (Debian e Ubuntu: «apt install libpango-1.0-0 libpangoft2-1.0-0 "
            "libharfbuzz-subset0») e riavviare il programma; tutto il resto funziona."
        ) from error
    return weasyprint


@contextmanager
def _libraries_by_soname() -> Iterator[None]:
    """While WeasyPrint loads Pango, do not look for the libraries' names of other systems.

    On Linux each of those names starts a compiler and a linker (`ctypes.util.find_library`), a quarter of a second in
    all, before the name that the dynamic loader knows is tried.
    """
    search = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None  # noqa: ARG005
    try:
        yield
    finally:
        ctypes.util.find_library = search


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Layout makes hundreds of thousands of objects that all live to its end: collecting meanwhile only costs time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
