"""What the public page answers: only files that have a code, and their signed copies, can be found.

All other files answer as one that never was: nobody learns here that they exist.
"""

from dataclasses import dataclass

from django.db.models import Q

from documents.models import Document, SignedCopy
from documents.upper_rooms import Known, known


@dataclass(frozen=True)
class Answer:
    """A file that was found: the document with its code, and the signed copy if that is what was checked.

    `whole` says that the very bytes were compared, not the code alone.
    """

    document: Document
    whole: bool
    signed: SignedCopy | None = None

    @property
    def known(self) -> Known | None:
        """What the room that made the document says of it."""
        return known(self.document)

    @property
    def checked(self) -> Document:
        """The file whose hash is shown."""
        return self.signed.file if self.signed else self.document


def by_code(code: str) -> Answer | None:
    """Return the document with this code (as `codes.read_code` gives it)."""
    found = Document.objects.select_related("entity").filter(code=code).first()
    return Answer(found, whole=False) if found else None


def by_hash(sha256: str) -> Answer | None:
    """Return what has this SHA-256 (64 lower-case hexadecimal digits): a document with a code, or its signed copy."""
    public = Q(code__isnull=False) | Q(signed_of__document__code__isnull=False)
    whole = Document.objects.select_related("entity", "signed_of__document__entity", "signed_of__file")
    found = whole.filter(public, sha256=sha256).order_by("pk").first()
    if found is None:
        return None
    if found.code is not None:
        return Answer(found, whole=True)
    return Answer(found.signed_of.document, whole=True, signed=found.signed_of)
