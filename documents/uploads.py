"""Files that people bring: taken in when they are what their name says, and handed out as they came."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import File
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from documents.file_types import ACCEPTED, file_name, mime_of
from documents.handing_over import hand_over
from documents.models import DamagedDocumentError, Document

SANDBOX = "sandbox; default-src 'none'"
"""Even a browser that would show the file runs nothing in it."""


class NotAccepted(ValueError):
    """A file that can't be taken in. The message is a sentence for the person."""


@dataclass(frozen=True)
class Upload:
    """A file that may be kept: its name without folders, its bytes, and the type that they show."""

    name: str
    content: bytes
    mime: str

    @property
    def sha256(self) -> str:
        """The hash of the bytes, by which the same file is known under another name."""
        return hashlib.sha256(self.content).hexdigest()


def read_upload(file: "File[bytes]") -> Upload:
    """Return a file that may be kept. Raises NotAccepted for one that is empty, too large, or not what it says."""
    name, largest = file_name(file.name or ""), settings.EVIDENCE_MAX_BYTES
    if not file.size:
        raise NotAccepted(f"Il file «{name}» è vuoto: controllare che sia quello giusto.")
    if file.size > largest:
        raise NotAccepted(f"Il file «{name}» supera i {largest // (1024 * 1024)} MB: allegarne uno più piccolo.")
    content = file.read()
    mime = mime_of(name, content)
    if mime is None:
        raise NotAccepted(
            f"Il file «{name}» non si può allegare: si accettano {ACCEPTED}, senza macro e con un contenuto che "
            "corrisponde al nome. Le cartelle compresse vanno estratte, e i file allegati uno per uno."
        )
    return Upload(name, content, mime)


def handed_out(request: HttpRequest, document: Document, name: str) -> HttpResponse:
    """Send a file as it came, checked against its hash, to be kept and not to be shown; 503 where it is damaged."""
    try:
        response = hand_over(document)
    except DamagedDocumentError as reason:
        return render(request, "documents/damaged.html", {"reason": str(reason)}, status=503)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response
