"""What a verification measures: indicators, sheets, settori, persons, each with its scores and how they came about."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from evaluations.models import EvidenceFile, PhaseProgress, Result, Round, SectorReview, SheetReview, StaffShare
from evaluations.scoring import Achieved, Average, Criteria, Part, Score, per_cent, person_average
from evaluations.scoring.writing import plain
from objectives.choices import Family
from objectives.models import Indicator, Participation, Phase, Sheet
from objectives.rules.persons import person_key
from objectives.rules.staff import share_of
from objectives.weights import written
from organisation.models import Sector

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class IndicatorMeasure:
    """An indicator, what it achieved, its score, and the deviation as computed.

    `earlier` is its result in the verifica intermedia, shown beside that of the finale, with the version it was
    measured on. `achieved` is the text as it is read beside what is expected now; `reading` says so in words
    ("15/11/2022"), or why it can't be read: of a closed verification, as it was read then.
    """

    indicator: Indicator
    result: Result | None
    score: Score
    computed_deviation: str
    achieved: Achieved
    reading: str = ""
    files: Sequence[EvidenceFile] = ()
    earlier: Result | None = None

    @property
    def is_time(self) -> bool:
        """Whether it counts in the time average, and not in the value average (R29)."""
        return self.indicator.family == Family.TEMPO

    @property
    def read_otherwise(self) -> str:
        """How the text was read, where that says more than the text itself ("92 %" does not, of "92%")."""
        said = (self.result.achieved if self.result else "").replace(" ", "")
        return "" if self.reading.replace("\xa0", "").replace(" ", "") == said else self.reading

    @property
    def deviation(self) -> str:
        """The deviation: as somebody wrote it, or else as computed."""
        return (self.result.deviation if self.result else "") or self.computed_deviation

    @property
    def deviation_by_hand(self) -> bool:
        """Whether somebody wrote the deviation in the place of the computed one."""
        return bool(self.result and self.result.deviation)

    @property
    def measured_on(self) -> Sheet | None:
        """The earlier version on which the result was entered, where it is not the one in force; else None."""
        moved = self.result is not None and self.result.sheet_id != self.indicator.sheet_id
        return self.result.sheet if moved and self.result else None

    @property
    def part(self) -> Part:
        """What it is in the average of its sheet."""
        return Part(self.indicator.text, self.score.percent, self.indicator.weight, self.score.words)


@dataclass(frozen=True)
class PhaseMeasure:
    """A phase and how far it has come. `later`: the year in which it begins, where that is after the plan's."""

    phase: Phase
    progress: PhaseProgress | None
    later: int | None = None

    @property
    def percent(self) -> int | None:
        """How far it is, in per cent; None where nobody said so."""
        return self.progress.percent if self.progress else None


@dataclass(frozen=True)
class StaffMeasure:
    """A person of a sheet, with the share they really had, or else the one that the sheet plans (R31)."""

    person: Participation
    actual: StaffShare | None

    @property
    def is_actual(self) -> bool:
        """Whether the share is the one entered in the verification."""
        return self.actual is not None and self.actual.share is not None

    @property
    def actual_written(self) -> str:
        """The share entered in the verification, as an office writes it; a dash where there is none."""
        return per_cent(self.actual.share if self.actual else None)

    @property
    def share(self) -> Decimal | None:
        """The share in per cent; None where neither is written."""
        return self.actual.share if self.actual and self.actual.share is not None else share_of(self.person.share)


@dataclass(frozen=True)
class SheetMeasure:
    """A sheet in a verification. One whose text is not on file has nothing to measure."""

    sheet: Sheet
    value: Average
    time: Average
    indicators: Sequence[IndicatorMeasure] = ()
    phases: Sequence[PhaseMeasure] = ()
    staff: Sequence[StaffMeasure] = ()
    review: SheetReview | None = None
    files: Sequence[EvidenceFile] = ()
    """The evidence of the whole sheet; that of an indicator stands with it."""

    @property
    def value_indicators(self) -> list[IndicatorMeasure]:
        """Those of the value average."""
        return [one for one in self.indicators if not one.is_time]

    @property
    def time_indicators(self) -> list[IndicatorMeasure]:
        """Those of the time average."""
        return [one for one in self.indicators if one.is_time]

    @property
    def weight(self) -> str:
        """The weight of the sheet as an office writes it."""
        return written(self.sheet.weight)

    @property
    def below_target(self) -> bool:
        """Whether a result is below what was expected: the analysis of deviations is required then (R30)."""
        return any(one.score.below for one in self.indicators)

    @property
    def incomplete(self) -> list[str]:
        """What results are still missing, a sentence each."""
        return [
            f"{one.indicator.text or 'Indicatore senza testo'}: {one.score.words}"
            for one in self.indicators
            if one.score.is_missing
        ]

    @property
    def missing_analysis(self) -> list[str]:
        """What the analysis of deviations lacks where it is required (R30); one of the corrective fields is enough."""
        if not self.below_target:
            return []
        review = self.review or SheetReview()
        missing = [label for label, text in (("cause", review.causes), ("effetti", review.effects)) if not text.strip()]
        if not (review.taken.strip() or review.to_take.strip()):
            missing.append("provvedimenti correttivi")
        return missing

    def part(self, average: Average) -> Part:
        """What it is in the average of its settore; `average` is one of its own two."""
        why = average.words if self.sheet.on_file else "il testo non è in archivio"
        return Part(str(self.sheet), average.percent, self.sheet.weight, why)


