"""Freezing a package, outside a request: each file once, then both forms of the whole, then the Nucleo is told.

Whatever was made before a worker was killed is found again by its subject; the validation itself moves in one
transaction at the end, so that it is either in preparation or frozen as a whole.
"""

import hashlib
from collections.abc import Iterator, Sequence

from django.db import transaction

from documents.models import Document, freeze
from documents.render import require_printing
from evaluations.choices import ValidationState
from evaluations.models import PackageFile, Validation
from evaluations.packages import telling
from evaluations.packages.archive import with_index, zipped
from evaluations.packages.book import Book, Leaf, bind
from evaluations.packages.contents import Piece, pieces_of
from evaluations.packages.index import Line
from evaluations.packages.words import head
from organisation.holding import hold
from organisation.ledger import chain
from organisation.recording import create_recorded, recording

WHY = "Fascicolo per il Nucleo"


def prepare(validation: Validation, processes: int = 1) -> Validation:
    """Freeze the package of a validation that has none yet, and hand it to the Nucleo; return it as it is then.

    Raises PdfUnavailable and DamagedDocumentError, with a sentence each.
    """
    if validation.state != ValidationState.IN_PREPARAZIONE:
        return validation
    require_printing()
    chain()  # the index of the package tells the anchor of the history
    pieces = pieces_of(validation, processes)
    lines = [Line(piece.path, piece.title, piece.document.sha256) for piece in pieces]
    told, named = with_index(head(validation), lines)
    digest = hashlib.sha256(named).hexdigest()
    with recording(by=None, why=WHY, act=_act(validation)):
        bound = _bound(validation, pieces, lines, digest)
        archive = _archive(validation, pieces, told, named, digest)
        return _frozen(validation, pieces, digest, bound, archive)


def _bound(validation: Validation, pieces: Sequence[Piece], lines: Sequence[Line], digest: str) -> Document:
    subject = f"fascicolo {validation.pk} pdf {digest}"
    if known := find(validation, subject):
        return known
    leaves = [Leaf(line, piece.group) for line, piece in zip(lines, pieces, strict=True)]
    book = Book(validation, leaves, digest, validation.requested_at)
    return keep(validation, subject, f"{stem(validation)}.pdf", bind(book, _contents(pieces)))


def _archive(validation: Validation, pieces: Sequence[Piece], told: bytes, named: bytes, digest: str) -> Document:
    subject = f"fascicolo {validation.pk} zip {digest}"
    if known := find(validation, subject):
        return known
    files = zip((piece.path for piece in pieces), _contents(pieces), strict=True)
    content = zipped(told, named, files, validation.requested_at)
    return keep(validation, subject, f"{stem(validation)}.zip", content)


def _contents(pieces: Sequence[Piece]) -> Iterator[bytes]:
    return (piece.read() for piece in pieces)


def _frozen(
    validation: Validation, pieces: Sequence[Piece], digest: str, bound: Document, archive: Document
) -> Validation:
    """The validation with its package, to be decided; if two workers come here, the first one does it."""
    with transaction.atomic():
        hold(Validation.objects.filter(pk=validation.pk))
        held: Validation = Validation.objects.select_related("plan__entity", "act__entity", "report__plan").get(
            pk=validation.pk
        )
        if held.state != ValidationState.IN_PREPARAZIONE:
            return held
        create_recorded(
            [
                PackageFile(
                    validation=held, position=place, role=piece.role, path=piece.path, title=piece.title,
                    sheet=piece.sheet, document=piece.document,
                )
                for place, piece in enumerate(pieces, 1)
            ]
        )  # fmt: skip
        held.bound, held.archive, held.package_sha256 = bound, archive, digest
        held.state, held.problem = ValidationState.DA_VALIDARE, ""
        held.row_version += 1
        held.save()
        telling.ready(held)
        return held


def stem(validation: Validation) -> str:
    """What the files of a package are called, without the ending: "fascicolo-2026-gc-12-2026"."""
    of = validation.act.slug if validation.act else "relazione"
    return f"fascicolo-{validation.plan.year}-{of}"


def find(validation: Validation, subject: str) -> Document | None:
    """Return a file of the entity by its subject, if it was made already."""
    return Document.objects.filter(entity=validation.plan.entity_id, subject=subject).first()


def keep(validation: Validation, subject: str, name: str, content: bytes, code: str | None = None) -> Document:
    """Freeze a file of a validation, a PDF or a zip by its name."""
    mime = "application/zip" if name.endswith(".zip") else "application/pdf"
    entity = validation.plan.entity
    return freeze(entity=entity, subject=subject, name=name, content=content, mime=mime, code=code)


def _act(validation: Validation) -> str:
    return validation.act.short if validation.act else ""
