"""Measures a verification: gathers what was entered in a constant number of queries, and has it scored.

An open verification is computed now, by the criteria of its plan; a closed one shows what was computed at its closing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from evaluations.choices import Measure, RoundKind
from evaluations.measures import (
    IndicatorMeasure,
    PhaseMeasure,
    RoundMeasure,
    SectorMeasure,
    SheetMeasure,
    StaffMeasure,
)
from evaluations.models import (
    EvidenceFile,
    PhaseProgress,
    Result,
    Round,
    ScoreOverride,
    ScoreRules,
    SectorReview,
    SheetReview,
    StaffShare,
)
from evaluations.outcomes import stored_averages, stored_criteria, stored_indicators, stored_sheets
from evaluations.scoring import (
    Achieved,
    Average,
    Criteria,
    Part,
    by_hand,
    deviation_words,
    plan_average,
    read_achieved,
    score_indicator,
    sector_average,
    sheet_average,
)
from evaluations.scoring.criteria import ordered
from objectives.models import Indicator, Phase, Plan, Sheet, SheetQuerySet
from objectives.targets import Target, phase_year
from organisation.models import Sector

NOT_ON_FILE = Average(None, "Il testo non è in archivio: non c'è niente da misurare.")
T = TypeVar("T")
RowKey = tuple[int, UUID | None]


def measure(verification: Round) -> RoundMeasure:
    """Return a verification with all its scores. Twelve queries, thirteen after a change of sheets."""
    rows = _rows_of(verification, _sheets_of(verification))
    sectors = _sectors(verification, rows)
    value, time = stored_averages(verification.outcome if verification.is_closed else {}) or (
        plan_average(Part(one.sector.short_name, one.value.percent, why=one.value.words) for one in sectors),
        plan_average(Part(one.sector.short_name, one.time.percent, why=one.time.words) for one in sectors),
    )
    sheets = [sheet for sector in sectors for sheet in sector.sheets]
    return RoundMeasure(verification, rows.criteria, sectors, value, time, sheets)


def measure_sector(verification: Round, sector: Sector) -> SectorMeasure | None:
    """Return one settore of a verification with its scores; None where it has no sheet in it."""
    rows = _rows_of(verification, _sheets_of(verification).filter(sector=sector))
    return next(iter(_sectors(verification, rows)), None)


def measure_objective(verification: Round, objective: int) -> SheetMeasure | None:
    """Return the sheet of one objective in a verification with its scores; None where none is in it."""
    rows = _rows_of(verification, _sheets_of(verification).filter(objective=objective))
    return next((sheet for sector in _sectors(verification, rows) for sheet in sector.sheets), None)


def criteria_of(plan: Plan) -> Criteria:
    """Return the criteria of a plan as they are now."""
    return read_criteria(ScoreRules.objects.filter(plan=plan).first())


def read_criteria(rules: ScoreRules | None) -> Criteria:
    """Return stored criteria as plain values: the defaults where a plan has none of its own."""
    if rules is None:
        return Criteria()
    return Criteria(rules.cap, rules.partial, rules.late, ordered(rules.late_steps), rules.indicator_weights)


def target_of(indicator: Indicator) -> Target:
    """Return what an indicator expects, as it was read and confirmed (R24)."""
    return Target(
        text=" ".join(indicator.expected.split()),
        kind=indicator.target_kind,
        direction=indicator.direction,
        number=indicator.target_number,
        date=indicator.target_date,
        unit=indicator.target_unit,
        year=indicator.year,
    )


def _sheets_of(verification: Round) -> SheetQuerySet:
    """The sheets of a verification: those in force on its day, or those with which it was closed."""
    of_plan = Sheet.objects.of(verification.plan)
    stored = stored_sheets(verification)
    acts = verification.plan.entity.deliberations.in_force_on(verification.on)
    sheets: SheetQuerySet = of_plan.in_force(acts) if stored is None else of_plan.filter(pk__in=stored)
    return sheets


@dataclass(frozen=True)
class _Rows:
    """All that was entered in a verification, ready to be looked up."""

    criteria: Criteria
    sheets: Sequence[Sheet]
    results: dict[RowKey, Result]
    earlier: dict[RowKey, Result]
    progress: dict[RowKey, PhaseProgress]
    shares: dict[RowKey, StaffShare]
    files: dict[RowKey, list[EvidenceFile]]
    reviews: dict[int, SheetReview]
    overrides: dict[tuple[int, str], ScoreOverride]
    confirmations: dict[int, SectorReview]


def _rows_of(verification: Round, wanted: SheetQuerySet) -> _Rows:
    sheets = list(wanted.with_rows().order_by("number", "pk"))
    mine = {"objective__in": [sheet.objective_id for sheet in sheets]}
    results = _with_their_sheets(Result.objects.filter(round__plan=verification.plan_id, **mine), sheets)
    files: dict[RowKey, list[EvidenceFile]] = defaultdict(list)
    for file in EvidenceFile.objects.filter(round=verification, aside=None, **mine).select_related("document", "by"):
        files[file.objective_id, file.key].append(file)
    overrides = ScoreOverride.objects.filter(round=verification, **mine).select_related("by").order_by("pk")
    return _Rows(
        criteria=stored_criteria(verification) or criteria_of(verification.plan),
        sheets=sheets,
        results=_by_row(row for row in results if row.round_id == verification.pk),
        earlier=_by_row(row for row in results if _is_earlier(row, verification)),
        progress=_by_row(PhaseProgress.objects.filter(round=verification, **mine)),
        shares=_by_row(StaffShare.objects.filter(round=verification, **mine)),
        files=files,
        reviews={row.objective_id: row for row in SheetReview.objects.filter(round=verification, **mine)},
        overrides={(row.objective_id, row.measure): row for row in overrides},
        confirmations={row.sector_id: row for row in verification.sectors.select_related("confirmed_by", "sector")},
    )


def _with_their_sheets(results: "QuerySet[Result]", sheets: Sequence[Sheet]) -> list[Result]:
    """The results, each with the version it was measured on: most with one of `sheets`, the rest are read at once."""
    rows = list(results)
    known = {sheet.pk: sheet for sheet in sheets}
    if others := {row.sheet_id for row in rows} - known.keys():
        known |= Sheet.objects.select_related("deliberation__entity", "sector").in_bulk(others)
    for row in rows:
        row.sheet = known[row.sheet_id]
    return rows


def _by_row(rows: Iterable[Any]) -> dict[RowKey, Any]:
    return {(row.objective_id, row.key): row for row in rows}


def _is_earlier(result: Result, verification: Round) -> bool:
    """Whether a result of the plan is of the verifica intermedia, seen from the finale: a plan has one of each."""
    return verification.kind == RoundKind.FINALE and result.round_id != verification.pk


def _sectors(verification: Round, rows: _Rows) -> list[SectorMeasure]:
    found: dict[int, list[SheetMeasure]] = {}
    for sheet in rows.sheets:
        found.setdefault(sheet.sector_id, []).append(_sheet(verification, sheet, rows))
    stored = verification.outcome.get("sectors", {}) if verification.is_closed else {}
    sectors = [
        _sector(sheets, rows.confirmations.get(key), stored_averages(stored.get(str(key), {})))
        for key, sheets in found.items()
    ]
    return sorted(sectors, key=lambda one: one.sector.match_key)


def _sector(
    sheets: list[SheetMeasure], review: SectorReview | None, stored: tuple[Average, Average] | None
) -> SectorMeasure:
    value, time = stored or (
        sector_average(sheet.part(sheet.value) for sheet in sheets),
        sector_average(sheet.part(sheet.time) for sheet in sheets),
    )
    return SectorMeasure(sheets[0].sheet.sector, sheets, value, time, review)


def _sheet(verification: Round, sheet: Sheet, rows: _Rows) -> SheetMeasure:
    if not sheet.on_file:
        return SheetMeasure(sheet, NOT_ON_FILE, NOT_ON_FILE)
    objective, review = sheet.objective_id, rows.reviews.get(sheet.objective_id)
    kept = review.outcome if review and verification.is_closed else {}
    indicators = _indicators(verification, sheet, rows, review)
    value, time = stored_averages(kept) or _averages(objective, indicators, rows)
    return SheetMeasure(
        sheet=sheet,
        value=value,
        time=time,
        indicators=indicators,
        phases=[_phase(verification, row, rows.progress.get((objective, row.key))) for row in sheet.phases.all()],
        staff=[StaffMeasure(row, rows.shares.get((objective, row.key))) for row in sheet.participations.all()],
        review=review,
        files=rows.files.get((objective, None), ()),
    )


def _phase(verification: Round, phase: Phase, progress: PhaseProgress | None) -> PhaseMeasure:
    year = phase_year(phase.text, phase.months, verification.plan.year)
    return PhaseMeasure(phase, progress, year if year > verification.plan.year else None)


def _averages(objective: int, indicators: Sequence[IndicatorMeasure], rows: _Rows) -> tuple[Average, Average]:
    """The value average and the time average of a sheet (R29), or what somebody wrote in their place."""
    value, time = (
        sheet_average(
            (one.part for one in indicators if one.is_time is of_time), weights_count=rows.criteria.indicator_weights
        )
        for of_time in (False, True)
    )
    return (
        _overridden(value, rows.overrides.get((objective, Measure.VALORE))),
        _overridden(time, rows.overrides.get((objective, Measure.TEMPI))),
    )


def _overridden(average: Average, override: ScoreOverride | None) -> Average:
    if override is None or override.value is None:
        return average
    at = timezone.localtime(override.at)
    return by_hand(average, override.value, reason=override.note, author=str(override.by or "–"), at=f"{at:%d/%m/%Y}")


def _indicators(verification: Round, sheet: Sheet, rows: _Rows, review: SheetReview | None) -> list[IndicatorMeasure]:
    stored = stored_indicators(review) if verification.is_closed else {}
    measured = []
    for row in sheet.indicators.all():
        key = (sheet.objective_id, row.key)
        one = _indicator(verification, row, rows.results.get(key), rows.criteria)
        if kept := stored.get(str(row.key)):
            one = replace(one, score=kept[0], computed_deviation=kept[1], reading=kept[2])
        measured.append(replace(one, files=rows.files.get(key, ()), earlier=rows.earlier.get(key)))
    return measured


def _indicator(
    verification: Round, indicator: Indicator, result: Result | None, criteria: Criteria
) -> IndicatorMeasure:
    expected, achieved, year = target_of(indicator), Achieved(), verification.plan.year
    judgement: Decimal | None = None
    if result is not None:
        judgement = result.percent
        achieved = read_achieved(result.achieved, kind=indicator.target_kind, family=indicator.family, plan_year=year)
    out = result.not_applicable_note if result is not None and result.not_applicable else None
    score = score_indicator(
        expected, achieved, criteria, plan_year=year, on=verification.on, judgement=judgement, not_applicable=out
    )
    return IndicatorMeasure(indicator, result, score, deviation_words(expected, achieved), achieved, achieved.explain())
