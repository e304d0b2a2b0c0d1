"""Reads a Relazione from the record: texts, plan, acts, results of the verification, what the Nucleo validated."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from django.utils import timezone

from deliberations.calendar import of_the, to_the
from evaluations.choices import DECIDED, RoundKind, ValidationKind
from evaluations.measures import IndicatorMeasure, RoundMeasure, SectorMeasure, SheetMeasure
from evaluations.measuring import measure
from evaluations.models import Report, Round, Validation
from evaluations.papers.report.acts import report_acts
from evaluations.papers.report.content import WITHHELD, ReportIndicator, ReportPaper, ReportSector, ReportSheet
from evaluations.papers.report.names import Name, name_of
from objectives.choices import Family
from objectives.models import Plan, Sheet
from organisation.models import Sector

DRAFT = "BOZZA"
ANALYSIS = {
    "causes": "Cause",
    "effects": "Effetti",
    "taken": "Provvedimenti correttivi intrapresi",
    "to_take": "Provvedimenti correttivi da attivare",
}


def report_paper(report: Report, *, final: bool = False, reads: Collection[int] | None = None) -> ReportPaper:
    """Return what the Relazione says now, in a constant number of queries.

    A draft says so, and what its results are worth; `final` is the text that is frozen. `reads` are the settori (None:
    all) of which it tells what the sheets reached while the verification is open.
    """
    plan = report.plan
    verification = verification_of(plan)
    texts = {one.sector_id: one.text for one in report.texts.all()}
    measured = measure(verification) if verification else None
    sectors = _measured(measured, texts, reads) if measured else _unmeasured(plan, texts)
    return ReportPaper(
        entity=plan.entity.name,
        supra=plan.entity.supra,
        demo=plan.entity.is_demo,
        year=plan.year,
        plan_name=str(plan),
        banner="" if final else " – ".join(part for part in (DRAFT, _provisional(verification)) if part),
        basis=_basis(verification),
        measured=measured is not None,
        moment=_moment(plan, verification),
        presentation=report.presentation,
        context=report.context,
        conclusions=report.conclusions,
        sectors=sectors,
        acts=report_acts(plan),
        validations=[_validated(one) for one in _validations(plan)],
        value=measured.plan_value.percent if measured else None,
        time=measured.plan_time.percent if measured else None,
        people=len(_people(_sheets(measured) if measured else in_force_at_the_end(plan))),
    )


def verification_of(plan: Plan) -> Round | None:
    """Return the verification whose results the Relazione tells: the final one, before it is opened the other."""
    rounds = {one.kind: one for one in Round.objects.filter(plan=plan).select_related("plan__entity", "closed_by")}
    return rounds.get(RoundKind.FINALE) or rounds.get(RoundKind.INTERMEDIA)


def is_final(verification: Round | None) -> bool:
    """Tell whether the results are those of a final verification that is closed."""
    return verification is not None and verification.kind == RoundKind.FINALE and verification.is_closed


def in_force_at_the_end(plan: Plan) -> list[Sheet]:
    """Return the sheets in force at the end of the plan's year, or today while it runs, with their rows."""
    day = min(timezone.localdate(), dt.date(plan.year, 12, 31))
    return list(Sheet.objects.of(plan).in_force(plan.entity.deliberations.in_force_on(day)).with_rows())


def _moment(plan: Plan, verification: Round | None) -> dt.datetime:
    """The closing of the verification; before it the day that the results are of."""
    if verification and verification.closed_at:
        return verification.closed_at
    return dt.datetime.combine(verification.on if verification else dt.date(plan.year, 12, 31), dt.time(), dt.UTC)


def _provisional(verification: Round | None) -> str:
    if verification is None:
        return "risultati non ancora rilevati"
    if verification.kind == RoundKind.INTERMEDIA:
        return "risultati provvisori della verifica intermedia"
    return "" if verification.is_closed else "risultati provvisori: la verifica finale è aperta"


def _basis(verification: Round | None) -> str:
    """On which verification the results stand, in a sentence."""
    if verification is None:
        return "I risultati non sono ancora rilevati: nessuna verifica è aperta."
    name = verification.get_kind_display().lower()
    if verification.closed_at:
        closed = timezone.localtime(verification.closed_at).date()
        return f"I risultati sono quelli della {name} {to_the(verification.on)}, chiusa il {closed:%d/%m/%Y}."
    return f"I risultati sono provvisori: la {name} {to_the(verification.on)} è ancora aperta."


