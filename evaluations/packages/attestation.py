"""A document validated as it is, byte for byte: an attestation of the Nucleo stands before its pages."""

import io

from documents.assembly import Part, assemble
from documents.render import render_pdf
from evaluations.models import PackageFile, Validation
from evaluations.packages.words import Stamp, subject_of
from objectives.pdf import DEMO_LINE


def attested(file: PackageFile, validation: Validation, stamp: Stamp) -> bytes:
    """Return the PDF of a file of the package with the attestation before it."""
    entity, created = validation.plan.entity, validation.decided_at or validation.requested_at
    context = {
        "stamp": stamp,
        "file": file,
        "entity": entity.name,
        "subject": subject_of(validation),
        "members": validation.members,
        "demo_line": DEMO_LINE if entity.is_demo else "",
    }

    def cover(places: object) -> bytes:
        title = f"{entity.name} - Attestazione di validazione - {file.title}"
        return render_pdf(
            "pdf/validation_attestation.html", context, title=title, created=created, identifier=stamp.code
        )

    out = io.BytesIO()
    title = f"{entity.name} - {file.title} - validato"
    parts = [Part(file.title, file.document.read())]
    assemble(parts, title=title, created=created, identifier=stamp.code, out=out, cover=cover)
    return out.getvalue()
