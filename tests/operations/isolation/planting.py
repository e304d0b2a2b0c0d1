"""Plants a word in every text of an entity, past the program and its guards: whoever shows it shows what is foreign."""

from typing import Any

from django.db import connection
from django.db.models import CharField, Model, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from deliberations.guards import GUARDS as ACT_GUARDS
from evaluations.guards import GUARDS as RESULT_GUARDS
from objectives.guards import GUARDS as SHEET_GUARDS
from operations.isolation.ownership import owned, paths
from organisation.guards import append_only, history_guards, remove
from organisation.models import Entity, User

WORD = "Ornitorinco"
FOUND_BY = {"slug", "code", "file", "logo", "colour", "state", "form", "username", "password"}
SHORTEST = 30


def plant(entity: Entity) -> int:
    """Write the word, and the row's number, in every text of the entity and of its people; return in how many rows."""
    frozen = [*append_only("documents_document"), *append_only("documents_signedcopy")]
    remove(connection, [*history_guards(), *frozen, *ACT_GUARDS, *SHEET_GUARDS, *RESULT_GUARDS])
    count = 0
    for model in owned():
        for path in paths(model):
            count += _write(model, **{path: entity.pk})
    return count + _write(User, memberships__entity=entity.pk)


def _write(model: type[Model], **whose: Any) -> int:
    texts = [field.attname for field in model._meta.concrete_fields if _is_text(model, field)]
    rows = QuerySet(model).filter(pk__in=QuerySet(model).filter(**whose).values("pk"))
    word = Concat(Value(f"{WORD} "), Cast("pk", CharField()))
    return rows.update(**dict.fromkeys(texts, word)) if texts else 0


def _is_text(model: type[Model], field: Any) -> bool:
    wide = isinstance(field, TextField) or (isinstance(field, CharField) and (field.max_length or 0) >= SHORTEST)
    told = field.choices or field.name in FOUND_BY or "sha256" in field.name or "hash" in field.name
    return wide and not told
