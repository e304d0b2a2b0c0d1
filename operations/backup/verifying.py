"""Reading a copy: whether it is one, whole, and made with this program's migrations, before anything is touched."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from operations.backup.archive import MANIFEST, BackupError, Entry, Manifest, digest_of, pieces_of
from operations.backup.tables import column_names, kept_models

DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)


@contextmanager
def opened(source: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """Open a copy whose every byte is the one that was written. Raises BackupError."""
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _manifest(archive, source)
            _check(archive, manifest)
            yield archive, manifest
    except DAMAGED as reason:
        raise BackupError(f"«{source}» non è una copia di Caluso Perf, oppure è tronca o rovinata.") from reason
    except FileNotFoundError as reason:
        raise BackupError(f"Il file «{source}» non c'è.") from reason


def _manifest(archive: zipfile.ZipFile, source: Path) -> Manifest:
    try:
        return Manifest.from_json(archive.read(MANIFEST))
    except KeyError as reason:
        raise BackupError(f"«{source}» non è una copia di Caluso Perf: manca {MANIFEST}.") from reason


def _check(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    stated: list[Entry] = [*manifest.tables, *manifest.files]
    names = [name for name in archive.namelist() if name != MANIFEST]
    if sorted(names) != sorted(entry.entry for entry in stated):
        raise BackupError("La copia è rovinata: ciò che contiene non è ciò che dice il suo elenco.")
    for entry in stated:
        with archive.open(entry.entry) as file:
            digest = digest_of(pieces_of(file))
        if (digest.size, digest.sha256) != (entry.size, entry.sha256):
            raise BackupError(f"La copia è rovinata: «{entry.entry}» non è più come fu scritto (SHA-256).")


def refuse_another_version(manifest: Manifest, here: list[str]) -> None:
    """Raise BackupError unless the copy was made with the very migrations that are applied here."""
    if lacking := sorted(set(here) - set(manifest.migrations)):
        raise BackupError(
            f"La copia è di una versione precedente del programma ({manifest.program}; non conosce {lacking[0]}). "
            "Va riportata con quella versione, che poi si aggiorna con «manage.py migrate»."
        )
    if unknown := sorted(set(manifest.migrations) - set(here)):
        raise BackupError(
            f"La copia è di una versione più recente del programma ({manifest.program}; qui manca {unknown[0]}). "
            "Prima si aggiorna il programma e si esegue «manage.py migrate»."
        )
    ours = {model._meta.db_table: column_names(model) for model in kept_models()}
    if {table.table: table.columns for table in manifest.tables} != ours:
        raise BackupError("La copia è di un programma con altre tabelle: non può essere riportata qui.")
