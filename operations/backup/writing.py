"""Making the copy: rows of one moment, then the files, piece by piece; the file has its name only when it is whole."""

import os
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import DEFAULT_DB_ALIAS, connections

from documents.models import Document
from documents.stored import stored_names
from operations.backup.archive import MANIFEST, BackupError, Digest, Entry, Manifest, TableEntry, pieces_of
from operations.backup.moment import applied_migrations, is_migrated, one_moment
from operations.backup.tables import Model, column_names, kept_models, lines
from operations.version import version


def write(target: Path, alias: str = DEFAULT_DB_ALIAS) -> tuple[Manifest, list[str]]:
    """Copy everything into `target`, readable by its owner alone. Raises BackupError, and leaves no half file.

    Returns what the copy holds, and the names of documents whose file is lost or no longer the one on record.
    """
    if target.exists():
        raise BackupError(f"«{target}» esiste già: una copia non ne sovrascrive un'altra.")
    if not is_migrated(alias):
        raise BackupError("Il database non è aggiornato a questo programma: prima va eseguito «manage.py migrate».")
    part = target.with_name(f"{target.name}.part")
    try:
        manifest, damaged = _write(part, alias)
        part.rename(target)
    except OSError as reason:
        raise BackupError(f"La copia non è riuscita: {reason.strerror or reason}.") from reason
    finally:
        part.unlink(missing_ok=True)
    return manifest, damaged


def _write(part: Path, alias: str) -> tuple[Manifest, list[str]]:
    mine = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(mine, "wb") as raw:
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive, one_moment(alias):
            manifest = Manifest(
                version(), datetime.now(UTC).isoformat(), connections[alias].vendor, applied_migrations(alias)
            )
            manifest.tables.extend(_table(archive, model, alias) for model in kept_models())
            manifest.files.extend(_files(archive))
            damaged = list(_damaged(manifest, alias))
            archive.writestr(MANIFEST, manifest.to_json())
        raw.flush()
        os.fsync(raw.fileno())
    return manifest, damaged


def _table(archive: zipfile.ZipFile, model: Model, alias: str) -> TableEntry:
    entry, rows = f"tables/{model._meta.db_table}.jsonl", 0

    def counted() -> Iterator[bytes]:
        nonlocal rows
        for line in lines(model, alias):
            rows += 1
            yield line

    digest = _put(archive, zipfile.ZipInfo(entry, _now()), zipfile.ZIP_DEFLATED, counted())
    return TableEntry(entry, digest.size, digest.sha256, model._meta.db_table, column_names(model), rows)


def _files(archive: zipfile.ZipFile) -> Iterator[Entry]:
    """Copy the files: they were there before the rows that name them, and are never changed."""
    for name in stored_names():
        entry = f"files/{name}"
        try:
            with default_storage.open(name, "rb") as file:
                digest = _put(archive, zipfile.ZipInfo(entry, _now()), zipfile.ZIP_STORED, pieces_of(file))
        except FileNotFoundError:  # put aside since it was listed: no row of the moment names it, or it counts as lost
            continue
        yield Entry(entry, digest.size, digest.sha256)


def _put(archive: zipfile.ZipFile, info: zipfile.ZipInfo, how: int, pieces: Iterable[bytes]) -> Digest:
    info.compress_type = how
    info.external_attr = 0o600 << 16
    digest = Digest()
    with archive.open(info, "w", force_zip64=True) as out:
        for piece in pieces:
            out.write(digest.add(piece))
    return digest


def _now() -> Any:
    return datetime.now(UTC).timetuple()[:6]


def _damaged(manifest: Manifest, alias: str) -> Iterator[str]:
    copied = {file.entry.removeprefix("files/"): file.sha256 for file in manifest.files}
    on_record = Document.objects.using(alias).order_by("pk").values_list("name", "file", "sha256")
    for name, file, sha256 in on_record.iterator():
        if copied.get(file) != sha256:
            yield name
