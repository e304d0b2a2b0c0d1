"""The store of documents in an object storage with the S3 interface (S3_BUCKET): private objects, without addresses.

Loaded only where the settings name it: its packages are those of requirements-s3.txt.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

from documents.stored import StoreAwayError

TAKEN = {"PreconditionFailed", "ConditionalRequestConflict"}
LOST = {"NoSuchKey", "404"}
NO_ROOM = {"QuotaExceeded", "XMinioStorageFull", "InsufficientStorage"}
CONNECTION = Config(
    signature_version="s3v4",
    connect_timeout=3,
    read_timeout=20,
    retries={"mode": "standard", "total_max_attempts": 3},
    # Each file is compared with its SHA-256 on record; not every store knows the newer checksums of AWS.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


class ObjectStorage(S3Storage):
    """That of django-storages, with the promises of a disk: no file takes another's name, a lost one is told as lost.

    An object is there whole or not at all. What the store refuses is an OSError, for who knows of files alone.
    """

    def get_default_settings(self) -> dict[str, Any]:
        """Return what is the same for every installation: nothing public, nothing overwritten."""
        fixed = {"file_overwrite": False, "default_acl": None, "querystring_auth": True, "client_config": CONNECTION}
        return super().get_default_settings() | fixed

    def url(self, *args: Any, **kwargs: Any) -> str:
        """Refuse: who may have a file is settled by a page, which sends it."""
        raise NotImplementedError("Documents have no address of their own.")

    def _open(self, name: str, mode: str = "rb") -> ContentFile:
        with _told():
            found = self.connection.meta.client.get_object(**self._object(name))
            return ContentFile(found["Body"].read(), name)

    def _save(self, name: str, content: Any) -> str:
        body = b"".join(content.chunks())
        while True:
            try:
                with _told():
                    self.connection.meta.client.put_object(**self._object(name), Body=body, IfNoneMatch="*")
                return str(clean_name(name))
            except FileExistsError:
                name = self.get_available_name(name)

    def _object(self, name: str) -> dict[str, str]:
        return {"Bucket": self.bucket_name, "Key": self._normalize_name(clean_name(name))}

    def exists(self, name: str) -> bool:
        """Tell whether there is such a file."""
        with _told():
            return bool(super().exists(name))

    def delete(self, name: str) -> None:
        """Delete a file; one that is not there is none the worse."""
        with _told():
            super().delete(name)

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        """Return the folders, which are but common beginnings of names, and the files."""
        with _told():
            folders, files = super().listdir(name)
            return folders, files

    def size(self, name: str) -> int:
        """Return how many bytes a file has."""
        with _told():
            return int(super().size(name))

    def get_modified_time(self, name: str) -> datetime:
        """Return when a file was stored."""
        with _told():
            found: datetime = super().get_modified_time(name)
            return found


@contextmanager
def _told() -> Iterator[None]:
    """Say what went wrong in the words of a disk."""
    try:
        yield
    except ClientError as refused:
        code = refused.response.get("Error", {}).get("Code", "")
        if code in TAKEN:
            raise FileExistsError(errno.EEXIST, "name taken") from refused
        if code in LOST:
            raise FileNotFoundError(errno.ENOENT, "no such object") from refused
        number = errno.ENOSPC if code in NO_ROOM else errno.EIO
        raise StoreAwayError(number, f"l'archivio dei documenti rifiuta ({code})") from refused
    except BotoCoreError as silent:
        raise StoreAwayError(errno.EIO, f"l'archivio dei documenti non risponde ({type(silent).__name__})") from silent
