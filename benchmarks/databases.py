"""The throwaway databases of a run: never one that holds anything."""

import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.core.management import call_command
from django.db import connection, connections

FURTHER = ("history", "large")


@contextmanager
def prepared() -> Iterator[None]:
    """Make the databases and their tables; take the further ones away at the end.

    Stops the run when DATABASE_URL names a database that holds tables.
    """
    if connection.introspection.table_names():
        sys.exit("DATABASE_URL names a database that is in use: give the measurements an empty one of their own.")
    _on_the_server("CREATE DATABASE")
    try:
        for alias in ("default", *FURTHER):
            call_command("migrate", database=alias, verbosity=0)
        call_command("createcachetable", verbosity=0)
        yield
    finally:
        connections.close_all()
        _on_the_server("DROP DATABASE IF EXISTS")


def _on_the_server(order: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for alias in FURTHER:
                cursor.execute(f'{order} "{connections[alias].settings_dict["NAME"]}"')


def description() -> str:
    """What the figures were measured on."""
    version = ".".join(map(str, connection.get_database_version()))
    return (
        f"Python {platform.python_version()}, Django {django.__version__}, {connection.display_name} {version}, "
        f"{len(os.sched_getaffinity(0))} cores\n"
    )
