"""What an entity publishes: its plans of the years still to be published, each after each of its acts in force."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import F
from django.http import Http404
from django.utils import timezone

from deliberations.models import Deliberation
from evaluations.choices import DECIDED, ReportState
from evaluations.models import Report, Validation
from objectives.choices import State
from objectives.models import Plan
from organisation.models import Entity
from publication.retention import last_day, still_published


class NoLongerPublished(Http404):
    """What was public for five years and is not any more. The message is a sentence."""


def published_entity(slug: str) -> Entity:
    """Return the entity that publishes its pages. Raises Http404: whether another one exists is not told."""
    found = Entity.objects.filter(slug=slug, published=True).first()
    if found is None:
        raise Http404("Nessun ente pubblica i suoi piani a questo indirizzo.")
    return found


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

    @property
    def changed_at(self) -> datetime:
        """When what is told of it last changed: an act was put on record, or took effect."""
        moments = [act.registered_at for act in self._every_act]
        moments += [_midnight(act.in_force_from) for act in self._every_act if act.in_force_from]
        return max(moment for moment in moments if moment)

    def act(self, slug: str) -> Deliberation:
        """Return the act of that name. Raises Http404 for one that is none of the plan's, or not in force yet."""
        for act in self.acts:
            if act.slug == slug:
                return act
        raise Http404("Nessun atto del piano in vigore ha questo nome.")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def public_plans(entity: Entity) -> list[PublicPlan]:
    """Return the plans to be read today, the latest year first, in three queries."""
    day = timezone.localdate()
    return [one for one in _in_force(entity.plans.order_by("-year"), day) if still_published(one.years, day)]


def all_public_plans() -> Iterable[PublicPlan]:
    """Yield the plans to be read today of every entity that publishes, by its short name, in three queries."""
    day, plans = timezone.localdate(), Plan.objects.filter(entity__published=True).select_related("entity")
    yield from (
        one for one in _in_force(plans.order_by("entity__slug", "-year"), day) if still_published(one.years, day)
    )


def public_plan(entity: Entity, year: int) -> PublicPlan:
    """Return the plan of `year`. Raises Http404 where nothing of it is in force, NoLongerPublished after its time."""
    day = timezone.localdate()
    found = next(iter(_in_force(entity.plans.filter(year=year), day)), None)
    if found is None:
        raise Http404("Nessun piano di quell'anno è in vigore.")
    if not still_published(found.years, day):
        raise NoLongerPublished(
            f"{found.plan}: i cinque anni di pubblicazione (D.Lgs. 33/2013, art. 8) sono finiti il "
            f"{found.until:%d/%m/%Y}. Si chiede all'ente con l'accesso civico (art. 5)."
        )
    found.plan.entity = entity
    return found


def _in_force(plans: Iterable[Plan], day: date) -> Iterable[PublicPlan]:
    """Yield the plans of which an act has effect on `day`, with these acts, in two queries."""
    every = list(plans)
    known = Deliberation.objects.in_force_on(day).filter(
        sheets__objective__plan__in=every, sheets__state=State.ADOTTATA
    )
    acts = known.annotate(of_plan=F("sheets__objective__plan")).distinct().select_related("entity").in_order()
    approved = Report.objects.filter(plan__in=every, state=ReportState.APPROVATA, act__registered_at__isnull=False)
    reports = approved.filter(act__in_force_from__lte=day).select_related("act__entity", "document")
    by_plan, behind = {report.plan_id: report for report in reports}, defaultdict(list)
    for act in acts:
        behind[act.of_plan].append(act)
    for plan in every:
        if own := behind[plan.pk]:
            yield PublicPlan(plan, own, by_plan.get(plan.pk))


def validations(found: PublicPlan) -> list[Validation]:
    """Return what the Nucleo decided of the plan after its acts in force, and of its approved Relazione."""
    decided = Validation.objects.filter(plan=found.plan, state__in=DECIDED).select_related("act__entity", "report")
    known = {act.pk for act in found.acts}
    report = found.report.pk if found.report else None
    return [one for one in decided if one.act_id in known or (report and one.report_id == report)]
