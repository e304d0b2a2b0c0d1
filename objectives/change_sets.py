"""A proposed change as the rules look at it, read from the database; and the notes on what they warn of.

A single sheet is judged against the plan as it would be with all that is on its way in the plan: the sheets in force,
the other changes that are sent or approved, and this one. A proposal is judged alone: what it leaves out may never be
adopted. "In force" are here all adopted texts, those of acts that still wait for their effect too: the change comes
after them. The number of queries does not depend on how many sheets there are.
"""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from deliberations.models import Deliberation
from objectives.choices import Change, ShareRule, State
from objectives.gathered import content_hash, opinion_holds, sheets_of
from objectives.models import Acknowledgement, Participation, Plan, Sheet, SheetQuerySet
from objectives.registration import Registration
from objectives.rules import (
    WARNING,
    ActFacts,
    ActiveSheet,
    Approval,
    ChangeSet,
    EarlierAct,
    Finding,
    OpinionGiven,
    PlanRules,
    Proposed,
    Stage,
    Substituted,
    findings_of,
    weight_sum,
)
from objectives.snapshots import StaffLine, snapshot
from objectives.weights import WeightSum
from organisation.models import Entity, Manager, Membership, User
from organisation.recording import create_recorded, current_act, recording
from organisation.roles import Role

STAGES = {State.BOZZA: Stage.DRAFT, State.INVIATA: Stage.SUBMIT, State.APPROVATA: Stage.APPROVE}
ROWS = ("phases", "indicators", "participations")
ON_THE_WAY = (State.INVIATA, State.APPROVATA)


def findings_for_sheet(sheet: Sheet, stage: Stage | None = None) -> list[Finding]:
    """Return what the rules have to say of an open version as it is stored, at `stage` or where its state is.

    Raises ValueError for an adopted one: nothing of it can change any more (R08).
    """
    if sheet.state == State.ADOTTATA:
        raise ValueError("An adopted sheet is not judged again (R08).")
    stored = _with_bases(Sheet.objects.filter(pk=sheet.pk)).get()
    plan = stored.objective.plan
    adopted = _adopted_acts(plan)
    change_set = ChangeSet(
        plan=_rules(plan),
        proposed=tuple(_proposed([stored])),
        resulting=_resulting(plan, _on_the_way(stored)),
        day=timezone.localdate(),
        stage=STAGES[State(stored.state)] if stage is None else stage,
        complete=adopted.complete,
        first_approval=not adopted.keys,
    )
    return findings_of(change_set)


def findings_for_proposal(proposal: Deliberation, registration: Registration | None = None) -> list[Finding]:
    """Return what the rules have to say of a proposal with all its sheets, as before its adoption.

    The rules of session, votes and days speak once `registration` tells of them.
    """
    sheets = list(_with_bases(sheets_of(proposal)))
    if not sheets:
        return []
    plan = sheets[0].objective.plan
    adopted = _adopted_acts(plan)
    change_set = ChangeSet(
        plan=_rules(plan),
        proposed=tuple(_proposed(sheets)),
        resulting=_resulting(plan, Q(pk__in=[sheet.pk for sheet in sheets])),
        day=registration.session_on if registration else timezone.localdate(),
        stage=Stage.ADOPT,
        complete=adopted.complete,
        first_approval=not adopted.keys,
        act=_act(proposal, registration, adopted.keys),
    )
    return findings_of(change_set)


def resulting_weights(sheet: Sheet) -> WeightSum:
    """Return the weights of the settore of an open version in the plan that would result (R01), in three queries."""
    plan = sheet.objective.plan
    resulting = _resulting(plan, _on_the_way(sheet), with_staff=False)
    return weight_sum(resulting, sheet.sector_id, _rules(plan), _adopted_acts(plan).complete)


def acknowledgements_of(subject: Sheet | Deliberation) -> list[Acknowledgement]:
    """Return the notes taken on the warnings of a sheet, or of a proposal and all its sheets, in order."""
    of_subject = Q(sheet=subject) if isinstance(subject, Sheet) else _of_proposal(subject)
    return list(Acknowledgement.objects.filter(of_subject).select_related("by"))


def _of_proposal(proposal: Deliberation) -> Q:
    return Q(deliberation=proposal) | Q(sheet__in=Sheet.objects.filter(deliberation=proposal).order_by().values("pk"))


def open_warnings(findings: Iterable[Finding], acknowledgements: Iterable[Acknowledgement]) -> list[Finding]:
    """Return the warnings (W) of which nobody took note yet, in these very words."""
    noted = {(one.rule, one.message) for one in acknowledgements}
    return [one for one in findings if one.severity == WARNING and (one.rule, one.message) not in noted]


def acknowledge(
    findings: Iterable[Finding],
    note: str,
    by: User,
    sheet: Sheet | None = None,
    deliberation: Deliberation | None = None,
) -> list[Acknowledgement]:
    """Keep the note with which somebody took note of warnings, on a sheet or on a proposal; other findings want none.

    Raises ValueError for warnings without a note.
    """
    warnings = dict.fromkeys((one.rule, one.message) for one in findings if one.severity == WARNING)
    if warnings and not note.strip():
        raise ValueError("Per prendere atto di un avviso serve una nota.")
    facts = {"sheet": sheet, "deliberation": deliberation, "by": by, "note": note.strip()}
    rows = [Acknowledgement(rule=rule, message=message, **facts) for rule, message in warnings]
    with recording(by=by, why="Presa d'atto degli avvisi", act=current_act()):
        return create_recorded(rows)


