"""A kept file on its way out, once it is settled who may have it: never a byte that is not the one on record.

The program sends it, and compares it with its hash each time. Behind nginx it may leave the sending to that
(X_ACCEL_PREFIX), for a file on the local disk: then it compares the bytes once, and again whenever the file is another
one, or was written or renamed since (its inode, size and the two moments that the disk keeps, of which nobody but the
system sets the second). What was damaged is never sent: it is made again, or told.
"""

import hashlib
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.http import HttpResponse

from documents.models import Document

REMEMBERED = 20_000
"""How many files a process knows to be whole."""
AT_ONCE = 1 << 20


def hand_over(document: Document, make: Callable[[], bytes] | None = None) -> HttpResponse:
    """Answer with a file; `make` makes it again if it was lost. Raises DamagedDocumentError."""
    place = _known_whole(document) if settings.X_ACCEL_PREFIX else None
    if place is None:
        content = document.read_or_restore(make) if make else document.read()
        return HttpResponse(content, content_type=document.mime)
    response = HttpResponse(content_type=document.mime)
    response["X-Accel-Redirect"] = f"{settings.X_ACCEL_PREFIX}{quote(place)}"
    return response


def _known_whole(document: Document) -> str | None:
    """Return the place of a file within the folder of documents, if its bytes are those on record; None if not."""
    storage = document.file.storage
    if not isinstance(storage, FileSystemStorage):
        return None
    path = Path(storage.path(str(document.file.name)))
    try:
        whole = _sha256(path, _looks(path)) == document.sha256
    except OSError:  # lost: who reads it says so, or makes it again
        return None
    return str(path.relative_to(storage.base_location)) if whole else None


def _looks(path: Path) -> tuple[int, ...]:
    found = os.stat(path)
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


@lru_cache(maxsize=REMEMBERED)
def _sha256(path: Path, looks: tuple[int, ...]) -> str:
    """The hash of a file that looks like this, once; nothing, if somebody writes it meanwhile."""
    with path.open("rb") as file:
        digest = hashlib.sha256()
        while piece := file.read(AT_ONCE):
            digest.update(piece)
    return digest.hexdigest() if _looks(path) == looks else ""
