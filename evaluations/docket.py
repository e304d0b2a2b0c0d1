"""Which validations there are: what waits for the Nucleo, what it decided, which act asks for a new one (R22)."""

from dataclasses import dataclass

from django.db.models import QuerySet

from deliberations.models import Deliberation
from evaluations.choices import ValidationState
from evaluations.models import Validation
from objectives.models import Plan, Sheet
from organisation.models import Entity


@dataclass(frozen=True)
class Listed:
    """A validation in the list; `later` is the last act of its plan, where that came after what was validated."""

    validation: Validation
    later: Deliberation | None


def validations_of(entity: Entity) -> "QuerySet[Validation]":
    """Return the validations of an entity, the latest first, with what a list says of them."""
    related = ("plan", "act__entity", "report__plan", "requested_by", "decided_by")
    return Validation.objects.filter(plan__entity=entity).select_related(*related).order_by("-requested_at", "-pk")


def last_acts(entity: Entity) -> dict[int, Deliberation]:
    """Return the last act of each plan, by the plan's key, in two queries."""
    adopted = Sheet.objects.adopted().filter(objective__plan__entity=entity).order_by()
    pairs = set(adopted.values_list("objective__plan", "deliberation"))
    acts = Deliberation.objects.select_related("entity").in_bulk({act for _, act in pairs})
    return {plan: acts[act] for plan, act in sorted(pairs, key=lambda pair: acts[pair[1]].place)}


def later_act(validation: Validation, last: dict[int, Deliberation]) -> Deliberation | None:
    """Return the last act of the plan, where it came after the one that was sent; None where that one is the last."""
    newest = last.get(validation.plan_id)
    act = validation.act
    return newest if newest and act and newest.place > act.place else None


def listed(entity: Entity, validations: "QuerySet[Validation]") -> list[Listed]:
    """Return the `validations` as a list shows them, in three queries."""
    last = last_acts(entity)
    return [Listed(one, later_act(one, last)) for one in validations]


def to_send(entity: Entity) -> list[tuple[Plan, Deliberation]]:
    """Return the plans whose last act the Nucleo has neither validated nor before it, the latest first.

    Three queries. An act whose text is not on file is nobody's to validate.
    """
    last = last_acts(entity)
    asked = Validation.objects.filter(plan__entity=entity, act__isnull=False)
    known = set(asked.exclude(state=ValidationState.RESTITUITA).values_list("plan", "act"))
    plans = Plan.objects.filter(pk__in=last).select_related("entity").order_by("-year")
    return [(plan, act) for plan in plans if (act := last[plan.pk]).on_file and (plan.pk, act.pk) not in known]
