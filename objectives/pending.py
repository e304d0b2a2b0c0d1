"""Documents that were uploaded and wait for their confirmation.

Each lies in a folder of its own: entity, person, SHA-256 of the content. So nobody reaches another person's document,
what is confirmed is byte for byte what was shown, and two tabs, or the same file twice, cannot disturb each other.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.text import get_valid_filename

from documents.stored import stored_names
from organisation.models import Entity, User

FOLDER = "in-attesa"
KEPT_FOR = timedelta(days=1)
NAME_LENGTH = 80  # characters of a file's name, its ending included


@dataclass(frozen=True)
class Waiting:
    """An uploaded document: its key (the SHA-256 of its content), its name, its content."""

    key: str
    name: str
    content: bytes


def keep(content: bytes, name: str, *, entity: Entity, by: User) -> str:
    """Keep a document until it is confirmed or forgotten, and return its key. The same one twice is kept once."""
    forget_old()
    key = hashlib.sha256(content).hexdigest()
    if find(key, entity=entity, by=by) is None:
        default_storage.save(f"{_folder(key, entity, by)}/{_safe(name)}", ContentFile(content))
    return key


def find(key: str, *, entity: Entity, by: User) -> Waiting | None:
    """Return the document that this person uploaded for this entity; None if there is none, or not these bytes."""
    for path in stored_names(_folder(key, entity, by)):
        with default_storage.open(path) as file:
            content = file.read()
        if hashlib.sha256(content).hexdigest() == key:
            return Waiting(key, PurePosixPath(path).name, content)
    return None


def forget_old() -> None:
    """Delete the documents that nobody confirmed for a day."""
    limit = timezone.now() - KEPT_FOR
    for path in list(stored_names(FOLDER)):
        if default_storage.get_modified_time(path) < limit:
            default_storage.delete(path)


def _folder(key: str, entity: Entity, by: User) -> str:
    return f"{FOLDER}/{entity.pk}/{by.pk}/{key}"


def _safe(name: str) -> str:
    """The file's name without anything a file system minds, cut in its middle so that it keeps its ending."""
    path = PurePosixPath(get_valid_filename(name.lstrip(".") or "documento"))
    ending = path.suffix[:10]
    return path.stem[: NAME_LENGTH - len(ending)] + ending
