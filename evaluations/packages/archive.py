"""A package as a zip: the same files make the same bytes, whenever and wherever they are put together."""

import datetime as dt
import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence

from evaluations.packages.index import LISTING, SUMS, Line, listing, sums

File = tuple[str, bytes]
EARLIEST = (1980, 1, 1, 0, 0, 0)  # a zip knows no day before


def with_index(head: Sequence[str], lines: Sequence[Line]) -> tuple[bytes, bytes]:
    """Return INDICE.txt and SHA256SUMS of these files; the second names the first too."""
    told = listing(head, lines)
    hashes = [(line.path, line.sha256) for line in lines]
    return told, sums([*hashes, (LISTING, hashlib.sha256(told).hexdigest())])


def zipped(told: bytes, named: bytes, files: Iterable[File], moment: dt.datetime) -> bytes:
    """Return the zip: its two indexes (see `with_index`), then the files in their order, stored as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for path, content in _all(told, named, files):
            archive.writestr(_entry(path, moment), content)
    return out.getvalue()


def _all(told: bytes, named: bytes, files: Iterable[File]) -> Iterator[File]:
    yield LISTING, told
    yield SUMS, named
    yield from files


def _entry(path: str, moment: dt.datetime) -> zipfile.ZipInfo:
    when = moment.astimezone(dt.UTC).timetuple()[:6]
    entry = zipfile.ZipInfo(path, date_time=max(when, EARLIEST))
    entry.create_system, entry.external_attr = 3, 0o100644 << 16  # Unix, whatever system made it
    return entry
