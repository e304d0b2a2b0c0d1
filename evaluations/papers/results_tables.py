"""The results of a verification as tables: averages, indicators, phases, analyses, and persons for who may."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone

from documents.spreadsheets import Column, Table, Value
from documents.table_files import TableFile
from evaluations.measures import (
    IndicatorMeasure,
    PhaseMeasure,
    RoundMeasure,
    SectorMeasure,
    SheetMeasure,
    StaffMeasure,
)
from evaluations.models import SheetReview
from evaluations.permissions import why_not_read
from evaluations.scoring import Average
from objectives.models import Sheet
from objectives.permissions import Standing


def results_tables(measured: RoundMeasure, person: Standing) -> TableFile:
    """Return the tables of a verification, as the person may read it.

    Averages of plan and settori are for everybody; what a settore entered for those who may read it, and for all once
    the verification is closed; names and shares only for who works on them or judges them.
    """
    sheets = [sheet for sector in measured.sectors if _reads(measured, person, sector) for sheet in sector.sheets]
    tables = [
        Table("Esiti", OUTCOMES, _outcomes(measured, person)),
        Table("Indicatori", INDICATORS, (_Row(one.sheet, row) for one in sheets for row in one.indicators)),
        Table("Fasi", PHASES, (_Row(one.sheet, row) for one in sheets for row in one.phases)),
        Table("Analisi", ANALYSES, (one for one in sheets if one.below_target or _analysed(one))),
    ]
    if named := [sheet for sheet in sheets if why_not_read(person, sheet.sheet.sector) is None]:
        tables.append(Table("Persone", PEOPLE, (_Row(one.sheet, row) for one in named for row in one.staff)))
    verification, facts = measured.round, list(_facts(measured))
    state = "" if verification.is_closed else "-provvisori"
    plan = verification.plan
    stem = f"risultati-{plan.entity.slug}-{plan.year}-{verification.slug}{state}"
    return TableFile(f"{verification} – risultati", stem, [*tables, Table("Verifica", FACTS, facts)], facts)


def _reads(measured: RoundMeasure, person: Standing, sector: SectorMeasure) -> bool:
    return measured.round.is_closed or why_not_read(person, sector.sector) is None


@dataclass(frozen=True)
class _Outcome:
    """A line of the averages: of the plan, of a settore, or of a sheet."""

    level: str
    name: str
    value: Average
    time: Average
    sheet: SheetMeasure | None = None
    sector: SectorMeasure | None = None

    @property
    def weight(self) -> Decimal | None:
        return self.sheet.sheet.weight if self.sheet else None

    @property
    def below(self) -> str:
        return ("sì" if self.sheet.below_target else "no") if self.sheet else ""

    @property
    def missing(self) -> int | None:
        if self.sheet:
            return len(self.sheet.incomplete)
        return self.sector.incomplete if self.sector else None

    @property
    def confirmed_by(self) -> str:
        return str(self.sector.confirmed_by or "") if self.sector else ""

    @property
    def confirmed_on(self) -> date | None:
        at = self.sector.confirmed_at if self.sector else None
        return timezone.localdate(at) if at else None


class _Row(NamedTuple):
    """A row of a sheet: an indicator, a phase, a person."""

    sheet: Sheet
    row: IndicatorMeasure | PhaseMeasure | StaffMeasure


def _outcomes(measured: RoundMeasure, person: Standing) -> Iterator[_Outcome]:
    yield _Outcome("Piano", "", measured.plan_value, measured.plan_time)
    for sector in measured.sectors:
        yield _Outcome("Settore", sector.sector.short_name, sector.value, sector.time, sector=sector)
        for sheet in sector.sheets if _reads(measured, person, sector) else ():
            yield _Outcome("Scheda", sector.sector.short_name, sheet.value, sheet.time, sheet=sheet)


def _facts(measured: RoundMeasure) -> Iterator[tuple[str, Value]]:
    verification = measured.round
    yield "Ente", verification.plan.entity.name
    yield "Piano", str(verification.plan)
    yield "Verifica", verification.get_kind_display()
    yield "Alla data del", verification.on
    if verification.closed_at:
        yield "Stato", "chiusa: i risultati sono definitivi"
        yield "Chiusa il", timezone.localdate(verification.closed_at)
    else:
        yield "Stato", "aperta: i risultati sono provvisori"
    yield "Scaricata il", timezone.localdate()


def _title(sheet: Sheet) -> str:
    return sheet.title if sheet.on_file else "testo non in archivio"


def _analysed(one: SheetMeasure) -> bool:
    review = one.review
    return bool(review and (review.causes or review.effects or review.taken or review.to_take))


def _review(one: SheetMeasure) -> SheetReview:
    return one.review or SheetReview()


def _measured_on(one: IndicatorMeasure) -> str:
    act = one.measured_on.deliberation if one.measured_on else None
    return act.short if act else ""


OF_ROW = (
    Column("Settore", 22, lambda one: one.sheet.sector.short_name),
    Column("N°", 6, lambda one: one.sheet.number),
    Column("Obiettivo", 46, lambda one: _title(one.sheet)),
)
OUTCOMES = (
    Column("Livello", 10, lambda one: one.level),
    Column("Settore", 22, lambda one: one.name),
    Column("N°", 6, lambda one: one.sheet and one.sheet.sheet.number),
    Column("Obiettivo", 46, lambda one: one.sheet and _title(one.sheet.sheet)),
    Column("Peso", 8, lambda one: one.weight),
    Column("Media valore raggiunto %", 14, lambda one: one.value.percent),
    Column("Media rispetto dei tempi %", 14, lambda one: one.time.percent),
    Column("Sotto l'atteso", 12, lambda one: one.below),
    Column("Risultati mancanti", 12, lambda one: one.missing),
    Column("Come si calcola il valore", 60, lambda one: one.value.words),
    Column("Come si calcolano i tempi", 60, lambda one: one.time.words),
    Column("Confermata da", 24, lambda one: one.confirmed_by),
    Column("Confermata il", 14, lambda one: one.confirmed_on),
)
INDICATORS = (
    *OF_ROW,
    Column("Famiglia", 12, lambda one: one.row.indicator.get_family_display()),
    Column("Indice di risultato", 50, lambda one: one.row.indicator.text),
    Column("Peso", 8, lambda one: one.row.indicator.weight),
    Column("Atteso", 18, lambda one: one.row.indicator.expected),
    Column("Atteso (valore)", 14, lambda one: one.row.indicator.target_date or one.row.indicator.target_number),
    Column("Raggiunto", 18, lambda one: one.row.result and one.row.result.achieved),
    Column("Raggiunto (valore)", 14, lambda one: one.row.achieved.date or one.row.achieved.number),
    Column("Unità", 12, lambda one: one.row.achieved.unit),
    Column("Scostamento", 22, lambda one: one.row.deviation),
    Column("Nota sullo scostamento", 30, lambda one: one.row.result and one.row.result.deviation_note),
    Column("Punteggio %", 12, lambda one: one.row.score.percent),
    Column("Come si calcola", 60, lambda one: one.row.score.words),
    Column("Come si prova", 40, lambda one: one.row.result and one.row.result.evidence),
    Column("File allegati", 10, lambda one: len(one.row.files)),
    Column("Nella verifica intermedia", 22, lambda one: one.row.earlier and one.row.earlier.achieved),
    Column("Misurato sulla versione della", 24, lambda one: _measured_on(one.row)),
)
PHASES = (
    *OF_ROW,
    Column("Fase", 6, lambda one: one.row.phase.position),
    Column("Testo", 60, lambda one: one.row.phase.text),
    Column("Mesi", 30, lambda one: ", ".join(f"{month[5:]}/{month[:4]}" for month in one.row.phase.months)),
    Column("Avanzamento %", 14, lambda one: one.row.percent),
    Column("Nota", 40, lambda one: one.row.progress and one.row.progress.note),
)
ANALYSES = (
    *OF_ROW,
    Column("Sotto l'atteso", 12, lambda one: "sì" if one.below_target else "no"),
    Column("Cause", 50, lambda one: _review(one).causes),
    Column("Effetti", 50, lambda one: _review(one).effects),
    Column("Provvedimenti intrapresi", 50, lambda one: _review(one).taken),
    Column("Provvedimenti da attivare", 50, lambda one: _review(one).to_take),
    Column("Che cosa manca", 30, lambda one: ", ".join(one.missing_analysis)),
)
PEOPLE = (
    *OF_ROW,
    Column("Cat.", 8, lambda one: one.row.person.category),
    Column("Cognome e nome", 32, lambda one: one.row.person.name),
    Column("Quota %", 12, lambda one: one.row.share),
    Column("Quota", 14, lambda one: "effettiva" if one.row.is_actual else "prevista"),
)
FACTS = (Column("Dato", 24, lambda fact: fact[0]), Column("Valore", 60, lambda fact: fact[1]))
