"""The fingerprint of a row: a SHA-256 over its values by name, the same on every database and after reading back.

Its form is version 1: the table, then each column's name and value as JSON, in the order of the names. A value is
written as the column stores it (a decimal in its places, a moment in UTC), so what the program is about to write and
what is read years later come out alike. A column that a later migration adds is not in the form of the older rows:
the form, the list of the names, has a fingerprint of its own and is kept with them.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import models

VERSION = "1"


def sha256(*parts: Any) -> str:
    """Return the SHA-256 of these parts, written as JSON, as 64 hexadecimal digits."""
    written = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()


@cache
def names_of(model: type[models.Model]) -> tuple[str, ...]:
    """Return the columns of the model as the program knows them now, in order."""
    return tuple(sorted(field.attname for field in model._meta.concrete_fields))


def form_of(table: str, names: Sequence[str]) -> str:
    """Return the short name of a form: these columns of this table."""
    return sha256(VERSION, table, list(names))[:16]


@cache
def form_now(model: type[models.Model]) -> str:
    """Return the form in which rows of the model are written now."""
    return form_of(model._meta.db_table, names_of(model))


def fingerprint(row: models.Model, names: Sequence[str]) -> str:
    """Return the fingerprint of a row over these columns."""
    fields = _fields(type(row))
    values = [(name, plain(fields[name], getattr(row, name))) for name in names]
    return sha256(VERSION, row._meta.db_table, values)


@cache
def _fields(model: type[models.Model]) -> dict[str, Any]:
    return {field.attname: field for field in model._meta.concrete_fields}


def plain(field: Any, value: Any) -> Any:
    """Return the value of a column as JSON has it, as the column stores it."""
    if value is None:
        return None
    if isinstance(field, models.JSONField):
        return _json(json.loads(json.dumps(value, cls=field.encoder)))
    value = field.to_python(value)
    if isinstance(value, Decimal):
        target = getattr(field, "target_field", field)
        return format(round(value, target.decimal_places).normalize(), "f")
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return value if isinstance(value, (bool, int, str)) else str(value)


def _json(value: Any) -> Any:
    """A number without decimals is the same number whichever way a database writes it."""
    if isinstance(value, dict):
        return {name: _json(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_json(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
