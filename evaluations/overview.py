"""What the pages of the verifications show: where each settore stands, what is missing, what may be done next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from evaluations.choices import RoundKind
from evaluations.measures import RoundMeasure, SectorMeasure
from evaluations.models import Round, SectorReview
from evaluations.permissions import why_not_confirm, why_not_enter, why_not_read, why_not_take_back
from evaluations.rounds.closing import why_not_yet
from evaluations.rounds.missing import missing_words
from objectives.choices import Change
from objectives.models import Plan, Sheet
from objectives.permissions import Standing
from organisation.models import Entity, Sector


@dataclass(frozen=True)
class SectorLine:
    """A settore in a verification, as one person sees it."""

    measure: SectorMeasure
    missing: Sequence[str]
    may_read: bool
    may_enter: bool
    may_confirm: bool
    may_take_back: bool

    @property
    def sector(self) -> Sector:
        """The settore."""
        return self.measure.sector

    @property
    def on_file(self) -> int:
        """How many of its sheets are measured."""
        return sum(one.sheet.on_file for one in self.measure.sheets)

    @property
    def not_on_file(self) -> int:
        """How many of its sheets have no text in the archive, and are not measured."""
        return len(self.measure.sheets) - self.on_file

    @property
    def state(self) -> str:
        """How far it is: "confermata", "pronta", "incompleta", "niente"."""
        if not self.on_file:
            return "niente"
        if self.measure.confirmed_at:
            return "confermata"
        return "incompleta" if self.missing else "pronta"


@dataclass(frozen=True)
class RoundOverview:
    """A verification, settore by settore.

    `not_yet` says that the intermediate verification is to be closed first; None where nothing comes first.
    """

    measure: RoundMeasure
    lines: Sequence[SectorLine]
    not_yet: str | None = None

    @property
    def round(self) -> Round:
        """The verification."""
        return self.measure.round

    @property
    def waiting(self) -> list[SectorLine]:
        """The settori that are still to be confirmed."""
        return [line for line in self.lines if line.state in {"pronta", "incompleta"}]

    @property
    def measured(self) -> list[SectorLine]:
        """The settori that have something to measure."""
        return [line for line in self.lines if line.state != "niente"]

    @property
    def confirmed(self) -> int:
        """How many settori have confirmed."""
        return sum(line.state == "confermata" for line in self.lines)

    @property
    def is_to_come(self) -> bool:
        """Whether its day is still to come."""
        return self.round.on > timezone.localdate()

    @property
    def can_close(self) -> bool:
        """Whether it can be closed now: every settore is confirmed, its day has come, nothing comes first."""
        return not (self.round.is_closed or self.waiting or self.is_to_come or self.not_yet)


def overview(measure: RoundMeasure, person: Standing) -> RoundOverview:
    """Return a measured verification as `person` sees it, without a query; the final one in one."""
    lines = [_line(measure.round, one, person) for one in measure.sectors]
    return RoundOverview(measure, lines, why_not_yet(measure.round))


def _line(verification: Round, measure: SectorMeasure, person: Standing) -> SectorLine:
    review = measure.review or SectorReview(round=verification, sector=measure.sector)
    has_sheets = any(one.sheet.on_file for one in measure.sheets)
    sector = measure.sector
    return SectorLine(
        measure=measure,
        missing=[] if verification.is_closed else missing_words(measure),
        may_read=why_not_read(person, sector) is None,
        may_enter=has_sheets and why_not_enter(person, verification, review, sector) is None,
        may_confirm=has_sheets and why_not_confirm(person, verification, review) is None,
        may_take_back=why_not_take_back(person, verification, review) is None,
    )


@dataclass(frozen=True)
class PlanRounds:
    """A plan with its two verifications, in their order; None where one was not opened."""

    plan: Plan
    rounds: Sequence[tuple[str, str, Any]]


def plan_rounds(entity: Entity) -> list[PlanRounds]:
    """Return the plans of an entity, the latest first, with their verifications, in two queries.

    Each verification has `sector_count`, the settori that it measures, and `confirmed_count`.
    """
    counted = Round.objects.annotate(sector_count=_sectors(), confirmed_count=_sectors(confirmed_at__isnull=False))
    found = {(one.plan_id, one.kind): one for one in counted.filter(plan__entity=entity).select_related("closed_by")}
    return [
        PlanRounds(plan, [(kind.value, kind.label, found.get((plan.pk, kind.value))) for kind in RoundKind])
        for plan in entity.plans.all()
    ]


def _sectors(**facts: Any) -> Coalesce:
    """How many settori of a verification have sheets to measure, of those of which these `facts` are true."""
    reviews = SectorReview.objects.filter(_holds_sheets(), round=OuterRef("pk"), **facts).order_by()
    return Coalesce(Subquery(reviews.values("round").annotate(count=Count("pk")).values("count")), 0)


def to_confirm(entities: Any) -> Any:
    """Return the reviews of settori, in open verifications of these entities, that are not confirmed yet.

    A settore whose last sheet an act took away keeps its review, and there is nothing in it to confirm.
    """
    open_ones = SectorReview.objects.filter(round__closed_at=None, round__plan__entity__in=entities)
    return open_ones.filter(_holds_sheets(), confirmed_at=None).select_related("round__plan__entity", "sector")


def to_close(entities: Any) -> Any:
    """Return the open verifications of these entities whose settori are all confirmed, and whose day has come.

    A final one waits for the intermediate one to be closed.
    """
    waiting = SectorReview.objects.filter(_holds_sheets(), confirmed_at=None).order_by().values("round")
    ready = Round.objects.filter(plan__entity__in=entities, closed_at=None, on__lte=timezone.localdate())
    first = Round.objects.filter(plan=OuterRef("plan"), kind=RoundKind.INTERMEDIA, closed_at=None)
    return ready.exclude(pk__in=waiting).exclude(Exists(first), kind=RoundKind.FINALE).select_related("plan__entity")


def _holds_sheets() -> Exists:
    """Whether the settore of a review has a sheet to measure on the day of its verification (`Sheet.in_force`)."""
    superseded = Sheet.objects.adopted().filter(
        base=OuterRef("pk"), deliberation__in_force_from__lte=OuterRef(OuterRef("round__on"))
    )
    of_the_day = Sheet.objects.adopted().filter(
        ~Exists(superseded),
        on_file=True,
        sector=OuterRef("sector"),
        objective__plan=OuterRef("round__plan"),
        deliberation__in_force_from__lte=OuterRef("round__on"),
    )
    return Exists(of_the_day.exclude(change=Change.ELIMINATO))
