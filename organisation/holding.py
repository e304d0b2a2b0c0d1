"""Rows that a deed holds before it looks again: who wants the same ones waits until its transaction ends."""

from typing import Any

from django.db.models import QuerySet


def hold(rows: QuerySet[Any]) -> int:
    """Hold these rows until the transaction ends; return how many there are.

    They are held against whoever would change or delete them, not against foreign keys to them (no_key): whoever
    writes the history or an e-mail of an entity does not wait for who holds it.
    """
    return len(rows.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))
