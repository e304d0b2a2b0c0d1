"""PDFs that the program did not make, among those that it puts together: they travel inside a page, as they are.

An assembled file is PDF/A-3a and PDF/UA-1 only if its parts are; a PDF from elsewhere may be neither. PDF/A-3 lets any
file be attached, byte for byte.
"""

import datetime as dt
import io

import pikepdf

from documents import xmp
from documents.render import Attachment, render_pdf


def is_ours(content: bytes) -> bool:
    """Tell whether the program made this PDF, so that its pages can be put together with others."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return "/StructTreeRoot" in pdf.Root and str(pdf.docinfo.get("/Producer", "")) == xmp.PRODUCER


def enclosing(content: bytes, *, name: str, title: str, sha256: str, entity: str, created: dt.datetime) -> bytes:
    """Return a page that names a PDF and holds it as an attachment."""
    return render_pdf(
        "pdf/validation_enclosed.html",
        {"title": title, "name": name, "sha256": sha256, "entity": entity},
        title=f"{entity} - {title}",
        created=created,
        identifier=sha256,
        attachments=[attachment(content, name, title)],
    )


def attachment(content: bytes, name: str, title: str) -> Attachment:
    """Return a PDF as what travels inside another one."""
    return Attachment(name, content, title)
