"""The policies of row-level security, from the table of who owns what: a second wall behind the program's own queries.

A row with an entity is compared with what the connection told (operations.isolation.telling); any other is there for
whom the row is there that it leads to. They are put in place, and taken away, whole, in one transaction.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Model

from operations.isolation.ownership import ITSELF, READ_BY_ALL, history_of, installed, is_history, owned, step, ways
from operations.isolation.telling import ENTITIES, EVERYTHING
from organisation.models import Entity

OWN, READ = "caluso_own_entities", "caluso_read_by_all"
_ALL = f"current_setting('{EVERYTHING}', true) = 'on'"
_MINE = f"ANY ((SELECT coalesce(nullif(current_setting('{ENTITIES}', true), ''), '{{}}'))::bigint[])"  # asked once


@dataclass(frozen=True)
class Wall:
    """How a table is, or is to be, walled: `mark` stands for its policies, and is empty where it has none of ours."""

    table: str
    mark: str
    enabled: bool


def rule(model: type[Model]) -> str:
    """Return the condition on a row of the model, in SQL."""
    table = model._meta.db_table
    return " OR ".join([_ALL, *(_leads_to_mine(model, way, table) for way in ways(model))])


def _leads_to_mine(model: type[Model], way: str, table: str) -> str:
    if way == ITSELF:
        return f'"{table}"."{way}" = {_MINE}'
    field = step(model, way)
    target = field.related_model
    if target is Entity:
        return f'"{table}"."{field.column}" = {_MINE}'
    kept = target if field.db_constraint or is_history(target) else history_of(target)
    if kept is None:
        raise TypeError(f"{model._meta.label}.{way} may lead to a row that is gone and has no history.")
    # A subquery that is asked for one row by its key: never the list of all rows, however many entities there are.
    key = target._meta.pk.column
    leads = f'kept."{key}" = "{table}"."{field.column}"'
    return f'(SELECT true FROM "{kept._meta.db_table}" kept WHERE {leads} LIMIT 1)'  # noqa: S608 - our own names


def statements(model: type[Model]) -> list[str]:
    """Return what puts the policies of a table in place."""
    table = f'"{model._meta.db_table}"'
    made = [f"CREATE POLICY {OWN} ON {table} USING ({rule(model)})"]
    if model._meta.label in READ_BY_ALL:
        made.append(f"CREATE POLICY {READ} ON {table} FOR SELECT USING (true)")
    # FORCE: the program owns its tables, and would be let past its own wall.
    made.append(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    mark = hashlib.sha256(" ".join(made).encode()).hexdigest()[:16]
    return [*made, f"COMMENT ON POLICY {OWN} ON {table} IS '{mark}'"]


def wanted() -> dict[str, Wall]:
    """Return, by table, how the tables are to be walled."""
    marks = {model._meta.db_table: statements(model)[-1].split("'")[1] for model in owned()}
    return {table: Wall(table, mark, enabled=True) for table, mark in marks.items()}


def found() -> dict[str, Wall]:
    """Return how the tables with a policy of ours are walled now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, coalesce(obj_description(p.oid, 'pg_policy'), ''), "
            "c.relrowsecurity AND c.relforcerowsecurity FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid "
            "WHERE p.polname = %s AND pg_table_is_visible(c.oid)",
            [OWN],
        )
        return {table: Wall(table, mark, enabled) for table, mark, enabled in cursor.fetchall()}


def put_in_place() -> list[str]:
    """Wall every table that is not as it is to be; return their names."""
    there, to_be = found(), wanted()
    changed = [model for model in owned() if there.get(model._meta.db_table) != to_be[model._meta.db_table]]
    with transaction.atomic(), connection.cursor() as cursor:
        for model in changed:
            for statement in [*_taken_away(model._meta.db_table), *statements(model)]:
                cursor.execute(statement)
    return [model._meta.db_table for model in changed]


def take_away() -> list[str]:
    """Take our policies from every table that has them; return their names."""
    there = found()
    with transaction.atomic(), connection.cursor() as cursor:
        for table in there:
            for statement in _taken_away(table):
                cursor.execute(statement)
    return list(there)


def _taken_away(table: str) -> Iterator[str]:
    for policy in (OWN, READ):
        yield f'DROP POLICY IF EXISTS {policy} ON "{table}"'
    yield f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY'


def passes_through() -> bool:
    """Tell whether the role that is connected is let past every policy (a superuser, BYPASSRLS)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])


def tables() -> int:
    """Return how many tables of the program there are, those of no entity included."""
    return len(installed())
