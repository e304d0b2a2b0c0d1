"""A document validated as it is, byte for byte: an attestation of the Nucleo stands before its pages."""

import io

from documents.assembly import Part, assemble
from documents.render import render_pdf
from evaluations.models import PackageFile, Validation
from evaluations.packages.foreign import attachment, is_ours
from evaluations.packages.words import Stamp, subject_of
from objectives.pdf import DEMO_LINE


def attested(file: PackageFile, validation: Validation, stamp: Stamp) -> bytes:
    """Return a file of the package behind its attestation, or attached to it where the program did not make it."""
    entity, created = validation.plan.entity, validation.decided_at or validation.requested_at
    content = file.document.read()
    ours = is_ours(content)
    context = {
        "stamp": stamp,
        "file": file,
        "entity": entity.name,
        "subject": subject_of(validation),
        "members": validation.members,
        "demo_line": DEMO_LINE if entity.is_demo else "",
        "attached": "" if ours else file.document.name,
    }
    attestation = render_pdf(
        "pdf/validation_attestation.html", context, created=created, identifier=stamp.code,
        title=f"{entity.name} - Attestazione di validazione - {file.title}",
        attachments=[] if ours else [attachment(content, file.document.name, file.title)],
    )  # fmt: skip
    if not ours:
        return attestation
    out, title = io.BytesIO(), f"{entity.name} - {file.title} - validato"
    parts = [Part("Attestazione di validazione", attestation), Part(file.title, content)]
    assemble(parts, title=title, created=created, identifier=stamp.code, out=out)
    return out.getvalue()