def _measured(measured: RoundMeasure, texts: dict[int, str], reads: Collection[int] | None) -> list[ReportSector]:
    if measured.round.is_closed:
        reads = None
    return [
        _sector(one, texts.get(one.sector.pk, ""), withheld=reads is not None and one.sector.pk not in reads)
        for one in measured.sectors
    ]


def _sector(one: SectorMeasure, text: str, *, withheld: bool) -> ReportSector:
    return ReportSector(
        pk=one.sector.pk,
        name=one.sector.name,
        text=text,
        sheets=[_withheld(sheet) if withheld else _sheet(sheet) for sheet in one.sheets],
        value=one.value.percent,
        time=one.time.percent,
        people=len(_people(sheet.sheet for sheet in one.sheets)),
        withheld=withheld,
    )


def _sheet(one: SheetMeasure) -> ReportSheet:
    review = one.review
    written = [(label, getattr(review, name).strip()) for name, label in ANALYSIS.items()] if review else []
    by_hand = [("Media valore raggiunto", one.value), ("Media rispetto dei tempi", one.time)]
    return replace(
        _unscored(one.sheet, [_indicator(row) for row in one.indicators]),
        value=one.value.percent,
        time=one.time.percent,
        below=one.below_target,
        analysis=[(label, text) for label, text in written if text],
        by_hand=[
            f"{label} scritta a mano (calcolata: {average.computed_short}): {average.reason.rstrip(' .')}"
            for label, average in by_hand
            if average.by_hand
        ],
    )


def _withheld(one: SheetMeasure) -> ReportSheet:
    return _unscored(one.sheet, _expected(one.sheet, WITHHELD))


def _indicator(row: IndicatorMeasure) -> ReportIndicator:
    return ReportIndicator(
        family=Family(row.indicator.family).label,
        text=row.indicator.text,
        expected=row.indicator.expected,
        achieved=row.result.achieved if row.result else "",
        deviation=row.deviation,
        worth=row.score.short,
    )


def _unmeasured(plan: Plan, texts: dict[int, str]) -> list[ReportSector]:
    """The settori of a plan that no verification looked at yet."""
    groups: dict[Sector, list[Sheet]] = {}
    for sheet in in_force_at_the_end(plan):
        groups.setdefault(sheet.sector, []).append(sheet)
    return [
        ReportSector(
            pk=sector.pk,
            name=sector.name,
            text=texts.get(sector.pk, ""),
            sheets=[_unscored(sheet, _expected(sheet)) for sheet in sheets],
            value=None,
            time=None,
            people=len(_people(sheets)),
        )
        for sector, sheets in sorted(groups.items(), key=lambda group: group[0].match_key)
    ]


def _expected(sheet: Sheet, worth: str = "non rilevato") -> list[ReportIndicator]:
    return [
        ReportIndicator(Family(row.family).label, row.text, row.expected, "", "", worth)
        for row in sheet.indicators.all()
    ]


def _unscored(sheet: Sheet, indicators: Sequence[ReportIndicator]) -> ReportSheet:
    """A sheet without averages and analysis."""
    act = sheet.deliberation
    return ReportSheet(
        number=sheet.number,
        title=sheet.title,
        weight=sheet.weight,
        source=act.short if act else "",
        multi_year=sheet.multi_year,
        on_file=sheet.on_file,
        value=None,
        time=None,
        below=False,
        indicators=indicators,
        analysis=(),
    )


def _sheets(measured: RoundMeasure) -> list[Sheet]:
    return [one.sheet for sector in measured.sectors for one in sector.sheets]


def _people(sheets: Iterable[Sheet]) -> set[Name]:
    """The people of the staff tables, told apart by their names; only how many they are leaves this module (R32)."""
    return {name_of(row.name) for sheet in sheets for row in sheet.participations.all() if row.name.strip()}


def _validations(plan: Plan) -> Sequence[Validation]:
    decided = Validation.objects.filter(plan=plan, kind=ValidationKind.ATTO, state__in=sorted(DECIDED))
    return list(decided.select_related("act__entity").order_by("minutes_on", "pk"))


def _validated(one: Validation) -> str:
    """What the Nucleo decided: "Piano dopo la GC 100/2022: validata con rilievi, verbale n. 3 del 5 giugno 2023"."""
    act = one.act.short if one.act else ""
    day = f" {of_the(one.minutes_on)}" if one.minutes_on else ""
    return f"Piano dopo la {act}: {one.get_state_display()}, verbale n. {one.minutes_number}{day}"
