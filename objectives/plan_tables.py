"""A plan at a moment as tables: its sheets, their phases, indicators and people, each with the act it comes from."""

from typing import Any

from django.utils import timezone

from documents.spreadsheets import Column, Table, Value
from documents.table_files import TableFile
from objectives.models import Plan, Sheet
from objectives.moments import Moment
from objectives.sheets_xlsx import FACTS, INDICATORS, act_of, title_of, yes


def plan_tables(plan: Plan, moment: Moment) -> TableFile:
    """Return the tables of what `plan` holds at `moment`, in five queries."""
    sheets = list(Sheet.objects.of(plan).in_force(moment.acts).with_rows())
    tables = [
        Table("Schede", SHEETS, sheets),
        Table("Indicatori", INDICATORS, [(sheet, row) for sheet in sheets for row in sheet.indicators.all()]),
        Table("Fasi", PHASES, [(sheet, row) for sheet in sheets for row in sheet.phases.all()]),
        Table("Personale", STAFF, [(sheet, row) for sheet in sheets for row in sheet.participations.all()]),
    ]
    facts: list[tuple[str, Value]] = [
        ("Ente", plan.entity.name),
        ("Piano", str(plan)),
        ("Testo", moment.label),
        ("Schede in vigore", len(sheets)),
        ("Scaricato il", timezone.localdate()),
    ]
    title = f"{plan.entity.name} – {plan}, {moment.label}"
    return TableFile(title, file_stem(plan, moment), [*tables, Table("Piano", FACTS, facts)], facts)


def file_stem(plan: Plan, moment: Moment) -> str:
    """Return the name of the plan's files, without its ending: "piano-caluso-2022-al-2022-10-31"."""
    when = f"dopo-{moment.act.slug}" if moment.act else f"al-{moment.day}"
    return f"piano-{plan.entity.slug}-{plan.year}-{when}"


def months_written(months: list[str]) -> str:
    """Return the months of a phase as an office writes them: "09/2022, 10/2022"."""
    return ", ".join(f"{month[5:]}/{month[:4]}" for month in months)


def _manager(sheet: Sheet) -> str:
    return sheet.manager_printed or str(sheet.manager or "")


def _act_day(sheet: Sheet) -> Any:
    return sheet.deliberation and sheet.deliberation.session_on


SHEETS = (
    Column("Settore", 22, lambda sheet: sheet.sector.short_name),
    Column("N°", 6, lambda sheet: sheet.number),
    Column("Obiettivo", 46, title_of),
    Column("Peso", 8, lambda sheet: sheet.weight),
    Column("Responsabile", 24, _manager),
    Column("Tipo", 14, lambda sheet: sheet.kind),
    Column("Pluriennale", 12, lambda sheet: yes(sheet.multi_year)),
    Column("Descrizione", 60, lambda sheet: sheet.description),
    Column("Collegamento DUP", 30, lambda sheet: sheet.dup_link),
    Column("Variazione", 14, lambda sheet: sheet.mark),
    Column("Motivo", 20, lambda sheet: sheet.get_motive_display()),
    Column("Motivazione", 40, lambda sheet: sheet.motive_text),
    Column("Atto", 16, act_of),
    Column("Seduta", 12, _act_day),
    Column("In vigore dal", 12, lambda sheet: sheet.in_force_from),
    Column("Versione", 16, lambda sheet: sheet.version_id),
)
OF_ROW = (
    Column("Settore", 22, lambda one: one[0].sector.short_name),
    Column("N°", 6, lambda one: one[0].number),
    Column("Obiettivo", 46, lambda one: title_of(one[0])),
)
PHASES = (
    *OF_ROW,
    Column("Fase", 6, lambda one: one[1].position),
    Column("Testo", 60, lambda one: one[1].text),
    Column("Mesi", 40, lambda one: months_written(one[1].months)),
)
STAFF = (
    *OF_ROW,
    Column("Cat.", 8, lambda one: one[1].category),
    Column("Cognome e nome", 32, lambda one: one[1].name),
    Column("% partecipazione", 16, lambda one: one[1].share),
)
