"""The store of documents on a disk: a file is there whole and written through to the disk, or not at all."""

import os
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage


class WholeFileStorage(FileSystemStorage):
    """Django's own, but for what a full disk, a killed process or a power cut would leave behind.

    Rows of the database name files only after they are stored: what the database has committed must find its file even
    after a power cut, so file and folder are synced before.
    """

    def _save(self, name: str, content: Any) -> str:
        apart = f"{name}.{uuid.uuid4().hex}.part"
        try:
            super()._save(apart, content)  # type: ignore[misc]
            _sync(self.path(apart))
            return self._in_place(apart, name)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(self.path(apart))

    def _in_place(self, apart: str, name: str) -> str:
        """Give the file its name, or a free one like it; never that of another file."""
        while True:
            try:
                os.link(self.path(apart), self.path(name))
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                _sync(Path(self.path(name)).parent)
                return name.replace("\\", "/")


def _sync(path: str | Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
