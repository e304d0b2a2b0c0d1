"""The register of validations as a table: what was sent to the Nucleo, what it decided, with which minutes."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from documents.spreadsheets import Column, Table, Value
from documents.table_files import TableFile
from evaluations.docket import Listed
from organisation.models import Entity


def validations_register(entity: Entity, rows: Iterable[Listed]) -> TableFile:
    """Return the register of the validations of an entity, in the order given."""
    listed = list(rows)
    facts: list[tuple[str, Value]] = [
        ("Ente", entity.name),
        ("Registro", "validazioni"),
        ("Righe", len(listed)),
        ("Scaricato il", timezone.localdate()),
    ]
    tables = [Table("Validazioni", VALIDATIONS, listed), Table("Registro", FACTS, facts)]
    return TableFile(f"{entity.name} – registro: validazioni", f"registro-validazioni-{entity.slug}", tables, facts)


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def _what(row: Listed) -> str:
    act = row.validation.act
    return f"piano dopo la {act.short}" if act else "Relazione sulla performance"


def _minutes(row: Listed) -> str:
    return row.validation.minutes_number if row.validation.is_decided else ""


def _minutes_day(row: Listed) -> date | None:
    day: date | None = row.validation.minutes_on if row.validation.is_decided else None
    return day


VALIDATIONS = (
    Column("Piano", 8, lambda row: row.validation.plan.year),
    Column("Che cosa", 30, _what),
    Column("Trasmessa il", 12, lambda row: _day(row.validation.requested_at)),
    Column("Trasmessa da", 24, lambda row: str(row.validation.requested_by or "")),
    Column("Stato", 16, lambda row: row.validation.get_state_display()),
    Column("Verbale n.", 12, _minutes),
    Column("Verbale del", 12, _minutes_day),
    Column("Decisa il", 12, lambda row: _day(row.validation.decided_at)),
    Column("Motivi", 60, lambda row: row.validation.reasons),
    Column("Poi il piano è cambiato con", 20, lambda row: row.later.short if row.later else ""),
)
FACTS = (Column("Dato", 24, lambda fact: fact[0]), Column("Valore", 60, lambda fact: fact[1]))
