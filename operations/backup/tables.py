"""The rows of the database in a form that belongs to no database: one JSON array a line, in the order of the columns.

Days and moments are ISO 8601 (moments in UTC), amounts and UUIDs are texts, bytes are Base64, what a JSON column holds
stands as it is. Keys of objects are sorted: the same rows give the same bytes on SQLite and on PostgreSQL.
"""

import base64
import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

AT_ONCE = 500
"""Rows in memory at a time."""
LEFT_OUT: tuple[type[models.Model], ...] = (Session,)
"""Who is signed in signs in anew: a stolen copy opens no session, and none that was ended comes back."""
TABLES_LEFT_OUT = {Session._meta.db_table, "cache", "django_migrations"}
"""The tables of a database that are not copied: counters that run out by themselves, and what `migrate` wrote."""

Model = type[models.Model]


def kept_models() -> list[Model]:
    """Return the models whose rows are copied, those between two others included, by the names of their tables."""
    every = (model for model in apps.get_models(include_auto_created=True) if model not in LEFT_OUT)
    return sorted((m for m in every if m._meta.managed and not m._meta.proxy), key=lambda m: m._meta.db_table)


def columns(model: Model) -> list[models.Field[Any, Any]]:
    """Return the columns of a model's table that hold something of their own."""
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def column_names(model: Model) -> list[str]:
    """Return the names of those columns in the database."""
    return [str(field.column) for field in columns(model)]


def lines(model: Model, alias: str) -> Iterator[bytes]:
    """Give the rows of a table, by their keys, a few hundred in memory at a time."""
    names = [field.attname for field in columns(model)]
    rows = model._base_manager.using(alias).order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=AT_ONCE):
        text = json.dumps(row, default=_written, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        yield f"{text}\n".encode()


def _written(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return str(value)


class Table:
    """A table that is filled from such lines."""

    def __init__(self, model: Model, alias: str) -> None:
        self.model = model
        self.connection: BaseDatabaseWrapper = connections[alias]
        self.fields = columns(model)

    def insert(self, rows: list[bytes]) -> None:
        """Insert the rows as they are written: with their keys, and no moment set anew. Raises ValueError."""
        quote = self.connection.ops.quote_name
        names = ", ".join(map(quote, column_names(self.model)))
        places = ", ".join(["%s"] * len(self.fields))
        statement = f"INSERT INTO {quote(self.model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608
        with self.connection.cursor() as cursor:
            cursor.executemany(statement, [self._values(line) for line in rows])

    def _values(self, line: bytes) -> list[Any]:
        return [self._value(*pair) for pair in zip(self.fields, json.loads(line), strict=True)]

    def _value(self, field: models.Field[Any, Any], written: Any) -> Any:
        if written is None and isinstance(field, models.JSONField) and not field.null:
            return field.get_db_prep_value(None, self.connection)  # the null of JSON, not that of SQL
        return field.get_db_prep_save(field.to_python(written), self.connection)
