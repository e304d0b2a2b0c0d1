"""What an entity publishes: its plans of the years still to be published, each after each of its acts in force."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from deliberations.models import Deliberation
from evaluations.choices import DECIDED, ReportState
from evaluations.models import Report, Validation
from objectives.choices import Change
from objectives.models import Plan, Sheet
from objectives.overview import acts_of
from organisation.models import Entity
from publication.hidden_names import HiddenNames, hidden_names
from publication.retention import last_day, still_published
from publication.sheets import PublicSheet, public_sheets


def published_entity(slug: str) -> Entity:
    """Return the entity that publishes its pages. Raises Http404: whether another one exists is not told."""
    return get_object_or_404(Entity, slug=slug, published=True)


@dataclass(frozen=True)
class PublicPlan:
    """A plan with its acts in force today, in the order of adoption (at least one), and its approved Relazione."""

    plan: Plan
    acts: list[Deliberation]
    report: Report | None

    @property
    def years(self) -> list[int]:
        """The years in which the duty to publish something of it began."""
        sessions = [act.session_on.year for act in self._every_act if act.session_on]
        return [self.plan.year, *sessions]

    @property
    def _every_act(self) -> list[Deliberation]:
        return [*self.acts, self.report.act] if self.report and self.report.act else self.acts

    @property
    def until(self) -> date:
        """The last day on which it is published."""
        return last_day(self.years)

    def act(self, slug: str) -> Deliberation:
        """Return the act of that name. Raises Http404 for one that is none of the plan's, or not in force yet."""
        for act in self.acts:
            if act.slug == slug:
                return act
        raise Http404("Atto non trovato.")


def public_plans(entity: Entity) -> list[PublicPlan]:
    """Return the plans to be read today, the latest year first."""
    every = [_public_plan(plan) for plan in entity.plans.order_by("-year")]
    return [one for one in every if one]


def public_plan(entity: Entity, year: int) -> PublicPlan:
    """Return the plan of `year`. Raises Http404 where nothing of it is in force, or its time has run out."""
    found = _public_plan(get_object_or_404(entity.plans, year=year))
    if found is None:
        raise Http404("Piano non trovato.")
    return found


def _public_plan(plan: Plan) -> PublicPlan | None:
    day = timezone.localdate()
    acts = [act for act in acts_of(plan) if act.registered_at and act.in_force_from and act.in_force_from <= day]
    approved = Report.objects.filter(plan=plan, state=ReportState.APPROVATA, act__registered_at__isnull=False)
    report = approved.filter(act__in_force_from__lte=day).select_related("act__entity", "document").first()
    found = PublicPlan(plan, acts, report)
    return found if acts and still_published(found.years, day) else None


@dataclass(frozen=True)
class Reading:
    """A plan's sheets after its acts in force, up to one of them where `act` is set."""

    sheets: list[PublicSheet]
    hidden: HiddenNames
    act: Deliberation | None

    @property
    def by_sector(self) -> list[tuple[str, list[PublicSheet]]]:
        """The sheets under the name of their settore."""
        return [(sector, list(some)) for sector, some in groupby(self.sheets, key=lambda sheet: sheet.sector)]


def reading(found: PublicPlan, act: Deliberation | None = None, objective: int | None = None) -> Reading:
    """Return what is in force today, or was after `act`; of one `objective` alone where that is given."""
    entity = found.plan.entity
    acts = entity.deliberations.in_force_on(timezone.localdate())
    sheets = Sheet.objects.of(found.plan).in_force(acts.up_to(act) if act else acts)
    hidden = hidden_names(entity)
    return Reading(public_sheets(sheets.filter(objective=objective) if objective else sheets, hidden), hidden, act)


def changed_by(found: PublicPlan, act: Deliberation, hidden: HiddenNames) -> list[PublicSheet]:
    """Return the sheets of the plan that `act` adopted, those it took out included."""
    return public_sheets(Sheet.objects.of(found.plan).filter(deliberation=act), hidden)


def versions(found: PublicPlan, objective: int, hidden: HiddenNames) -> list[PublicSheet]:
    """Return what each act in force did with an objective, in the order of adoption."""
    of_it = Sheet.objects.of(found.plan).filter(objective=objective, deliberation__in=found.acts)
    order = {act.slug: place for place, act in enumerate(found.acts)}
    return sorted(public_sheets(of_it, hidden), key=lambda sheet: order[sheet.act_slug])


def was_removed(every: list[PublicSheet]) -> bool:
    """Tell whether the last of the `versions` takes the objective out of the plan."""
    return bool(every) and every[-1].change == Change.ELIMINATO


def validations(found: PublicPlan) -> list[Validation]:
    """Return what the Nucleo decided of the plan after its acts in force, and of its approved Relazione."""
    decided = Validation.objects.filter(plan=found.plan, state__in=DECIDED).select_related("act__entity", "report")
    known = {act.pk for act in found.acts}
    report = found.report.pk if found.report else None
    return [one for one in decided if one.act_id in known or (report and one.report_id == report)]
