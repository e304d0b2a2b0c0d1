"""From the plan of a year to that of the next: its settings, and the multi-year objectives that go on (R26).

They are offered, never forced: what is chosen becomes a draft of the new plan, and goes the way of every draft.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from objectives.choices import Change, State
from objectives.models import Plan, Sheet, SheetQuerySet
from objectives.permissions import standing, standing_at
from objectives.workflow import Refused, carry_over
from objectives.workflow.locking import locked_entity
from organisation.access import Place
from organisation.models import User
from organisation.recording import recording
from organisation.roles import Deed

SETTINGS = ("name", "weight_total", "weight_tolerance", "cut_off", "rules_off", "share_rule")
"""What a new plan takes from the one before it."""


@dataclass(frozen=True)
class Candidate:
    """A multi-year sheet of the plan, and what continues it in the next plan, if anything does."""

    sheet: Sheet
    continued: Sheet | None
    refusal: str = ""

    @property
    def offered(self) -> bool:
        """Whether it can be chosen."""
        return self.continued is None and not self.refusal

    @property
    def carried(self) -> str:
        """What the draft has of its source's rows: "fasi 3 su 4, indicatori 2 su 5, persone 1 su 1"."""
        if self.continued is None:
            return ""
        counted = (("fasi", "phases"), ("indicatori", "indicators"), ("persone", "participations"))
        pairs = [(name, len(_rows(self.continued, rows)), len(_rows(self.sheet, rows))) for name, rows in counted]
        return ", ".join(f"{name} {now} su {before}" for name, now, before in pairs)


@dataclass(frozen=True)
class Thread:
    """Where an objective comes from and goes on: in the plan before, and in the plan after.

    `following` is the plan into which the person may carry it over; None where they may not, or it is done.
    """

    earlier: Sheet | None = None
    continued: Sheet | None = None
    following: Plan | None = None


@dataclass(frozen=True)
class Opened:
    """What came of opening the next plan: whether it is new, and the drafts that were made."""

    plan: Plan
    created: bool
    drafts: list[Sheet]


def next_plan(plan: Plan) -> Plan | None:
    """Return the plan of the year after `plan`, if there is one."""
    return Plan.objects.filter(entity=plan.entity_id, year=plan.year + 1).first()


def candidates(plan: Plan, following: Plan | None) -> list[Candidate]:
    """Return the multi-year sheets of the plan, by settore and number; `following` is the next plan. Eight queries."""
    sheets = list(multi_year(plan).with_rows().order_by("sector__match_key", "number", "pk"))
    continued = _continued(following, sheets) if following else {}
    return [Candidate(sheet, continued.get(sheet.objective_id), _why_not(sheet)) for sheet in sheets]


def multi_year(plan: Plan) -> SheetQuerySet:
    """Return the last adopted text of each objective still in the plan that reaches beyond its year."""
    last: SheetQuerySet = Sheet.objects.of(plan).adopted().exclude(successor__state=State.ADOTTATA)
    return last.exclude(change=Change.ELIMINATO).filter(multi_year=True, on_file=True)


def thread_of(place: Place, sheet: Sheet) -> Thread:
    """Return where the objective of an adopted sheet comes from and goes on, as far as the person may see it.

    No query for one of a single year; five at most.
    """
    before = sheet.objective.continues_id
    earlier = _last(Sheet.objects.adopted().filter(objective=before)) if before else None
    following = next_plan(sheet.objective.plan) if sheet.multi_year else None
    if following is None:
        return Thread(earlier)
    continued = _last(Sheet.objects.of(following).filter(objective__continues=sheet.objective))
    person = standing_at(place)
    if continued is not None:
        return Thread(earlier, continued if person.sees(continued) else None)
    last = multi_year(sheet.objective.plan).filter(pk=sheet.pk).exists()
    may = last and sheet.sector.active and person.why_not_sector(Deed.DRAFT, sheet.sector) is None
    return Thread(earlier, following=following if may else None)


def _last(sheets: SheetQuerySet) -> Sheet | None:
    """The one that no other of them changes: what is loaded later may be the earlier text."""
    tail = sheets.exclude(successor__in=sheets.order_by()).select_related("sector", "objective__plan")
    last: Sheet | None = tail.first()
    return last


def open_next_year(plan: Plan, chosen: Collection[int], *, by: User) -> Opened:
    """Make the plan of the next year, where there is none, and carry the chosen sheets over into it, by their keys.

    What was carried over already is left alone. Raises Refused for the wrong role, and where a sheet can't be carried.
    """
    with transaction.atomic(), recording(by=by, why=f"Apertura del piano {plan.year + 1}"):
        locked_entity(plan.entity)  # two at once: the second finds what the first made
        if not standing(by, plan.entity).may(Deed.PROPOSE):
            raise Refused(f"Il piano {plan.year + 1} lo apre il Segretario.")
        following = next_plan(plan)
        created = following is None
        following = following or _made(plan)
        wanted = [one for one in candidates(plan, following) if one.offered and one.sheet.pk in chosen]
        return Opened(following, created, [carry_over(one.sheet, following, by=by) for one in wanted])


def _made(plan: Plan) -> Plan:
    following = Plan(entity=plan.entity, year=plan.year + 1, **{name: getattr(plan, name) for name in SETTINGS})
    if plan.triennium_start and plan.triennium_end:
        following.triennium_start, following.triennium_end = plan.triennium_start + 1, plan.triennium_end + 1
    following.save()
    return following


def _continued(following: Plan, sheets: list[Sheet]) -> dict[int, Sheet]:
    """The last version of what continues each objective, by the key of that objective."""
    objectives = [sheet.objective_id for sheet in sheets]
    found = Sheet.objects.of(following).filter(objective__continues__in=objectives, successor=None).with_rows()
    return {sheet.objective.continues_id: sheet for sheet in found}


def _why_not(sheet: Sheet) -> str:
    return "" if sheet.sector.active else f"il settore {sheet.sector.short_name} non è più attivo"


def _rows(sheet: Sheet, name: str) -> list[object]:
    return list(getattr(sheet, name).all())
