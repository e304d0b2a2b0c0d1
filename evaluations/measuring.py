"""Measures a verification: has what was entered in it scored.

An open verification is computed now, by the criteria of its plan; a closed one shows what was computed at its closing.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from django.utils import timezone

from evaluations.choices import Measure
from evaluations.entered import Beside, Rows, left_out, rows_of
from evaluations.measures import (
    IndicatorMeasure,
    PhaseMeasure,
    RoundMeasure,
    SectorMeasure,
    SheetMeasure,
    StaffMeasure,
)
from evaluations.models import (
    PhaseProgress,
    Result,
    Round,
    ScoreOverride,
    SectorReview,
    SheetReview,
)
from evaluations.outcomes import stored_averages, stored_indicators
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
from objectives.models import Indicator, Phase, Sheet
from objectives.targets import Target, phase_year
from organisation.models import Sector

NOT_ON_FILE = Average(None, "Il testo non è in archivio: non c'è niente da misurare.")


def measure(verification: Round, beside: Beside = Beside.ALL) -> RoundMeasure:
    """Return a verification with all its scores; what is not read `beside` them, its sheets have none of.

    Seven queries, eight after a change of sheets and one less of a plan that was read with its `score_rules`; two more
    for phases, two for staff, one for files.
    """
    rows = rows_of(verification, beside)
    sectors = _sectors(verification, rows)
    value, time = stored_averages(verification.outcome if verification.is_closed else {}) or (
        plan_average(Part(one.sector.short_name, one.value.percent, why=one.value.words) for one in sectors),
        plan_average(Part(one.sector.short_name, one.time.percent, why=one.time.words) for one in sectors),
    )
    sheets = [sheet for sector in sectors for sheet in sector.sheets]
    return RoundMeasure(verification, rows.criteria, sectors, value, time, sheets, left_out(rows))


def measure_sector(verification: Round, sector: Sector) -> SectorMeasure | None:
    """Return one settore of a verification with its scores; None where it has no sheet in it."""
    rows = rows_of(verification, sector=sector)
    return next(iter(_sectors(verification, rows)), None)


def measure_objective(verification: Round, objective: int) -> SheetMeasure | None:
    """Return the sheet of one objective in a verification with its scores; None where none is in it."""
    rows = rows_of(verification, objective=objective)
    return next((sheet for sector in _sectors(verification, rows) for sheet in sector.sheets), None)


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


def _sectors(verification: Round, rows: Rows) -> list[SectorMeasure]:
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


def _sheet(verification: Round, sheet: Sheet, rows: Rows) -> SheetMeasure:
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
        phases=_phases(verification, sheet, rows) if Beside.PHASES in rows.beside else [],
        staff=_staff(sheet, rows) if Beside.STAFF in rows.beside else [],
        review=review,
        files=rows.files.get((objective, None), ()),
    )


def _phases(verification: Round, sheet: Sheet, rows: Rows) -> list[PhaseMeasure]:
    keyed = ((row, (sheet.objective_id, row.key)) for row in sheet.phases.all())
    return [_phase(verification, row, rows.progress.get(key)) for row, key in keyed]


def _staff(sheet: Sheet, rows: Rows) -> list[StaffMeasure]:
    return [StaffMeasure(row, rows.shares.get((sheet.objective_id, row.key))) for row in sheet.participations.all()]


def _phase(verification: Round, phase: Phase, progress: PhaseProgress | None) -> PhaseMeasure:
    year = phase_year(phase.text, phase.months, verification.plan.year)
    return PhaseMeasure(phase, progress, year if year > verification.plan.year else None)


def _averages(objective: int, indicators: Sequence[IndicatorMeasure], rows: Rows) -> tuple[Average, Average]:
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


def _indicators(verification: Round, sheet: Sheet, rows: Rows, review: SheetReview | None) -> list[IndicatorMeasure]:
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
