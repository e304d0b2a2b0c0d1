"""Many sheets in one PDF: an act's, a plan's. The stored PDFs of the sheets behind an index, nothing rendered again.

Rule R35 holds for the whole as for each sheet: the file is made from the versions given, in their order, and the index
carries the version id of the whole.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, NamedTuple

from documents.assembly import Part, Place, assemble
from documents.render import render_pdf
from objectives.pdf import DEMO_LINE


class BoundSheet(NamedTuple):
    """A stored sheet on its way into a book: what the index prints, as text, and the bytes of its PDF."""

    sector: str
    number: str
    title: str
    weight: str
    change: str
    content: bytes


class IndexEntry(NamedTuple):
    """One line of the index; `page` counts the pages of the file, from 1."""

    number: str
    title: str
    weight: str
    change: str
    page: int


@dataclass
class Index:
    """The first pages of the file: whose plan, which text, which sheets and where."""

    entity: str
    title: str
    act_line: str
    force_line: str
    version: str
    demo: bool = False
    sectors: Sequence[tuple[str, Sequence[IndexEntry]]] = field(default=())

    @property
    def demo_line(self) -> str:
        return DEMO_LINE if self.demo else ""

    @property
    def count(self) -> str:
        """How many sheets, in words of the office: ``1 scheda``, ``13 schede``."""
        number = sum(len(entries) for _, entries in self.sectors)
        return "1 scheda" if number == 1 else f"{number} schede"


def bind_sheets(sheets: Iterable[BoundSheet], index: Index, *, created: datetime, out: Path | BinaryIO) -> list[Place]:
    """Write to `out` the index and the sheets, in the order given (by settore); returns where each sheet stands.

    `created` is an aware moment belonging to the newest version in it. Sheets are taken one at a time, so a generator
    that reads them from storage keeps memory low. Raises ValueError for no sheet or for one that stands twice.
    """
    lines: list[BoundSheet] = []

    def parts() -> Iterator[Part]:
        for sheet in sheets:
            lines.append(sheet._replace(content=b""))
            title = f"n° {sheet.number} {sheet.title}".strip()
            yield Part(f"{title} ({sheet.change})" if sheet.change else title, sheet.content, sheet.sector)

    def cover(places: Sequence[Place]) -> bytes:
        index.sectors = by_sector(lines, places)
        return render_pdf(
            "pdf/index.html",
            {"index": index},
            title=f"{index.entity} - {index.title}",
            created=created,
            identifier=f"{index.version}-indice",
        )

    title = f"{index.entity} - {index.title}"
    return assemble(parts(), title=title, created=created, identifier=index.version, out=out, cover=cover)


def by_sector(lines: Sequence[BoundSheet], places: Sequence[Place]) -> list[tuple[str, list[IndexEntry]]]:
    """Return the lines of the index under their settore, each with the page where its sheet stands."""
    placed = zip(lines, places, strict=True)
    return [
        (sector, [IndexEntry(s.number, s.title, s.weight, s.change, place.page) for s, place in members])
        for sector, members in groupby(placed, key=lambda pair: pair[0].sector)
    ]
