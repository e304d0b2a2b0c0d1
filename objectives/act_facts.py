"""What the rules ask of an act beside its sheets: opinions, citations, and what its session tells."""

from copy import copy
from dataclasses import replace

from django.db.models import Count

from deliberations.models import Deliberation
from objectives.gathered import content_hash, opinion_holds
from objectives.registration import Registration
from objectives.rules import ActFacts, OpinionGiven
from organisation.models import Entity, Membership
from organisation.roles import Role


def facts_of(proposal: Deliberation, registration: Registration | None, plan_acts: frozenset[int]) -> ActFacts:
    """Return what is known of a proposal, and what its `registration` adds; `plan_acts` are those of its plan."""
    given = list(proposal.opinions.all())
    content = content_hash(proposal) if given else ""
    facts = ActFacts(
        opinions=tuple(OpinionGiven(one.kind, one.outcome, one.given_on, opinion_holds(one, content)) for one in given),
        cited=frozenset(proposal.citations.values_list("cited_id", flat=True)),
        plan_acts=plan_acts,
        secretaries_in_nucleo=tuple(_secretaries_in_nucleo(proposal.entity)),
    )
    return _registered(facts, proposal, registration) if registration else facts


def _registered(facts: ActFacts, proposal: Deliberation, registration: Registration) -> ActFacts:
    act = copy(proposal)
    registration.put_on(act)
    return replace(
        facts,
        days=act.days,
        present=tuple(member.present for member in registration.members),
        expected_members=_members_last_time(act),
        votes_for=act.votes_for,
        votes_against=act.votes_against,
        abstained=act.abstained,
        immediate_for=act.immediate_for,
        immediate_against=act.immediate_against,
        immediate_abstained=act.immediate_abstained,
        immediate_reason=act.immediate_reason,
        group_leaders_informed_on=act.group_leaders_informed_on,
    )


def _members_last_time(act: Deliberation) -> int | None:
    """How many members the body had in its last act that lists them."""
    earlier = Deliberation.objects.registered().filter(entity=act.entity_id, body=act.body)
    counted = earlier.annotate(members=Count("attendances")).filter(members__gt=0)
    last: int | None = counted.order_by("-session_on", "-number").values_list("members", flat=True).first()
    return last


def _secretaries_in_nucleo(entity: Entity) -> list[str]:
    """The persons who are both in this entity (R21)."""
    secretaries = Membership.objects.filter(entity=entity, role=Role.SEGRETARIO).values("user")
    both = Membership.objects.filter(entity=entity, role=Role.NUCLEO, user__is_active=True, user__in=secretaries)
    return [str(one.user) for one in both.select_related("user").order_by("user")]