@dataclass(frozen=True)
class SectorMeasure:
    """A settore in a verification."""

    sector: Sector
    sheets: Sequence[SheetMeasure]
    value: Average
    time: Average
    review: SectorReview | None = None

    @property
    def confirmed_by(self) -> Any:
        """Who confirmed its results, or None."""
        return self.review.confirmed_by if self.review else None

    @property
    def confirmed_at(self) -> dt.datetime | None:
        """When they were confirmed, or None."""
        return self.review.confirmed_at if self.review else None

    @property
    def incomplete(self) -> int:
        """How many results are still missing."""
        return sum(len(sheet.incomplete) for sheet in self.sheets)


@dataclass(frozen=True)
class PersonShare:
    """What a person did in one sheet."""

    sheet: SheetMeasure
    staff: StaffMeasure

    @property
    def weight(self) -> Decimal | None:
        """What the sheet weighs for the person: their share × its weight; None where one of the two is not known."""
        share, weight = self.staff.share, self.sheet.sheet.weight
        return None if share is None or weight is None else share * weight / HUNDRED

    @property
    def share_words(self) -> str:
        """The share and the weight, and what they make: "quota 50 % (effettiva) × peso 25 = 12,5"."""
        if self.staff.share is None:
            return "quota non scritta"
        whose = "effettiva" if self.staff.is_actual else "prevista"
        made = f" = {plain(self.weight)}" if self.weight is not None else ""
        return f"quota {per_cent(self.staff.share)} ({whose}) × peso {self.sheet.weight}{made}"

    def part(self, average: Average) -> Part:
        """What it is in the person's average; `average` is one of the sheet's two."""
        why = average.words if average.percent is None else self._why_left_out
        return Part(str(self.sheet.sheet), None if why else average.percent, self.weight, why)

    @property
    def _why_left_out(self) -> str:
        if self.staff.share is None:
            return "la quota non è scritta"
        if not self.staff.share:
            return "la quota è zero"
        return "il peso della scheda non è noto" if self.weight is None else ""


@dataclass(frozen=True)
class PersonMeasure:
    """A person over the sheets they worked on. Never shown in public (R32)."""

    name: str
    category: str
    shares: Sequence[PersonShare]
    value: Average
    time: Average


@dataclass(frozen=True)
class RoundMeasure:
    """A verification, measured: of the plan, of its settori by name, of their sheets by number.

    `left` are the sheets with results that it does not measure.
    """

    round: Round
    criteria: Criteria
    sectors: Sequence[SectorMeasure]
    plan_value: Average
    plan_time: Average
    sheets: Sequence[SheetMeasure] = field(default=())
    left: Sequence[Sheet] = field(default=())

    @cached_property
    def people(self) -> list[PersonMeasure]:
        """The persons of all sheets."""
        return people_of(self.sheets)


def people_of(sheets: Sequence[SheetMeasure]) -> list[PersonMeasure]:
    """Return the persons of these sheets by name: whoever is written in the same words is one person, as in R31."""
    found: dict[frozenset[str], list[PersonShare]] = {}
    for sheet in sheets:
        for one in sheet.staff:
            found.setdefault(person_key(one.person.name), []).append(PersonShare(sheet, one))
    people = [_person(shares) for shares in found.values()]
    return sorted(people, key=lambda person: person.name.casefold())


def _person(shares: list[PersonShare]) -> PersonMeasure:
    first = shares[0].staff.person
    return PersonMeasure(
        name=first.name,
        category=next((one.staff.person.category for one in shares if one.staff.person.category), ""),
        shares=shares,
        value=person_average([one.part(one.sheet.value) for one in shares]),
        time=person_average([one.part(one.sheet.time) for one in shares]),
    )
