"""Bringing a copy back: into an empty migrated database and its store of files, whole or not at all."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from documents.stored import stored_names
from operations.backup.archive import BackupError, Entry, Manifest, TableEntry, digest_of, pieces_of
from operations.backup.moment import applied_migrations, is_migrated
from operations.backup.tables import AT_ONCE, Model, Table, kept_models, lines
from operations.backup.verifying import opened, refuse_another_version
from organisation.ledger import HistoryForm

WRITTEN_BY_MIGRATE: tuple[Model, ...] = (Permission, ContentType, HistoryForm)
"""What an empty database holds already; the copy's own rows take the place of these."""


def restore(source: Path, alias: str = DEFAULT_DB_ALIAS) -> Manifest:
    """Bring back rows and files, and compare them with the copy before they count. Raises BackupError."""
    with opened(source) as (archive, manifest):
        if not is_migrated(alias):
            raise BackupError("Il database non è pronto: prima va eseguito «manage.py migrate».")
        refuse_another_version(manifest, applied_migrations(alias))
        _refuse_unless_empty(alias)
        with _files_put(archive, manifest):
            try:
                _rows(archive, manifest, alias)
            except (DatabaseError, ValueError) as reason:
                raise BackupError(f"Il database non accoglie la copia, e resta vuoto: {reason}") from reason
    return manifest


def _refuse_unless_empty(alias: str) -> None:
    for model in kept_models():
        if model not in WRITTEN_BY_MIGRATE and model._base_manager.using(alias).exists():
            raise BackupError(
                f"Il database non è vuoto ({model._meta.db_table}): una copia si riporta solo in uno nuovo, "
                "dopo «manage.py migrate»."
            )


@contextmanager
def _files_put(archive: zipfile.ZipFile, manifest: Manifest) -> Iterator[None]:
    """Store the files; take those away again if anything fails later. What lies there already must be the same."""
    ours = {file.entry.removeprefix("files/"): file for file in manifest.files}
    there = set(stored_names())
    for name in there:
        if name not in ours or not _same(name, ours[name]):
            raise BackupError(f"Tra i documenti c'è già «{name}», che non è della copia: la cartella va svuotata.")
    put: list[str] = []
    try:
        for name in ours.keys() - there:
            put.append(name)
            with archive.open(ours[name].entry) as file:
                if default_storage.save(name, File(file)) != name:
                    raise BackupError(f"Il file «{name}» non può avere qui il suo nome.")
        yield
    except BaseException:
        for name in put:
            default_storage.delete(name)
        raise


def _same(name: str, entry: Entry) -> bool:
    with default_storage.open(name, "rb") as file:
        return digest_of(pieces_of(file)).sha256 == entry.sha256


def _rows(archive: zipfile.ZipFile, manifest: Manifest, alias: str) -> None:
    connection = connections[alias]
    models = {model._meta.db_table: model for model in kept_models()}
    with transaction.atomic(using=alias), guards_aside(connection):
        with connection.cursor() as cursor:
            for model in WRITTEN_BY_MIGRATE:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
        for entry in manifest.tables:
            _fill(archive, entry, models[entry.table], alias)
        connection.check_constraints()
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(models.values())):
                cursor.execute(statement)


def _fill(archive: zipfile.ZipFile, entry: TableEntry, model: Model, alias: str) -> None:
    """Fill a table, and read it again: what stands in it now must be, byte by byte, what the copy says."""
    table = Table(model, alias)
    with archive.open(entry.entry) as rows:
        while some := list(islice(rows, AT_ONCE)):
            table.insert(some)
    if digest_of(lines(model, alias)).sha256 != entry.sha256:
        raise BackupError(f"La tabella {entry.table} non risulta uguale alla copia: il database resta vuoto.")


@contextmanager
def guards_aside(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let rows in that nobody may write any more: the triggers stand aside, in this transaction only."""
    aside, back = {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor](connection)
    with connection.cursor() as cursor:
        for statement in aside:
            cursor.execute(statement)
        yield
        for statement in back:
            cursor.execute(statement)


def _sqlite(connection: BaseDatabaseWrapper) -> tuple[list[str], list[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
    return [f'DROP TRIGGER "{name}"' for name, _ in triggers], [sql for _, sql in triggers]


def _postgresql(connection: BaseDatabaseWrapper) -> tuple[list[str], list[str]]:
    quote = connection.ops.quote_name
    tables = [f"ALTER TABLE {quote(model._meta.db_table)}" for model in kept_models()]
    return [f"{table} DISABLE TRIGGER USER" for table in tables], [f"{table} ENABLE TRIGGER USER" for table in tables]
