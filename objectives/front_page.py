"""What the first page of an entity shows of a plan: settori and weights, sheets state by state, its last act."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from deliberations.models import Deliberation
from objectives.choices import Change, State
from objectives.inbox import LONG, Tray
from objectives.models import Plan, Sheet
from objectives.permissions import Standing
from objectives.weights import WeightSum
from organisation.models import Entity, Sector
from organisation.roles import Deed

HEAVY = tuple(f"deliberation__{name}" for name in ("premises", "dispositions", "immediate_reason"))
NAMED = 6
"""So many sheets of the last act are named; the others are a click away."""


@dataclass(frozen=True)
class Coming:
    """What comes due for a person: how much is late, and the next things, each with its day, place and standing."""

    late: int
    items: Sequence[Any]


@dataclass(frozen=True)
class Work:
    """What a room above adds to the first page: its trays, empty ones among them, and what comes due."""

    trays: Sequence[Tray]
    coming: Coming


@dataclass(frozen=True)
class SectorShare:
    """A settore in the plan: how many sheets it has in force, their weights, how many changes are on their way."""

    sector: Sector
    sheets: int
    weights: WeightSum
    open: int


@dataclass(frozen=True)
class StateCount:
    """How many sheets are in a state, where they are listed, and how long its bar is, in % of the longest."""

    label: str
    number: int
    url: str
    length: int = 0


@dataclass(frozen=True)
class LastAct:
    """The last act that changed the plan: what it did, and the first sheets of it."""

    act: Deliberation
    changes: Sequence[tuple[str, int]]
    sheets: Sequence[Sheet]
    more: int

    @property
    def has_effect(self) -> bool:
        """Whether it is in force today."""
        return bool(self.act.in_force_from and self.act.in_force_from <= timezone.localdate())


@dataclass(frozen=True)
class Glance:
    """A plan at a glance."""

    plan: Plan
    sheet_count: int
    sectors: Sequence[SectorShare]
    states: Sequence[StateCount]
    last: LastAct | None


def plans_of(entity: Entity) -> list[Any]:
    """Return the plans of an entity, the latest first, each with `sheet_count`, those in force today: one query."""
    in_force = Sheet.objects.in_force(entity.deliberations.in_force_on(timezone.localdate())).order_by()
    counted = in_force.filter(objective__plan=OuterRef("pk")).values("objective__plan").annotate(count=Count("pk"))
    return list(entity.plans.annotate(sheet_count=Coalesce(Subquery(counted.values("count")), 0)))


def glance(plans: Sequence[Any], opened: Iterable[Sheet], person: Standing) -> Glance | None:
    """Return the latest plan that is in force, or the latest there is; None where there is none. One query.

    `opened` are the open versions that the person may see.
    """
    plan = next((one for one in plans if one.sheet_count), plans[0] if plans else None)
    if plan is None:
        return None
    versions, today = _versions(plan), timezone.localdate()
    mine = [sheet for sheet in opened if sheet.objective.plan_id == plan.pk]
    return Glance(
        plan=plan,
        sheet_count=plan.sheet_count,
        sectors=_sectors(plan, versions, mine, today),
        states=_states(plan, versions, mine, person),
        last=_last_act(versions),
    )


def _versions(plan: Plan) -> list[Any]:
    """Every adopted version of the plan's sheets; `holds` those in force today, `gone` those of which an act took one
    out of the plan.
    """
    acts = plan.entity.deliberations.in_force_on(timezone.localdate())
    in_force = Sheet.objects.in_force(acts).filter(pk=OuterRef("pk")).order_by()
    has_effect = Exists(acts.filter(pk=OuterRef("deliberation")).order_by())
    rows = Sheet.objects.of(plan).adopted().annotate(holds=Exists(in_force), has_effect=has_effect)
    related = rows.select_related("sector", "deliberation__entity").defer(*LONG, *HEAVY)
    return list(related.order_by("sector__match_key", "number", "pk"))


def _sectors(plan: Plan, versions: Sequence[Any], opened: Sequence[Sheet], today: date) -> list[SectorShare]:
    complete = all(one.deliberation.on_file for one in versions if one.has_effect)
    found: dict[int, tuple[Sector, list[Any]]] = {}
    for one in (one for one in versions if one.holds):
        found.setdefault(one.sector_id, (one.sector, []))[1].append(one)
    return [
        SectorShare(
            sector=sector,
            sheets=len(sheets),
            weights=WeightSum([one.weight for one in sheets], plan.weight_total, plan.weight_tolerance, complete),
            open=sum(one.sector_id == sector.pk for one in opened),
        )
        for sector, sheets in found.values()
    ]


def _states(plan: Plan, versions: Sequence[Any], opened: Sequence[Sheet], person: Standing) -> list[StateCount]:
    """How many sheets are in force and how many were taken out; of open changes those that the person may see."""
    slug, here = plan.entity.slug, reverse("plan", args=[plan.entity.slug, plan.year])
    gone = sum(one.has_effect and one.change == Change.ELIMINATO for one in versions)
    counts = [StateCount("in vigore", sum(one.holds for one in versions), here)]
    if missing := sum(one.holds and not one.on_file for one in versions):
        counts.append(StateCount("in vigore, ma il testo non è in archivio", missing, here))
    if person.may(Deed.DRAFT) or person.may(Deed.APPROVE):
        drafts = reverse("drafts", args=[slug])
        gathered = [one for one in opened if one.deliberation_id]
        free = [one for one in opened if not one.deliberation_id]
        for state, label in ((State.BOZZA, "in bozza"), (State.INVIATA, "inviate"), (State.APPROVATA, "approvate")):
            number = sum(one.state == state for one in free)
            counts.append(StateCount(label, number, f"{drafts}?stato={state}"))
        counts.append(StateCount("in una proposta", len(gathered), reverse("proposals", args=[slug])))
    if gone:
        counts.append(StateCount("eliminate", gone, here))
    most = max(1, *(one.number for one in counts))
    return [StateCount(one.label, one.number, one.url, round(100 * one.number / most)) for one in counts]


def _last_act(versions: Sequence[Any]) -> LastAct | None:
    """What the last act on file did."""
    acts = {one.deliberation_id: one.deliberation for one in versions if one.deliberation.on_file}
    if not acts:
        return None
    last = max(acts.values(), key=lambda act: act.place)
    done = [one for one in versions if one.deliberation_id == last.pk and one.on_file]
    counts = [(change.value, sum(one.change == change for one in done)) for change in Change]
    return LastAct(last, [pair for pair in counts if pair[1]], done[:NAMED], max(0, len(done) - NAMED))
