"""System time: every change of a tracked row is kept, with who, when, why and for which act.

django-simple-history writes the rows; this module is the one place that tells it the person, the reason and the act.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, TypeVar

from django.db import models, transaction
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from organisation.ledger import Entered


@dataclass(frozen=True)
class Recording:
    """Who is changing things now, why, and for which act ("GC 100/2022", or empty)."""

    by: Any
    why: str
    act: str = ""


_now: ContextVar[Recording | None] = ContextVar("recording", default=None)
_in_bulk: ContextVar[bool] = ContextVar("in_bulk", default=False)


@contextmanager
def recording(*, by: Any, why: str, act: str = "") -> Iterator[None]:
    """Name the person, the reason and the act on every history row written inside the block.

    `by` is a user, or None when the installation itself acts (a command run by whoever has the machine).
    """
    token = _now.set(Recording(by, why, act))
    try:
        yield
    finally:
        _now.reset(token)


def current_act() -> str:
    """Return the act the present change belongs to, or an empty text."""
    now = _now.get()
    return now.act if now else ""


class HistoryRow(Entered):
    """What every historical row has beside django-simple-history's own fields."""

    history_act = models.CharField("atto", max_length=100, default=current_act, blank=True)

    class Meta(Entered.Meta):
        abstract = True


class RecordsManager(HistoryManager):
    """The manager behind `.history`, whose class is made once: the library makes one each time a history is touched."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: Any, class_name: str | None = None) -> Any:
        """Return the class of managers with the methods of this queryset."""
        return super().from_queryset(queryset_class, class_name)


class Records(HistoricalRecords):
    """HistoricalRecords that takes person and reason from `recording`, or else the person from the request."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(bases=[HistoryRow], m2m_bases=[Entered], history_manager=RecordsManager, **kwargs)

    def get_history_user(self, instance: models.Model) -> Any:
        """Return the person named by `recording`, or the signed-in user."""
        now = _now.get()
        return now.by if now else super().get_history_user(instance)

    def get_change_reason_for_object(self, instance: models.Model, history_type: str, using: str | None) -> str | None:
        """Return the reason named by `recording`, or the one set on the object."""
        now = _now.get()
        return now.why if now else super().get_change_reason_for_object(instance, history_type, using)


class UntrackedWriteError(TypeError):
    """A write that would leave no trace in the history was tried on a tracked model."""


class TrackedQuerySet(models.QuerySet[Any]):
    """A queryset whose writes always leave history: update() and bulk_*() refuse outside `create_recorded` and
    `change_recorded`.
    """

    def update(self, **kwargs: Any) -> int:
        """Refuse unless called through `change_recorded`: save the objects, so that each change is recorded."""
        if not _in_bulk.get():
            raise UntrackedWriteError(f"{self.model.__name__}: update() would leave no history; save the objects.")
        return super().update(**kwargs)

    def bulk_update(self, objs: Any, *args: Any, **kwargs: Any) -> int:
        """Refuse unless called through `change_recorded`."""
        if not _in_bulk.get():
            raise UntrackedWriteError(f"{self.model.__name__}: bulk_update() would leave no history.")
        return super().bulk_update(objs, *args, **kwargs)

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        """Refuse unless called through `create_recorded`."""
        if not _in_bulk.get():
            raise UntrackedWriteError(f"{self.model.__name__}: use create_recorded(), bulk_create() leaves no history.")
        return super().bulk_create(objs, *args, **kwargs)


T = TypeVar("T", bound=models.Model)


def create_recorded(rows: Sequence[T]) -> list[T]:
    """Insert many rows of one model at once, each with its history row. Returns them with their primary keys."""
    if not rows:
        return []
    with _many_at_once() as who_and_why:
        created = bulk_create_with_history(rows, type(rows[0]), **who_and_why)
    return _remembered(created)


def change_recorded(rows: Sequence[models.Model], *fields: str) -> None:
    """Store these fields of many rows of one model at once, each with its history row. Their save() is not called."""
    if rows:
        with _many_at_once() as who_and_why:
            bulk_update_with_history(rows, type(rows[0]), fields, **who_and_why)
        _remembered(rows)


def _remembered(rows: Any) -> Any:
    for row in rows:
        if isinstance(row, Tracked):
            row.stored()
    return rows


@contextmanager
def _many_at_once() -> Iterator[dict[str, Any]]:
    now = _now.get()
    token = _in_bulk.set(True)
    try:
        yield {"default_user": now.by if now else None, "default_change_reason": now.why if now else ""}
    finally:
        _in_bulk.reset(token)


class WithItsHistory(models.Model):
    """A row and its history row are written both or neither, also where nobody began a transaction."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the row."""
        with _both_or_neither():
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove the row."""
        with _both_or_neither():
            return super().delete(*args, **kwargs)


def _both_or_neither() -> AbstractContextManager[object]:
    """A transaction of its own, where there is none: a process may be killed between row and history."""
    return nullcontext() if transaction.get_connection().in_atomic_block else transaction.atomic()


class Tracked(WithItsHistory):
    """Base of every model of this project: no write escapes its history (each declares `history = Records()`)."""

    objects: ClassVar[Any] = TrackedQuerySet.as_manager()

    class Meta:
        abstract = True

    def stored(self) -> None:
        """Hear that the row is in the database as it is now, also where many are written at once."""
