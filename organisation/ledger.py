"""The ledger of the history: of each historical row the fingerprint, and the fingerprints in one chain.

An entry is written in the transaction of its row. Which place it has in the chain is said later, in one short step
after the other (`chain`), so that who saves never waits for who else saves. Each link covers the one before it: the
last one, the anchor, stands for everything that was written until then.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction

from organisation.fingerprints import fingerprint, form_now, names_of, sha256
from organisation.guards import Guard, append_only

AT_ONCE = 1000
LOCK = 0x6361_7465_6E61  # the key of PostgreSQL's lock for whoever lengthens the chain
KEPT = "Il registro della storia non si cambia e non si cancella."


class HistoryForm(models.Model):
    """Which columns the rows of a table had when they entered the ledger; `name` is its own fingerprint."""

    name = models.CharField("forma", max_length=16, primary_key=True)
    table = models.CharField("tabella", max_length=63)
    columns = models.JSONField("colonne")

    class Meta:
        verbose_name = "forma della storia"
        verbose_name_plural = "forme della storia"

    def __str__(self) -> str:
        return f"{self.table} {self.name}"


class HistoryEntry(models.Model):
    """One historical row in the ledger. `thing`, `by` and `at` tell what a row was of when the row itself is gone.

    `found` says that the row was older than the ledger and was taken as it was. Without a `position` it waits to be
    chained. It names rows and people by their keys alone: it must outlast them.
    """

    table = models.CharField("tabella", max_length=63)
    row = models.BigIntegerField("riga")
    form = models.CharField("forma", max_length=16)
    digest = models.CharField("impronta", max_length=64)
    thing = models.BigIntegerField("oggetto")
    by = models.BigIntegerField("persona", null=True)
    at = models.DateTimeField("quando", null=True)
    found = models.BooleanField("presa come trovata", default=False)
    position = models.BigIntegerField("posto", null=True, unique=True)
    link = models.CharField("anello", max_length=64, blank=True)

    class Meta:
        verbose_name = "riga del registro della storia"
        verbose_name_plural = "registro della storia"
        constraints = [models.UniqueConstraint(fields=["table", "row"], name="a_historical_row_enters_the_ledger_once")]
        indexes = [models.Index(fields=["id"], condition=models.Q(position=None), name="entries_that_wait")]

    def __str__(self) -> str:
        return f"{self.table} {self.row}"

    def linked_to(self, previous: str, position: int) -> str:
        """Return the link of this entry at this place, after that link."""
        at = self.at and self.at.astimezone(dt.UTC).isoformat(timespec="microseconds")
        content = [self.table, self.row, self.form, self.digest, self.thing, self.by, at, self.found]
        return sha256(previous, position, content)


@dataclass(frozen=True)
class Anchor:
    """The last link of the chain and its place: whoever has it on paper sees whether the history was written anew."""

    position: int
    link: str

    def __str__(self) -> str:
        return f"{self.position}-{self.link}"


def entry_for(row: Any, *, found: bool = False) -> HistoryEntry:
    """Return the entry of a historical row, not saved. Who and when of a link stand on the row that it belongs to."""
    model: type[models.Model] = type(row)
    is_link = hasattr(row, "m2m_history_id")
    return HistoryEntry(
        table=row._meta.db_table,
        row=row.pk,
        form=form_now(model),
        digest=fingerprint(row, names_of(model)),
        thing=row.history_id if is_link else row.id,
        by=None if is_link else row.history_user_id,
        at=None if is_link else row.history_date,
        found=found,
    )


def enter(rows: Sequence[models.Model]) -> None:
    """Write these historical rows into the ledger, in the transaction that wrote them."""
    HistoryEntry.objects.bulk_create([entry_for(row) for row in rows])


class EnteredQuerySet(models.QuerySet[Any]):
    """Historical rows inserted many at once, and entered."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> Any:
        """Insert and enter the rows, both or neither."""
        with transaction.atomic(savepoint=False):
            rows = super().bulk_create(objs, *args, **kwargs)
            enter(rows)
        return rows


class Entered(models.Model):
    """Base of historical rows: each enters the ledger as it is written."""

    objects = EnteredQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write and enter the row, both or neither."""
        with transaction.atomic(savepoint=False):
            super().save(*args, **kwargs)
            enter([self])


def last() -> Anchor | None:
    """Return the anchor of what is chained so far, or None where nothing is."""
    entry = HistoryEntry.objects.exclude(position=None).order_by("-position").first()
    return Anchor(entry.position, entry.link) if entry and entry.position else None


def anchor_at(row: models.Model) -> Anchor | None:
    """Return the anchor of the chain up to this historical row, the same whenever asked; None while it waits."""
    entry = HistoryEntry.objects.filter(table=row._meta.db_table, row=row.pk).first()
    return Anchor(entry.position, entry.link) if entry and entry.position else None


def chain() -> Anchor | None:
    """Chain every entry that waits, a thousand in a transaction; return the anchor."""
    while _chain_some() == AT_ONCE:
        pass
    return last()


PLACED = f"UPDATE {HistoryEntry._meta.db_table} SET position = %s, link = %s WHERE id = %s"  # noqa: S608 - our own name


def _chain_some() -> int:
    with transaction.atomic():
        _one_at_a_time()
        head = last() or Anchor(0, "")
        waiting = HistoryEntry.objects.filter(position=None).order_by("pk")[:AT_ONCE]
        places = []
        position, link = head.position, head.link
        for position, entry in enumerate(waiting, head.position + 1):
            link = entry.linked_to(link, position)
            places.append((position, link, entry.pk))
        with connection.cursor() as cursor:
            cursor.executemany(PLACED, places)
    return len(places)


def _one_at_a_time() -> None:
    """SQLite lets one transaction write at a time; in PostgreSQL who chains waits for who chains, and nobody else."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def begin(historical: Iterable[type[models.Model]]) -> int:
    """Take every historical row that is older than the ledger as it is, once; return how many there are."""
    with transaction.atomic():
        return sum(_begin_table(model) for model in historical)


def _begin_table(model: type[models.Model]) -> int:
    entered = HistoryEntry.objects.filter(table=model._meta.db_table, row=models.OuterRef("pk"))
    older = model._base_manager.filter(~models.Exists(entered)).order_by("pk")
    count, after = 0, 0
    while rows := list(older.filter(pk__gt=after)[:AT_ONCE]):
        HistoryEntry.objects.bulk_create([entry_for(row, found=True) for row in rows])
        count, after = count + len(rows), rows[-1].pk
    return count


def remember_forms(historical: Iterable[type[models.Model]]) -> None:
    """Keep the form in which the rows of these tables are written from now on."""
    forms = [
        HistoryForm(name=form_now(model), table=model._meta.db_table, columns=list(names_of(model)))
        for model in historical
    ]
    HistoryForm.objects.bulk_create(forms, ignore_conflicts=True)


def ledger_guards() -> list[Guard]:
    """Return the guards of the ledger: an entry receives its place in the chain once, and nothing else moves."""
    table = HistoryEntry._meta.db_table
    same = ("id", "table", "row", "form", "digest", "thing", "found")
    moved = " OR ".join(["OLD.position IS NOT NULL", *(f'NEW."{name}" <> OLD."{name}"' for name in same)])
    return [
        Guard(table, "UPDATE", moved, KEPT),
        Guard(table, "DELETE", "1 = 1", KEPT),
        *append_only(HistoryForm._meta.db_table),
    ]
