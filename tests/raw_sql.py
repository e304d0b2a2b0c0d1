"""Writes past Django, as a program with the database's password could."""

from django.db import IntegrityError, connection, transaction


def refused(sql: str, *params: object) -> str | None:
    """Run a statement. Return the sentence with which the database refuses it, or None where it does not."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, params or None)
    except IntegrityError as error:
        return str(error).splitlines()[0]
    return None
