"""The registers of an entity as tables: its acts, and the changes that they made to the plans."""

from collections.abc import Iterable

from django.db.models import Count, Q
from django.utils import timezone

from deliberations.models import Deliberation, DeliberationQuerySet
from documents.spreadsheets import Column, Table, Value
from documents.table_files import TableFile
from objectives.choices import Change, State
from objectives.models import Sheet
from objectives.sheets_xlsx import FACTS, title_of, yes
from organisation.models import Entity


def with_counts(acts: DeliberationQuerySet) -> DeliberationQuerySet:
    """Return the acts with how many sheets each put in, changed and took out: `count_inserito`, and so on."""
    return acts.annotate(**{f"count_{change.lower()}": _count(change) for change in Change.values})


def acts_register(entity: Entity, acts: DeliberationQuerySet) -> TableFile:
    """Return the register of the `acts`, in the order of adoption, in two queries."""
    listed = list(with_counts(acts).select_related("entity").prefetch_related("citations__cited__entity").in_order())
    return _register(entity, "atti", Table("Atti", ACTS, listed), len(listed))


def changes_register(entity: Entity, acts: DeliberationQuerySet) -> TableFile:
    """Return the register of what the `acts` did to the plans, sheet by sheet, in the order of adoption."""
    # Read first: within the question for the sheets, PostgreSQL went through those of all entities to find them.
    on_file = list(acts.filter(on_file=True).order_by().values_list("pk", flat=True))
    adopted = Sheet.objects.adopted().filter(deliberation__in=on_file)
    related = ("objective__plan", "sector", "manager", "deliberation__entity", "base__deliberation__entity")
    in_order = ("deliberation__session_on", "deliberation__year", "deliberation__number", "position", "pk")
    listed = list(adopted.select_related(*related, "substitutes__sector").order_by(*in_order))
    return _register(entity, "variazioni", Table("Variazioni", CHANGES, listed), len(listed))


def _register(entity: Entity, name: str, table: Table, length: int) -> TableFile:
    facts: list[tuple[str, Value]] = [
        ("Ente", entity.name),
        ("Registro", table.name.lower()),
        ("Righe", length),
        ("Scaricato il", timezone.localdate()),
    ]
    title = f"{entity.name} – registro: {table.name.lower()}"
    return TableFile(title, f"registro-{name}-{entity.slug}", [table, Table("Registro", FACTS, facts)], facts)


def _count(change: str) -> Count:
    return Count("sheets", filter=Q(sheets__change=change, sheets__state=State.ADOTTATA))


def _subject(act: Deliberation) -> str:
    return act.subject if act.on_file else "testo non in archivio: noto perché un altro atto lo cita"


def _cited(act: Deliberation) -> str:
    return _listed(citation.cited.short for citation in act.citations.all())


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _before(sheet: Sheet) -> str:
    act = sheet.base.deliberation if sheet.base else None
    return act.short if act else ""


ACTS = (
    Column("Atto", 16, lambda act: act.short),
    Column("Organo", 22, lambda act: act.body),
    Column("Numero", 8, lambda act: act.number),
    Column("Anno", 8, lambda act: act.year),
    Column("Seduta", 12, lambda act: act.session_on),
    Column("Oggetto", 70, _subject),
    Column("Schede inserite", 10, lambda act: act.count_inserito if act.on_file else None),
    Column("Schede modificate", 10, lambda act: act.count_modificato if act.on_file else None),
    Column("Schede eliminate", 10, lambda act: act.count_eliminato if act.on_file else None),
    Column("Immediatamente eseguibile", 14, lambda act: yes(act.immediately_enforceable) if act.on_file else ""),
    Column("Pubblicata dal", 12, lambda act: act.published_on),
    Column("Giorni di pubblicazione", 12, lambda act: act.publication_days),
    Column("Comunicata ai capigruppo il", 14, lambda act: act.group_leaders_informed_on),
    Column("Esecutiva dal", 12, lambda act: act.enforceable_on),
    Column("In vigore dal", 12, lambda act: act.in_force_from),
    Column("Atti citati", 30, _cited),
)
CHANGES = (
    Column("Atto", 16, lambda sheet: sheet.deliberation.short),
    Column("Seduta", 12, lambda sheet: sheet.deliberation.session_on),
    Column("In vigore dal", 12, lambda sheet: sheet.in_force_from),
    Column("Piano", 8, lambda sheet: sheet.objective.plan.year),
    Column("Settore", 22, lambda sheet: sheet.sector.short_name),
    Column("N°", 6, lambda sheet: sheet.number),
    Column("Obiettivo", 46, title_of),
    Column("Variazione", 14, lambda sheet: sheet.change),
    Column("Peso prima", 8, lambda sheet: sheet.base and sheet.base.weight),
    Column("Peso", 8, lambda sheet: sheet.weight),
    Column("Motivo", 24, lambda sheet: sheet.get_motive_display()),
    Column("Motivazione", 50, lambda sheet: sheet.motive_text),
    Column("Cambia il testo della", 16, _before),
    Column("Sostituisce", 22, lambda sheet: str(sheet.substitutes) if sheet.substitutes else ""),
    Column("Responsabile", 24, lambda sheet: sheet.manager_printed or str(sheet.manager or "")),
    Column("Versione", 16, lambda sheet: sheet.version_id),
)
