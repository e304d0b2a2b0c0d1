"""Multiplies the first town of a PostgreSQL database: every row again for each further town, its keys shifted.

The triggers are off meanwhile, as PostgreSQL's replication has them: what they would refuse or count was looked at when
the first town was loaded. The same texts stand in every town, and the keys of rows within a sheet are the same ones.
The ledger of the history comes apart (`copy_ledger`), because the fingerprints of the first town are no other town's.
"""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import connection
from django.db.models import Field, ForeignKey, Max, Model
from simple_history.models import HistoricalChanges

from benchmarks.many_towns.town import SLUG
from organisation.ledger import HistoryEntry, chain

OURS = ("organisation", "documents", "deliberations", "objectives", "evaluations")
LEFT_OUT = {
    "organisation_historyform", "organisation_historyentry", "organisation_signin",
    "organisation_user_groups", "organisation_user_user_permissions",
}  # fmt: skip
AT_ONCE = 10  # towns in a transaction
NAMED_AFTER_TOWN = {
    ("organisation_entity", "slug"), ("organisation_user", "username"), ("organisation_user", "email"),
    ("organisation_notice", "path"),
}  # fmt: skip


def slug_of(town: int) -> str:
    """The short name of a town, from 1."""
    return f"{SLUG[:-4]}{town:04d}"


def multiply(upto: int) -> None:
    """Add towns until there are `upto`, ten in a transaction."""
    present = count()
    spans = spans_of(copied())
    for first in range(present + 1, upto + 1, AT_ONCE):
        last = min(first + AT_ONCE, upto + 1) - 1
        _run([copying(model, spans) for model in copied()], first=first, last=last)
    _settle()


def copy_ledger() -> None:
    """Give every town but the first the entries of the first, under its own keys: for their size, not for a check.

    Their fingerprints are those of the first town's rows, so `verify_history` would find every one of them changed.
    Where it is to find nothing, `verify_history --begin` makes true ones instead, in a hundred times the time.
    """
    chain()
    statement = ledger_copying(_first_town())
    for first in range(2, count() + 1, AT_ONCE):
        _run([statement], first=first, last=min(first + AT_ONCE - 1, count()))
    _settle()


def _settle() -> None:
    """Have the database count on from the keys that were given, and look at what it holds, as it soon would."""
    _run(f"SELECT setval(pg_get_serial_sequence('{table}', '{key}'), (SELECT max({key}) FROM {table}))"  # noqa: S608
         for table, key in keys())  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def count() -> int:
    """How many towns there are."""
    entities: int = apps.get_model("organisation", "Entity").objects.count()
    return entities


def copied() -> list[type[Model]]:
    """The models whose rows a town has, links between them included."""
    ours = (model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in OURS)
    return [model for model in ours if model._meta.db_table not in LEFT_OUT and model._meta.managed]


def keys() -> Iterator[tuple[str, str]]:
    """The tables whose keys the database counts, and the column."""
    for model in [*copied(), HistoryEntry]:
        yield model._meta.db_table, model._meta.pk.column


def spans_of(models: Iterable[type[Model]]) -> dict[str, int]:
    """By how much the keys of each table move from one town to the next: what the first town used of them."""
    first = _first_town()
    return {model._meta.db_table: first[model._meta.db_table] for model in models}


def _first_town() -> dict[str, int]:
    """The highest key of the first town in every table; kept in the database, which later holds other towns too."""
    with connection.cursor() as cursor:
        cursor.execute('CREATE TABLE IF NOT EXISTS measured_first_town ("table" text PRIMARY KEY, highest bigint)')
        cursor.execute("SELECT * FROM measured_first_town")
        if known := dict(cursor.fetchall()):
            return known
        found = {
            model._meta.db_table: model._base_manager.aggregate(most=Max("pk"))["most"] or 1
            for model in [*copied(), HistoryEntry]
        }
        cursor.executemany("INSERT INTO measured_first_town VALUES (%s, %s)", list(found.items()))
    return found


def copying(model: type[Model], spans: dict[str, int]) -> str:
    """The statement that writes the rows of the first town again for the towns from `first` to `last`."""
    table, fields = model._meta.db_table, model._meta.concrete_fields
    selected = ", ".join(shifted(model, field, spans) for field in fields)
    listed = ", ".join(f'"{field.column}"' for field in fields)
    return (
        f'INSERT INTO "{table}" ({listed}) SELECT {selected} '  # noqa: S608 - our own names
        f'FROM "{table}" one, generate_series(%(first)s, %(last)s) town '
        f'WHERE one."{model._meta.pk.column}" <= {spans[table]} ORDER BY town, 1'
    )


def shifted(model: type[Model], field: "Field[object, object]", spans: dict[str, int]) -> str:
    """A column of a row of the first town as it is in the town number `town`."""
    column = f'one."{field.column}"'
    thing = getattr(model, "instance_type", None) if issubclass(model, HistoricalChanges) else None
    told_of = thing._meta.db_table if thing else model._meta.db_table
    if field.primary_key:
        return f"{column} + (town - 1) * {spans[model._meta.db_table]}"
    if isinstance(field, ForeignKey):
        return f"{column} + (town - 1) * {spans[field.related_model._meta.db_table]}"
    if (thing and field.column == thing._meta.pk.column) or field.column == "m2m_history_id":
        return f"{column} + (town - 1) * {spans[told_of]}"
    if field.get_internal_type() == "UUIDField" and field.column == "code":
        return f"md5({column}::text || town)::uuid"
    if (told_of, field.column) in NAMED_AFTER_TOWN:
        return f"replace({column}, '{SLUG}', '{SLUG[:-4]}' || lpad(town::text, 4, '0'))"
    if (told_of, field.column) == ("organisation_entity", "name"):
        return f"{column} || ' ' || town"
    return column


def ledger_copying(spans: dict[str, int]) -> str:
    """The statement that writes the entries of the first town again for the towns from `first` to `last`."""
    own, people = HistoryEntry._meta.db_table, spans["organisation_user"]
    known = ", ".join(f"('{table}', {spans[table]}, {spans[thing]})" for table, thing in things())
    return (
        f'INSERT INTO {own} (id, "table", row, form, digest, thing, by, at, found, position, link) '  # noqa: S608
        f'SELECT one.id + (town - 1) * {spans[own]}, one."table", one.row + (town - 1) * rows, form, digest, '
        f"thing + (town - 1) * things, by + (town - 1) * {people}, at, found, "
        f"position + (town - 1) * {spans[own]}, link "
        f'FROM {own} one JOIN (VALUES {known}) AS known("table", rows, things) ON known."table" = one."table", '
        f"generate_series(%(first)s, %(last)s) town WHERE one.id <= {spans[own]} ORDER BY town, 1"
    )


def things() -> Iterator[tuple[str, str]]:
    """The historical tables, and the table of what each tells of."""
    for model in copied():
        if issubclass(model, HistoricalChanges):
            yield model._meta.db_table, model.instance_type._meta.db_table
        elif hasattr(model, "m2m_history_id"):
            yield model._meta.db_table, model._meta.get_field("history").related_model._meta.db_table


def _run(statements: Iterable[str], **values: int) -> None:
    """Run them in one transaction without triggers."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement, values or None)
        cursor.execute("COMMIT")
