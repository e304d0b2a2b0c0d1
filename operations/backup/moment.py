"""One moment of the database, read while others go on writing; its migrations."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder


@contextmanager
def one_moment(alias: str) -> Iterator[None]:
    """Have everything read inside the block as it was at the first read; nobody waits for it.

    SQLite in WAL mode and PostgreSQL under REPEATABLE READ both give a reader a moment of its own.
    """
    connection = connections[alias]
    with _reading(connection), transaction.atomic(using=alias, savepoint=False):
        if connection.vendor == "postgresql" and len(connection.atomic_blocks) == 1:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


@contextmanager
def _reading(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """On SQLite a transaction of the program begins with the lock of a writer; who only reads asks for none."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"  # type: ignore[attr-defined]
    try:
        yield
    finally:
        connection.transaction_mode = usual  # type: ignore[attr-defined]


def applied_migrations(alias: str) -> list[str]:
    """Return the migrations on record, as "app.name"."""
    recorder = MigrationRecorder(connections[alias])
    return sorted(".".join(key) for key in recorder.applied_migrations())


def is_migrated(alias: str) -> bool:
    """Tell whether the database has every migration of this program."""
    executor = MigrationExecutor(connections[alias])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
