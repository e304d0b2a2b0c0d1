"""Whether the things are now as their history says: who changes a table past the program leaves no row in its history.

Told apart from `history_check`, which looks at the history itself.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Max, Model

from organisation.fingerprints import plain
from organisation.history_check import AT_ONCE, Finding, Progress, Tampering
from organisation.recording import Tracked


def tracked_models() -> list[type[Tracked]]:
    """Return every model with a history, in the order of their tables."""
    tracked = (model for model in apps.get_models() if hasattr(model, "history") and issubclass(model, Tracked))
    return sorted(tracked, key=lambda model: model._meta.db_table)


def check_things(model: Any, progress: Progress) -> Iterator[Finding]:
    """Compare the rows of a table, and the last rows of their history, from the first to the last."""
    after, seen = 0, 0
    while True:
        things = {thing.pk: thing for thing in model._base_manager.filter(pk__gt=after).order_by("pk")[:AT_ONCE]}
        within = {"id__gt": after} | ({"id__lte": max(things)} if len(things) == AT_ONCE else {})
        keys = {*things, *_alive(model, within)}
        if not keys:
            return
        for key in _suspects(model, things, keys):
            yield from _looked_at_again(model, key)
        after, seen = max(keys), seen + len(keys)
        progress(f"{model._meta.db_table}: {seen} righe")


def _alive(model: Any, within: dict[str, int]) -> Iterator[int]:
    """The things that by their history are still there."""
    lasts = model.history.filter(**within).values("id").annotate(last=Max("history_id")).values("last")
    return model.history.filter(history_id__in=lasts).exclude(history_type="-").values_list("id", flat=True).iterator()


def _suspects(model: Any, things: dict[int, Model], keys: set[int]) -> list[int]:
    lasts = model.history.filter(id__in=keys).values("id").annotate(last=Max("history_id")).values("last")
    stories = {row.id: row for row in model.history.filter(history_id__in=lasts)}
    return sorted(key for key in keys if _judge(things.get(key), stories.get(key)) is not None)


def _looked_at_again(model: Any, key: int) -> Iterator[Finding]:
    thing = model._base_manager.filter(pk=key).first()
    story = model.history.filter(id=key).order_by("-history_id").first()
    judged = _judge(thing, story)
    if judged is not None:
        how, columns = judged
        detail = f"colonne: {', '.join(columns)}" if columns else ""
        yield Finding(f"{model._meta.verbose_name} {key} di {model._meta.db_table}".capitalize(), how, detail)


def _judge(thing: Any, story: Any) -> tuple[Tampering, list[str]] | None:
    """What is wrong between a thing and the last row of its history, and in which columns; None where they agree."""
    alive = story is not None and story.history_type != "-"
    if thing is None:
        return (Tampering.NOW_MISSING, []) if alive else None
    if not alive:
        return Tampering.NOW_UNTOLD, []
    columns = [name for name, now, told in _values(thing, story) if now != told]
    columns += [field.name for field in story._history_m2m_fields if _linked(thing, field) != _told(story, field)]
    return (Tampering.NOW_DIFFERS, columns) if columns else None


def _values(thing: Any, story: Any) -> Iterator[tuple[str, Any, Any]]:
    for tracked in story.tracked_fields:
        field = story._meta.get_field(tracked.name)
        name = field.attname
        yield name, plain(field, getattr(thing, name)), plain(field, getattr(story, name))


def _linked(thing: Any, field: Any) -> set[int]:
    return set(getattr(thing, field.name).values_list("pk", flat=True))


def _told(story: Any, field: Any) -> set[int]:
    return set(getattr(story, field.name).values_list(f"{field.m2m_reverse_field_name()}_id", flat=True))
