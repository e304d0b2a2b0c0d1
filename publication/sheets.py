"""A sheet as the public reads it: a copy of what may be told, so that pages and files can tell nothing else (R32).

Left out: who takes part and with which share (a count stays), what was achieved, who wrote and approved, and the
fingerprint of the version, from which a name that is guessed could be proved.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count
from django.utils import timezone

from objectives.choices import Family, Motive
from objectives.corrections import STAFF
from objectives.models import Correction, Indicator, Phase, Sheet, SheetQuerySet
from objectives.weights import written
from publication.hidden_names import HiddenNames


@dataclass(frozen=True, slots=True)
class PublicPhase:
    """A phase, with its months as "2026-10"."""

    position: int
    text: str
    months: list[str]

    @property
    def months_written(self) -> str:
        """The months as an office writes them: "10/2026, 11/2026"."""
        return ", ".join(f"{month[5:]}/{month[:4]}" for month in self.months)


@dataclass(frozen=True, slots=True)
class PublicIndicator:
    """An indicator with what is expected, as written in the act."""

    family: str
    text: str
    expected: str
    year: int | None


@dataclass(frozen=True, slots=True)
class PublicCorrection:
    """A clerical error of the adopted text, which stays as it is: where, what is written, what is right, since when."""

    place: str
    written: str
    right: str
    noted_at: datetime

    @property
    def noted_on(self) -> date:
        """The day on which it was noted."""
        return timezone.localdate(self.noted_at)


@dataclass(frozen=True, slots=True)
class PublicSheet:
    """A version of an objective's sheet. `people` is how many take part, None where the text is not on file."""

    objective: int
    code: str
    sector: str
    manager: str
    number: int
    weight: Decimal | None
    kind: str
    title: str
    description: str
    dup_link: str
    multi_year: bool
    change: str
    motive: str
    act: str
    act_slug: str
    act_on: date | None
    in_force_from: date | None
    on_file: bool
    people: int | None
    phases: list[PublicPhase]
    indicators: list[PublicIndicator]
    corrections: list[PublicCorrection]

    @property
    def weight_written(self) -> str:
        """The weight as an office writes it."""
        return written(self.weight)

    @property
    def name(self) -> str:
        """The title, or what stands in its place."""
        return self.title or "Testo non in archivio"


WHOLE = slice(None)


def public_sheets(sheets: SheetQuerySet, hidden: HiddenNames, part: slice = WHOLE) -> list[PublicSheet]:
    """Return adopted `sheets` by settore and number, or a `part` of them, in four queries."""
    read = sheets.adopted().select_related("objective", "sector", "manager", "deliberation__entity")
    read = read.prefetch_related("phases", "indicators", "corrections").annotate(people=Count("participations"))
    return [_public(sheet, hidden) for sheet in read.order_by("sector__match_key", "number", "pk")[part]]


def _public(sheet: Sheet, hidden: HiddenNames) -> PublicSheet:
    act = sheet.deliberation
    if act is None:
        raise ValueError("An adopted version has its act.")
    motive = ": ".join(filter(None, [Motive(sheet.motive).label if sheet.motive else "", sheet.motive_text]))
    return PublicSheet(
        objective=sheet.objective_id,
        code=str(sheet.objective.code),
        sector=sheet.sector.short_name,
        manager=sheet.manager_printed or str(sheet.manager or ""),
        number=sheet.number,
        weight=sheet.weight,
        kind=sheet.kind,
        title=hidden.out_of(sheet.title),
        description=hidden.out_of(sheet.description),
        dup_link=hidden.out_of(sheet.dup_link),
        multi_year=sheet.multi_year,
        change=sheet.mark,
        motive=hidden.out_of(motive),
        act=act.short,
        act_slug=act.slug,
        act_on=act.session_on,
        in_force_from=act.in_force_from,
        on_file=sheet.on_file,
        people=sheet.people if sheet.on_file else None,  # type: ignore[attr-defined]
        phases=[_phase(phase, hidden) for phase in sheet.phases.all()],
        indicators=[_indicator(one, hidden) for one in sheet.indicators.all()],
        corrections=[_correction(one, hidden) for one in sheet.corrections.all() if not one.place.startswith(STAFF)],
    )


def _phase(phase: Phase, hidden: HiddenNames) -> PublicPhase:
    return PublicPhase(phase.position, hidden.out_of(phase.text), phase.months)


def _indicator(one: Indicator, hidden: HiddenNames) -> PublicIndicator:
    return PublicIndicator(Family(one.family).label, hidden.out_of(one.text), hidden.out_of(one.expected), one.year)


def _correction(one: Correction, hidden: HiddenNames) -> PublicCorrection:
    return PublicCorrection(hidden.out_of(one.place), hidden.out_of(one.written), hidden.out_of(one.right), one.at)