@dataclass(frozen=True)
class _AdoptedActs:
    """The acts that adopted sheets of a plan, and whether the text of all of them is on file."""

    keys: frozenset[int]
    complete: bool


def _adopted_acts(plan: Plan) -> _AdoptedActs:
    rows = Sheet.objects.of(plan).adopted().order_by().values_list("deliberation", "deliberation__on_file").distinct()
    acts = dict(rows)
    return _AdoptedActs(frozenset(acts), all(acts.values()))


def _rules(plan: Plan) -> PlanRules:
    return PlanRules(
        year=plan.year,
        weight_total=plan.weight_total,
        weight_tolerance=plan.weight_tolerance,
        cut_off=plan.cut_off,
        share_rule=plan.share_rule,
        off=frozenset(plan.rules_off),
    )


def _with_bases(sheets: SheetQuerySet) -> SheetQuerySet:
    """The sheets with their rows, the texts they change with theirs, and who handed them on."""
    of_the_base = ("base__sector", "base__manager", "base__deliberation")
    related = ("objective__plan__entity", "sector", "manager", "approved_by", "substitutes__sector", *of_the_base)
    return sheets.select_related(*related).prefetch_related(*ROWS, *(f"base__{rows}" for rows in ROWS))


def _proposed(sheets: Sequence[Sheet]) -> list[Proposed]:
    keys = {sheet.sector_id for sheet in sheets}
    managers = list(Manager.objects.filter(sector__in=keys, user__isnull=False)) if keys else []
    return [
        Proposed(
            after=snapshot(sheet),
            before=snapshot(sheet.base) if sheet.base else None,
            base_act=_earlier(sheet.base.deliberation) if sheet.base and sheet.base.deliberation else None,
            substituted=_substituted(sheet.substitutes) if sheet.substitutes else None,
            approval=_approval(sheet, managers),
        )
        for sheet in sheets
    ]


def _earlier(act: Deliberation) -> EarlierAct:
    return EarlierAct(act.pk, act.short, act.on_file, act.session_on, act.in_force_from)


def _substituted(sheet: Sheet) -> Substituted:
    return Substituted(sheet.pk, str(sheet), sheet.change, sheet.state == State.ADOTTATA)


def _approval(sheet: Sheet, managers: Sequence[Manager]) -> Approval:
    """Who handed the sheet on, and who answered for its settore on the day of its approval (R20)."""
    day = timezone.localdate(sheet.approved_at) if sheet.approved_at else timezone.localdate()
    answering = {one.user_id for one in managers if one.sector_id == sheet.sector_id and _serves_on(one, day)}
    own = {sheet.manager.user_id} if sheet.manager else set()
    return Approval(
        submitted_by=sheet.submitted_by_id,
        approved_by=sheet.approved_by_id,
        approver=str(sheet.approved_by or ""),
        exception=sheet.approval_exception,
        managers=frozenset(key for key in answering | own if key),
    )


def _serves_on(manager: Manager, day: date) -> bool:
    return manager.valid_from <= day and (manager.valid_to is None or day <= manager.valid_to)


def _on_the_way(sheet: Sheet) -> Q:
    """This version, the one it takes the place of, and what is sent or approved."""
    return Q(pk__in=[sheet.pk, sheet.substitutes_id or 0]) | Q(state__in=ON_THE_WAY)


def _resulting(plan: Plan, changes: Q, *, with_staff: bool = True) -> tuple[ActiveSheet, ...]:
    """The active sheets of the plan as it would be after these open versions."""
    of_plan = Sheet.objects.of(plan)
    fields = ("pk", "sector_id", "sector__name", "number", "weight", "title")
    open_ones = list(of_plan.filter(changes).exclude(state=State.ADOTTATA).values(*fields, "base_id", "change"))
    replaced = {row["base_id"] for row in open_ones}
    in_force = of_plan.in_force(plan.entity.deliberations.registered()).values(*fields)
    rows = [row for row in in_force if row["pk"] not in replaced]
    rows += [row for row in open_ones if row["change"] != Change.ELIMINATO]
    active = tuple(_active(row) for row in rows)
    per_person = with_staff and plan.share_rule == ShareRule.PER_PERSONA
    return _with_staff(active) if per_person else active


def _active(row: dict[str, Any]) -> ActiveSheet:
    identity = row["pk"], row["sector_id"], row["sector__name"]
    return ActiveSheet(*identity, row["number"], row["weight"], row["title"])


def _with_staff(sheets: Sequence[ActiveSheet]) -> tuple[ActiveSheet, ...]:
    staff: dict[int, list[StaffLine]] = {}
    for row in Participation.objects.filter(sheet__in=[sheet.sheet for sheet in sheets]):
        staff.setdefault(row.sheet_id, []).append(
            StaffLine(str(row.key), row.position, row.category, row.name, row.share)
        )
    return tuple(replace(sheet, staff=tuple(staff.get(sheet.sheet, ()))) for sheet in sheets)


def _act(proposal: Deliberation, registration: Registration | None, plan_acts: frozenset[int]) -> ActFacts:
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
