"""What crosses from one entity into another: a row that belongs to one and names a row of another."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, ForeignKey, Model, Q

from operations.isolation.ownership import owned, paths, ways
from organisation.models import Entity


@dataclass(frozen=True)
class Crossing:
    """A row, and the field by which it leads out of its entity."""

    table: str
    row: int
    field: str
    entity: int
    other: int

    def __str__(self) -> str:
        return (
            f"La riga {self.row} di {self.table} è dell'ente n. {self.entity}, "
            f"e con «{self.field}» porta all'ente n. {self.other}."
        )


def links() -> Iterator[tuple[type[Model], ForeignKey[Any, Any]]]:
    """Give every foreign key from a row of an entity to a row of an entity, but those that say whose the row is."""
    for model in owned():
        for field in model._meta.concrete_fields:
            target = field.related_model
            only_way = ways(model) == (field.name,)
            if isinstance(field, ForeignKey) and not only_way and isinstance(target, type) and ways(target):
                yield model, field


def crossings() -> Iterator[Crossing]:
    """Give every row that leads into another entity. What it named, if it is gone since, leads nowhere."""
    for model, field in links():
        for mine in paths(model):
            yield from _crossings(model, field, mine)


def _crossings(model: type[Model], field: ForeignKey[Any, Any], mine: str) -> Iterator[Crossing]:
    target = field.related_model
    others = [field.name] if target is Entity else [f"{field.name}__{path}" for path in paths(target)]
    for theirs in others:
        known = Q(**{f"{mine}__isnull": False, f"{theirs}__isnull": False})
        rows = model._base_manager.filter(known).exclude(**{mine: F(theirs)}).order_by("pk")
        for row, entity, other in rows.values_list("pk", mine, theirs).iterator():
            yield Crossing(model._meta.db_table, row, field.name, entity, other)
