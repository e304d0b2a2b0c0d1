"""python -m benchmarks.many_towns build [TOWNS …] | ask DATABASE … | sizes DATABASE: many towns in PostgreSQL.

DATABASE_URL names an empty database of a server that nothing else is kept on: it receives the first town, and beside it
come databases called towns_10, towns_100 …, each made from the one before. A thousand towns take 12 GB and a quarter of
an hour of a processor.
"""

import os
import sys
import tempfile
from typing import Any

BUILT = ("10", "100", "1000")
LARGEST = 12  # tables that are told of


def main(order: str, *names: str) -> None:
    """Do one of the orders, with a folder for files that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        os.environ |= {"DEMO": "1", "DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
        import django

        django.setup()
        {"build": build, "ask": ask, "sizes": sizes}[order](*names)


def build(*towns: str) -> None:
    """Load one town and multiply it. Stops where DATABASE_URL names a database that holds tables."""
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.many_towns.multiplying import copy_ledger, multiply
    from benchmarks.many_towns.town import load_town

    if connection.vendor != "postgresql" or connection.introspection.table_names():
        sys.exit("DATABASE_URL must name an empty PostgreSQL database.")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    load_town()
    for count in towns or BUILT:
        go_on_in(f"towns_{count}")
        multiply(int(count))
    copy_ledger()


def go_on_in(database: str) -> None:
    """Make a database like the one that is in use, and use that one."""
    from django.db import connection

    before = connection.settings_dict["NAME"]
    connection.close()
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(f'CREATE DATABASE "{database}" TEMPLATE "{before}"')
    connection.settings_dict["NAME"] = database


def ask(*databases: str) -> None:
    """Print the table of questions, the first database against the others."""
    from benchmarks.databases import description
    from benchmarks.many_towns.questions import ask_all
    from benchmarks.measuring import table

    print(description())
    print(table(ask_all(list(databases))))


def sizes(database: str) -> None:
    """Print the largest tables with their indexes: rows and bytes."""
    from django.db import connection

    connection.settings_dict["NAME"] = database
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_live_tup, pg_size_pretty(pg_relation_size(relid)), "
            "pg_size_pretty(pg_total_relation_size(relid)) FROM pg_stat_user_tables "
            "ORDER BY pg_total_relation_size(relid) DESC"
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        (whole,) = cursor.fetchone()
    print(f"{database}: {whole}, {sum(row[1] for row in rows):,} rows")
    for name, count, own, total in rows[:LARGEST]:
        print(f"| {name} | {count:,} | {own} | {total} |")


if __name__ == "__main__":
    main(*sys.argv[1:])
