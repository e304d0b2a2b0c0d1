"""One PDF from many stored ones, without rendering again: plans, acts, packages.

The parts are PDF/A-3a + PDF/UA-1 files made by `documents.render`; so is the result: their structure trees, outlines,
attachments and metadata are joined (ISO 32000-1, 14.7), and what all of them hold alike (fonts, colour profile) is
kept once. Same parts, same bytes.
"""

import hashlib
import io
import math
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from documents import xmp
from documents.lettering import printable
from documents.structure import JoinedTree


class Part(NamedTuple):
    """One stored PDF of the file to assemble; parts of one `group` in a row stand together in the outline."""

    title: str
    content: bytes
    group: str = ""


class Place(NamedTuple):
    """Where a part stands in the assembled file: the number of its first page, from 1, and how many it has."""

    title: str
    group: str
    page: int
    pages: int


Cover = Callable[[Sequence[Place]], bytes]
"""Makes the PDF of the pages that stand before the parts, knowing where these stand."""


def assemble(
    parts: Iterable[Part],
    *,
    title: str,
    created: datetime,
    identifier: str,
    out: Path | BinaryIO,
    cover: Cover | None = None,
) -> list[Place]:
    """Write the assembled file to `out` (a path or a file open for writing bytes) and say where each part stands.

    `created` is an aware moment belonging to the content, `identifier` names the version of the whole.
    Raises ValueError when a part stands in it twice or there is none, pikepdf.PdfError when one is no PDF.
    """
    binder = Binder()
    places = []
    for part in parts:
        page = len(binder.pdf.pages) + 1
        places.append(Place(part.title, part.group, page, binder.add(part.content, printable(part.title))))
    if not places:
        raise ValueError("an assembled file needs at least one part")
    if cover:
        places = _bind_cover(binder, places, cover)
    binder.close(printable(title), created, identifier, places)
    binder.pdf.save(out, deterministic_id=True, min_version="1.7", object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return places


def _bind_cover(binder: "Binder", places: list[Place], cover: Cover) -> list[Place]:
    """Put the cover first; its own length moves the page numbers that it prints, so it may be made twice.

    The first guess of its length is a page for every 40 parts, as many as an index page usually holds.
    """
    length = math.ceil(len(places) / 40)
    while True:
        moved = [place._replace(page=place.page + length) for place in places]
        content = cover(moved)
        if (actual := _page_count(content)) == length:
            break
        length = actual
    binder.add(content, "Indice", first=True)
    return moved


def _page_count(content: bytes) -> int:
    with Pdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)


class Binder:
    """The assembled file while it grows, part by part; no part stays open."""

    def __init__(self) -> None:
        self.pdf = Pdf.new()
        self.tree = JoinedTree(self.pdf)
        self.attachments: dict[str, pikepdf.Object] = {}
        self.shared: dict[bytes, pikepdf.Object] = {}
        self.intents: pikepdf.Object | None = None

    def add(self, content: bytes, title: str, *, first: bool = False) -> int:
        """Append the pages of a part (or put them first), with all that belongs to them; returns their number."""
        with Pdf.open(io.BytesIO(content)) as source:
            lent = self._lend_shared(source)
            count = len(source.pages)
            at = 0 if first else len(self.pdf.pages)
            for number, page in enumerate(source.pages):
                self.pdf.pages.insert(at + number, page)
            for holder, key, common in lent:
                self.pdf.copy_foreign(holder)[key] = common
            pages = [self.pdf.pages[at + number] for number in range(count)]
            self.tree.join(source.Root.StructTreeRoot, pages, title, first=first)
            self._keep_attachments(source)
            if self.intents is None:
                self.intents = self.pdf.copy_foreign(source.make_indirect(source.Root.OutputIntents))
        return count

    def _lend_shared(self, source: Pdf) -> list[tuple[pikepdf.Object, str, pikepdf.Object]]:
        """Take out of the part what the file already has; what is new to it becomes the shared one.

        Returns (holder in the part, key, object of the file) for every place where the shared one must be put.
        """
        lent = []
        for holder, key, content in _shareable(source):
            digest = hashlib.sha256(content).digest()
            if digest not in self.shared:
                self.shared[digest] = self.pdf.copy_foreign(holder[key])
            del holder[key]
            lent.append((holder, key, self.shared[digest]))
        return lent

    def _keep_attachments(self, source: Pdf) -> None:
        names = source.Root.get("/Names", Dictionary()).get("/EmbeddedFiles", Dictionary()).get("/Names", Array())
        for specification in list(names)[1::2]:
            own = self.pdf.copy_foreign(specification)
            name = _free_name(str(own.UF), self.attachments)
            own.F = own.UF = String(name)
            self.attachments[name] = own

    def close(self, title: str, created: datetime, identifier: str, places: Sequence[Place]) -> None:
        """Write all that belongs to the whole: catalog, metadata, attachments, structure, outline."""
        root = self.pdf.Root
        root.Lang = String("it")
        root.MarkInfo = Dictionary(Marked=True)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        root.PageMode = Name.UseOutlines
        root.OutputIntents = self.intents
        root.Metadata = self.pdf.make_stream(
            xmp.packet(title=title, created=created, identifier=identifier), Type=Name.Metadata, Subtype=Name.XML
        )
        self.pdf.docinfo.Title = String(title)
        self.pdf.docinfo.Producer = String(xmp.PRODUCER)
        self.pdf.docinfo.CreationDate = String(created.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ"))
        listed = [part for name in sorted(self.attachments) for part in (String(name), self.attachments[name])]
        if listed:
            root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array(listed)))
            root.AF = Array(listed[1::2])
        root.StructTreeRoot = self.tree.finish()
        self._write_outline(places)

    def _write_outline(self, places: Sequence[Place]) -> None:
        with self.pdf.open_outline() as outline:
            for group, members in groupby(places, key=lambda place: place.group):
                entries = [OutlineItem(printable(place.title), place.page - 1) for place in members]
                if group:
                    heading = OutlineItem(printable(group), entries[0].destination)
                    heading.children.extend(entries)
                    entries = [heading]
                outline.root.extend(entries)


def _shareable(source: Pdf) -> list[tuple[pikepdf.Object, str, bytes]]:
    """What a part has in common with others: font programs and colour spaces, as (holder, key, bytes to compare)."""
    found = {}
    for page in source.pages:
        resources = page.obj.Resources
        if "/ColorSpace" in resources:
            found[resources.objgen] = (resources, "/ColorSpace", _colours(resources.ColorSpace))
        for font in resources.get("/Font", Dictionary()).values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            found[descriptor.objgen] = (descriptor, "/FontFile2", descriptor.FontFile2.read_raw_bytes())
    return list(found.values())


def _colours(spaces: pikepdf.Object) -> bytes:
    """The profiles of a resource's colour spaces, as bytes: two parts that have them alike share them."""
    profiles = [space[1] for space in spaces.values() if space[0] == Name.ICCBased]
    return b"".join([*map(str.encode, spaces.keys()), *(profile.read_raw_bytes() for profile in profiles)])


def _free_name(name: str, taken: dict[str, pikepdf.Object]) -> str:
    stem, dot, extension = name.rpartition(".")
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{stem}-{number}{dot}{extension}"
    return free
