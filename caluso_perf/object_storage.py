"""Where documents are kept, as the settings say it: in a folder, or in an object storage with the S3 interface."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

ON_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


def documents_store(
    folder: Path, *, bucket: str, endpoint_url: str, region: str, prefix: str, keys: tuple[str, str]
) -> dict[str, Any]:
    """Return the entry of STORAGES for documents. Raises ImproperlyConfigured for half a setting.

    `keys` (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) are only looked at: boto3 reads them, or finds others by itself.
    """
    if not bucket:
        if told := [name for name, value in _others(endpoint_url, region, prefix) if value]:
            raise ImproperlyConfigured(f"{', '.join(told)} without S3_BUCKET: documents would go to the disk.")
        return {"BACKEND": "documents.whole_files.WholeFileStorage", "OPTIONS": {"location": folder}}
    if bool(keys[0]) != bool(keys[1]):
        raise ImproperlyConfigured("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY: one is there without the other.")
    _refuse_address(endpoint_url)
    if not (find_spec("storages") and find_spec("boto3")):
        raise ImproperlyConfigured(
            "S3_BUCKET needs packages that are not installed: "
            "pip install --no-deps --require-hashes -r requirements-s3.txt"
        )
    options = {"bucket_name": bucket, "location": prefix, "endpoint_url": endpoint_url or None}
    return {"BACKEND": "documents.object_storage.ObjectStorage", "OPTIONS": options | {"region_name": region or None}}


def _others(endpoint_url: str, region: str, prefix: str) -> list[tuple[str, str]]:
    return [("S3_ENDPOINT_URL", endpoint_url), ("S3_REGION", region), ("S3_PREFIX", prefix)]


def _refuse_address(endpoint_url: str) -> None:
    """Refuse one over which documents and their names would travel in the clear."""
    address = urlsplit(endpoint_url)
    encrypted = address.scheme == "https" and address.hostname
    if endpoint_url and not encrypted and not (address.scheme == "http" and address.hostname in ON_THIS_MACHINE):
        raise ImproperlyConfigured(f"S3_ENDPOINT_URL is «{endpoint_url}»: it must begin with https://.")
