"""The page of results of a settore: of each row what is stored, or what the person typed, beside what it gives."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evaluations.forms.results import (
    Outcome,
    TypedRow,
    row_name,
)
from evaluations.forms.results_rows import Cell, PageRow, Rows
from evaluations.measures import IndicatorMeasure, PhaseMeasure, SectorMeasure, SheetMeasure, StaffMeasure
from evaluations.rounds.missing import missing_of
from objectives.changes.months import compare_months
from objectives.choices import TargetKind
from objectives.models import Indicator, Participation, Phase, Sheet
from objectives.sheet_form import reading


@dataclass(frozen=True)
class IndicatorLine:
    """An indicator with its row; without one where it belongs to another year (R26)."""

    measure: IndicatorMeasure
    reading: str
    row: PageRow | None

    @property
    def judged(self) -> bool:
        """Whether it is expected in words, which only a person can judge."""
        return _is_judged(self.measure.indicator)

    @property
    def folds_open(self) -> bool:
        """Whether what is folded away is to be seen."""
        if self.row is None:
            return False
        judgement = self.row.cells["percent"]
        return self.row.rare_filled or (not self.judged and bool(judgement.value or judgement.fault))


@dataclass(frozen=True)
class PhaseLine:
    """A phase with its months in words, and its row. `later`: the year after the plan's in which it begins."""

    phase: Phase
    months: str
    row: PageRow
    later: int | None


@dataclass(frozen=True)
class PersonLine:
    """A person with their planned share, and the row of the real one."""

    person: Participation
    row: PageRow


@dataclass(frozen=True)
class Missing:
    """A cell in which something is still missing: its id, and what."""

    id: str
    words: str


@dataclass(frozen=True)
class SheetPart:
    """A sheet of the page. One whose text is not on file has no rows."""

    measure: SheetMeasure
    indicators: list[IndicatorLine]
    phases: list[PhaseLine]
    staff: list[PersonLine]
    review: PageRow
    files: list[tuple[str, Any]]
    """Each file of evidence with what it proves: the text of an indicator or phase, empty for the whole sheet."""

    @property
    def sheet(self) -> Any:
        """The version that is measured."""
        return self.measure.sheet

    @property
    def anchor(self) -> str:
        """Its place in the page."""
        return f"scheda-{self.sheet.objective_id}"

    @property
    def missing(self) -> list[Missing]:
        """What must still be written before the settore can be confirmed, cell by cell."""
        return [Missing(self._cell(one.what, one.key), one.words) for one in missing_of(self.measure)]

    def _cell(self, what: str, key: uuid.UUID | None) -> str:
        """The id of the cell in which a row is to be completed."""
        name = row_name(what, self.sheet.objective_id, key)
        if what == "review":
            return next((cell.id for cell in self.review.cells.values() if not cell.value), self.anchor)
        return f"{name}-percent" if what == "phase" else f"{name}-achieved"

    @property
    def needs_analysis(self) -> bool:
        """Whether the analysis of deviations is asked for, or begun."""
        return self.measure.below_target or any(cell.value or cell.fault for cell in self.review.cells.values())


@dataclass(frozen=True)
class ResultsPage:
    """The results of a settore: its sheets, and what is still missing in them."""

    measure: SectorMeasure
    sheets: list[SheetPart]

    @property
    def missing(self) -> int:
        """How many cells are still empty that must not be."""
        return sum(len(part.missing) for part in self.sheets)

    @property
    def rows(self) -> dict[str, PageRow]:
        """Every row of the page, by name."""
        return {row.name: row for part in self.sheets for row in _rows_of(part)}

    @property
    def faults(self) -> list[Cell]:
        """The cells that can't be kept as typed, in the order of the page."""
        return [cell for row in self.rows.values() for cell in row.cells.values() if cell.fault]

    @property
    def two_texts(self) -> list[PageRow]:
        """The rows that somebody else wrote meanwhile."""
        return [row for row in self.rows.values() if row.two]

    def line(self, name: str) -> IndicatorLine | None:
        """Return the indicator whose row is called `name`, if it is one's."""
        lines = (line for part in self.sheets for line in part.indicators if line.row)
        return next((line for line in lines if line.row and line.row.name == name), None)


def results_page(
    measure: SectorMeasure, typed: Mapping[str, TypedRow] | None = None, outcome: Outcome | None = None
) -> ResultsPage:
    """Return the page of a settore: rows that a person typed and that are not saved keep what they typed."""
    rows = Rows(typed or {}, outcome or Outcome())
    return ResultsPage(measure, [_sheet(sheet, rows) for sheet in measure.sheets])


def _sheet(measure: SheetMeasure, rows: Rows) -> SheetPart:
    sheet = measure.sheet
    return SheetPart(
        measure,
        [_indicator(one, sheet, rows) for one in measure.indicators],
        [_phase(one, sheet, rows) for one in measure.phases],
        [_person(one, sheet, rows) for one in measure.staff],
        rows.row("review", sheet, None, "analisi degli scostamenti", measure.review),
        [*(("", file) for file in measure.files), *_files(measure)],
    )


def _files(measure: SheetMeasure) -> list[tuple[str, Any]]:
    return [(one.indicator.text, file) for one in measure.indicators for file in one.files]


def _indicator(measure: IndicatorMeasure, sheet: Sheet, rows: Rows) -> IndicatorLine:
    indicator = measure.indicator
    later = bool(indicator.year and indicator.year != sheet.objective.plan.year)
    if later:
        return IndicatorLine(measure, reading(indicator), None)
    text, more = indicator.text, "percent" if _is_judged(indicator) else ""
    row = rows.row("result", sheet, indicator.key, text, measure.result, of=text, more=more)
    return IndicatorLine(measure, reading(indicator), row)


def _is_judged(indicator: Indicator) -> bool:
    return indicator.target_kind in {TargetKind.TEXT, ""}


def _phase(measure: PhaseMeasure, sheet: Sheet, rows: Rows) -> PhaseLine:
    phase = measure.phase
    months = ", ".join(piece.text for piece in compare_months((), phase.months))
    row = rows.row("phase", sheet, phase.key, f"fase {phase.position}", measure.progress, of=phase.text)
    return PhaseLine(phase, months, row, measure.later)


def _person(measure: StaffMeasure, sheet: Sheet, rows: Rows) -> PersonLine:
    person = measure.person
    return PersonLine(person, rows.row("staff", sheet, person.key, person.name, measure.actual, of=person.name))


def _rows_of(part: SheetPart) -> list[PageRow]:
    results = [line.row for line in part.indicators if line.row]
    return [*results, *(line.row for line in part.phases), *(line.row for line in part.staff), part.review]
