"""Sheets as a workbook: the sheets, their indicators, what was asked for. No names of staff."""

from collections.abc import Iterable, Sequence

from django.utils import timezone

from documents.spreadsheets import Column, Table, Value, write_workbook
from objectives.models import Indicator, Sheet
from organisation.models import Entity


def sheets_workbook(sheets: Iterable[Sheet], criteria: Sequence[tuple[str, str]], *, entity: Entity) -> bytes:
    """Return the .xlsx file of `sheets`, in their order, each with `is_in_force` and with its indicators at hand."""
    listed = list(sheets)
    rows = [(sheet, row) for sheet in listed for row in sheet.indicators.all()]
    facts: list[tuple[str, Value]] = [("Ente", entity.name), *criteria, ("Schede trovate", len(listed))]
    tables = [
        Table("Schede", SHEETS, listed),
        Table("Indicatori", INDICATORS, rows),
        Table("Ricerca", FACTS, [*facts, ("Scaricata il", timezone.localdate())]),
    ]
    return write_workbook(tables, title=f"{entity.name} – schede trovate")


def yes(fact: bool) -> str:
    """Return a fact as a cell says it."""
    return "sì" if fact else "no"


def title_of(sheet: Sheet) -> str:
    """Return the title of a sheet, or that its text is not on file."""
    return sheet.title if sheet.on_file else "testo non in archivio"


def act_of(sheet: Sheet) -> str:
    """Return the act that adopted a version; empty for an open one."""
    return sheet.deliberation.short if sheet.deliberation and sheet.is_adopted else ""


def _value(row: Indicator) -> Value:
    return row.target_date or row.target_number


SHEETS = (
    Column("Anno", 8, lambda sheet: sheet.objective.plan.year),
    Column("Settore", 22, lambda sheet: sheet.sector.short_name),
    Column("N°", 6, lambda sheet: sheet.number),
    Column("Obiettivo", 46, title_of),
    Column("Responsabile", 24, lambda sheet: sheet.manager and sheet.manager.name),
    Column("Peso", 8, lambda sheet: sheet.weight),
    Column("Pluriennale", 12, lambda sheet: yes(sheet.multi_year)),
    Column("Variazione", 14, lambda sheet: sheet.get_change_display()),
    Column("Stato", 12, lambda sheet: sheet.get_state_display()),
    Column("In vigore", 10, lambda sheet: yes(sheet.is_in_force)),
    Column("Atto", 16, act_of),
    Column("Seduta", 12, lambda sheet: sheet.deliberation.session_on if act_of(sheet) else None),
    Column("Descrizione", 60, lambda sheet: sheet.description),
)
INDICATORS = (
    Column("Anno", 8, lambda one: one[0].objective.plan.year),
    Column("Settore", 22, lambda one: one[0].sector.short_name),
    Column("N°", 6, lambda one: one[0].number),
    Column("Obiettivo", 46, lambda one: title_of(one[0])),
    Column("Atto", 16, lambda one: act_of(one[0])),
    Column("Famiglia", 12, lambda one: one[1].get_family_display()),
    Column("Indicatore", 50, lambda one: one[1].text),
    Column("Atteso", 18, lambda one: one[1].expected),
    Column("Atteso (valore)", 14, lambda one: _value(one[1])),
)
FACTS = (Column("Dato", 24, lambda fact: fact[0]), Column("Valore", 60, lambda fact: fact[1]))
