"""Whether the history is as the program wrote it: each row against its fingerprint, the fingerprints against the chain.

Everything is read a thousand rows at a time. People go on working meanwhile: what looks wrong is looked at again, so
that a row written between two looks is not taken for a forged one.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format

from organisation.fingerprints import fingerprint, form_now, form_of, names_of
from organisation.ledger import HistoryEntry, HistoryForm
from organisation.models import User

AT_ONCE = 1000
Progress = Callable[[str], None]


class Tampering(StrEnum):
    """What was done behind the program's back, in words that follow the name of a row."""

    CHANGED = "è stata cambiata: non ha più i valori con cui fu scritta"
    REMOVED = "è stata tolta"
    INSERTED = "è stata aggiunta senza passare dal programma"
    RELINKED = "è stata cambiata o spostata nel registro: il suo anello non chiude la catena"
    GAP = "sono stati tolti dal registro"
    NOW_DIFFERS = "non è come dice l'ultima riga della sua storia"
    NOW_MISSING = "manca, mentre secondo la sua storia c'è"
    NOW_UNTOLD = "c'è, mentre secondo la sua storia manca"
    ANCHOR = "non è nella catena: la storia fu riscritta o troncata dopo che l'impronta fu presa"


@dataclass(frozen=True)
class Finding:
    """One trace of tampering: what (`subject`, in Italian) and how."""

    subject: str
    how: Tampering
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.subject} {self.how}{f' ({self.detail})' if self.detail else ''}."


def check_chain() -> Iterator[Finding]:
    """Follow the chain from its beginning."""
    position, link = 0, ""
    while entries := list(HistoryEntry.objects.filter(position__gt=position).order_by("position")[:AT_ONCE]):
        for entry in entries:
            place = entry.position or 0
            if place != position + 1:
                yield Finding(f"I posti da {position + 1} a {place - 1}", Tampering.GAP)
            elif entry.link != entry.linked_to(link, place):
                yield Finding(f"Posto {place}: la {told(entry)}", Tampering.RELINKED)
            position, link = place, entry.link


def check_anchor(written: str) -> Iterator[Finding]:
    """Look for an anchor as it was printed ("1234-9f3a…", or the link alone) in the chain."""
    position, _, link = written.strip().rpartition("-")
    found = HistoryEntry.objects.filter(link=link.lower()).exclude(position=None)
    if position:
        found = found.filter(position=int(position) if position.isdecimal() else 0)
    if not found.exists():
        yield Finding(f"L'impronta {written}", Tampering.ANCHOR)


def check_rows(model: type[Model], progress: Progress) -> Iterator[Finding]:
    """Compare the historical rows of a table with the ledger, from the first to the last."""
    after, seen = 0, 0
    while True:
        rows = {row.pk: row for row in model._base_manager.filter(pk__gt=after).order_by("pk")[:AT_ONCE]}
        within = {"row__gt": after} | ({"row__lte": max(rows)} if len(rows) == AT_ONCE else {})
        beyond = HistoryEntry.objects.filter(table=model._meta.db_table, **within).order_by("row")
        entries = {entry.row: entry for entry in beyond[:AT_ONCE]}
        upto = max([*rows, *entries], default=None) if len(entries) < AT_ONCE else max(entries)
        if upto is None:
            return
        keys = sorted(key for key in rows.keys() | entries.keys() if key <= upto)
        suspects = [key for key in keys if judge(rows.get(key), entries.get(key))]
        yield from _looked_at_again(model, suspects)
        after, seen = upto, seen + len(keys)
        progress(f"{model._meta.db_table}: {seen} righe")


def _looked_at_again(model: type[Model], keys: list[int]) -> Iterator[Finding]:
    for key in keys:
        row = model._base_manager.filter(pk=key).first()
        entry = HistoryEntry.objects.filter(table=model._meta.db_table, row=key).first()
        if how := judge(row, entry):
            yield Finding(f"La {told(entry or written_as(row))}", how)


def judge(row: Model | None, entry: HistoryEntry | None) -> Tampering | None:
    """Say what happened to a historical row that is not as the ledger has it; None where it is."""
    if row is None:
        return Tampering.REMOVED if entry else None
    if entry is None:
        return Tampering.INSERTED
    names = columns_of(type(row), entry.form)
    return None if names and fingerprint(row, names) == entry.digest else Tampering.CHANGED


@cache
def columns_of(model: type[Model], form: str) -> tuple[str, ...]:
    """Return the columns that a form names; none if the form is not kept, was changed, or names what is gone."""
    if form == form_now(model):
        return names_of(model)
    kept = HistoryForm.objects.filter(name=form, table=model._meta.db_table).first()
    names = tuple(kept.columns) if kept else ()
    known = form_of(model._meta.db_table, names) == form and set(names) <= set(names_of(model))
    return names if known else ()


def written_as(row: Any) -> HistoryEntry:
    """Return what a row says of itself, where the ledger says nothing."""
    version = getattr(row, "history_date", None)
    thing = row.id if version else row.history_id
    return HistoryEntry(
        table=row._meta.db_table, row=row.pk, thing=thing, by=getattr(row, "history_user_id", None), at=version
    )


def told(entry: HistoryEntry) -> str:
    """Return which row it is, for people: its table, its number, the thing, when and by whom as it was recorded."""
    when = f", scritta il {date_format(timezone.localtime(entry.at), 'j F Y, H:i:s').lower()}" if entry.at else ""
    return f"riga {entry.row} di {entry.table} (oggetto {entry.thing}{when}{who(entry.by) if entry.at else ''})"


def who(key: int | None) -> str:
    """Return who wrote a row, as it was recorded."""
    if key is None:
        return " dal programma stesso"
    person = User.objects.filter(pk=key).first()
    return f" da {person.get_full_name() or person.username}" if person else f" dalla persona n. {key}"


def check_tables(historical: Iterable[type[Model]], progress: Progress) -> Iterator[Finding]:
    """Compare all historical tables with the ledger, and see that the ledger names no other."""
    tables = set()
    for model in historical:
        tables.add(model._meta.db_table)
        yield from check_rows(model, progress)
    for table in HistoryEntry.objects.exclude(table__in=tables).values_list("table", flat=True).distinct():
        yield Finding(f"La tabella {table}, che il registro conosce,", Tampering.REMOVED)
