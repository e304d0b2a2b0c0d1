"""Deeds of several people in the same moment, each in a thread with a connection of its own."""

import time
from collections.abc import Callable, Iterator
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from django.db import connection, connections, transaction

Deed = Callable[[], Any]
PATIENCE = 30  # seconds: who waits longer for the others has met a deadlock that nobody saw


def at_once(*deeds: Deed) -> list[Any]:
    """Do them in the same moment; return, for each, what it returned or the exception it raised.

    The SQLite of the tests lies in memory and knows one moment after another: there they follow in the order given.
    """
    if connection.vendor == "sqlite":
        return [outcome(deed) for deed in deeds]
    outcomes: list[Any] = [None] * len(deeds)
    together = Barrier(len(deeds), timeout=PATIENCE)

    def run(place: int) -> None:
        together.wait()
        outcomes[place] = outcome(deeds[place])
        connections.close_all()

    threads = [Thread(target=run, args=[place], daemon=True) for place in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    if any(thread.is_alive() for thread in threads):
        raise AssertionError("The deeds wait for each other.")
    return outcomes


def before_it_commits(first: Deed, second: Deed) -> list[Any]:
    """Begin `second` when `first` has done its work, and let that commit only once the other one waits for it."""
    if connection.vendor == "sqlite":
        return at_once(first, second)
    worked, ended = Event(), Event()

    def slow() -> Any:
        with transaction.atomic():
            try:
                return first()
            finally:
                worked.set()
                while not (ended.is_set() or somebody_waits_for_me()):
                    time.sleep(0.005)

    def quick() -> Any:
        worked.wait(PATIENCE)
        try:
            return second()
        finally:
            ended.set()

    return at_once(slow, quick)


def somebody_waits_for_me() -> bool:
    """Whether another transaction waits for the one of this thread."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        return bool(cursor.fetchone()[0])


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database for a test on PostgreSQL whose people each have their own connection: what it writes is committed.

    Afterwards every row goes, and quickly: as its superuser, before whom guards and foreign keys step aside.
    """
    kept = {"django_migrations", "django_content_type", "auth_permission", "organisation_historyform"}
    with django_db_blocker.unblock():
        yield
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table in set(connection.introspection.table_names()) - kept:
                cursor.execute(f'DELETE FROM "{table}"')


def outcome(deed: Deed) -> Any:
    """What the deed returned, or the exception it raised."""
    try:
        return deed()
    except Exception as problem:  # noqa: BLE001 - told to the test, which says which one may come
        return problem
