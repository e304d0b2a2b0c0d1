"""The SHA-256 of an uploaded file, taken while it arrives: the file itself is kept nowhere."""

import hashlib
from typing import IO, Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

SHA256 = r"[0-9a-f]{64}"
"""What a SHA-256 looks like, as this program writes it."""


class Fingerprint(FileUploadHandler):
    """Takes the hash of what arrives and throws the bytes away, be the file as large as `most` bytes.

    `sha256` is None while no file has arrived whole; `too_large` says why, when that is why.
    """

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self.most = most
        self.sha256: str | None = None
        self.too_large = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self._hash, self._size = hashlib.sha256(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Add to the hash. Raises StopUpload past the limit: what still arrives is read and thrown away."""
        self._size += len(raw_data)
        if self._size > self.most:
            self.too_large = True
            raise StopUpload
        self._hash.update(raw_data)

    def file_complete(self, file_size: int) -> IO[bytes] | None:  # type: ignore[override]
        """Keep the hash; there is no file for the form."""
        self.sha256 = self._hash.hexdigest()
        return None
