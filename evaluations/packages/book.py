"""A package as one PDF: its index with the hash of each file, then the files, put together as they are stored."""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath

from documents.assembly import Part, Place, assemble
from documents.render import render_pdf
from evaluations.models import Validation
from evaluations.packages.foreign import enclosing, is_ours
from evaluations.packages.index import Line
from evaluations.packages.words import Stamp, handed_over, subject_of
from objectives.pdf import DEMO_LINE
from organisation.ledger import Anchor, anchor_at


@dataclass(frozen=True)
class Leaf:
    """A file of the package on its way into the book: its line in the index, the heading under which it stands."""

    line: Line
    group: str


@dataclass(frozen=True)
class Book:
    """A package about to be put together; `stamp` says what the Nucleo decided, where it did."""

    validation: Validation
    leaves: Sequence[Leaf]
    sha256: str
    created: dt.datetime
    stamp: Stamp | None = None

    @property
    def entity(self) -> str:
        return self.validation.plan.entity.name

    @property
    def title(self) -> str:
        """What the file is called."""
        return "Fascicolo validato" if self.stamp else "Fascicolo per il Nucleo di Valutazione"

    @property
    def subject(self) -> str:
        return subject_of(self.validation)

    @property
    def handed_over(self) -> str:
        return handed_over(self.validation)

    @property
    def foot(self) -> str:
        """What stands at the foot of the index's pages."""
        return self.stamp.foot if self.stamp else self.handed_over

    @property
    def version(self) -> str:
        """What the index prints to say exactly which package this is (R35)."""
        return self.sha256[:12]

    @property
    def anchor(self) -> Anchor | None:
        """What stands for the whole history up to the moment in which the validation was asked for."""
        return anchor_at(self.validation.history.earliest("history_id"))

    @property
    def demo_line(self) -> str:
        return DEMO_LINE if self.validation.plan.entity.is_demo else ""


def bind(book: Book, contents: Iterable[bytes]) -> bytes:
    """Return the PDF of a book; `contents` are the files in the order of its leaves, taken one at a time."""

    def cover(places: Sequence[Place]) -> bytes:
        return render_pdf(
            "pdf/validation_index.html",
            {"book": book, "groups": _groups(book, places)},
            title=f"{book.entity} - {book.title} - Indice",
            created=book.created,
            identifier=f"{book.sha256}-indice{book.stamp.code if book.stamp else ''}",
        )

    parts = (
        Part(leaf.line.title, _page(book, leaf, content), leaf.group)
        for leaf, content in zip(book.leaves, contents, strict=True)
    )
    out, title = io.BytesIO(), f"{book.entity} - {book.title} - {book.subject}"
    assemble(parts, title=title, created=book.created, identifier=book.sha256, out=out, cover=cover)
    return out.getvalue()


def _page(book: Book, leaf: Leaf, content: bytes) -> bytes:
    """The file itself; of one that the program did not make, a page that holds it."""
    if is_ours(content):
        return content
    line, name = leaf.line, PurePosixPath(leaf.line.path).name
    return enclosing(content, name=name, title=line.title, sha256=line.sha256, entity=book.entity, created=book.created)


def _groups(book: Book, places: Sequence[Place]) -> list[tuple[str, list[tuple[Line, int]]]]:
    """The lines of the index under their headings, each with the page where its file begins."""
    placed = zip(book.leaves, places, strict=True)
    return [
        (group, [(leaf.line, place.page) for leaf, place in members])
        for group, members in groupby(placed, key=lambda pair: pair[0].group)
    ]
