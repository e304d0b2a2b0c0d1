"""A proposed change as the rules look at it, read from the database; and the notes on what they warn of.

A single sheet is judged against the plan as it would be with all that is on its way in the plan: the sheets in force,
the other changes that are sent or approved, and this one. A proposal is judged alone: what it leaves out may never be
adopted. "In force" are here all adopted texts, those of acts that still wait for their effect too: the change comes
after them. The number of queries does not depend on how many sheets there are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q, prefetch_related_objects
from django.utils import timezone

from deliberations.models import Deliberation
from objectives.act_facts import facts_of
from objectives.choices import Change, ShareRule, State
from objectives.copies import changed_since
from objectives.gathered import sheets_of
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
    PlanRules,
    Proposed,
    Source,
    Stage,
    Substituted,
    findings_of,
    weight_sum,
)
from objectives.snapshots import StaffLine, snapshot
from objectives.weights import WeightSum
from organisation.models import Manager, User
from organisation.recording import create_recorded, current_act, recording

STAGES = {State.BOZZA: Stage.DRAFT, State.INVIATA: Stage.SUBMIT, State.APPROVATA: Stage.APPROVE}
ROWS = ("phases", "indicators", "participations")
RULES_OF_DAYS = ("R14", "R15", "R16", "R17", "R18", "R19")
ON_THE_WAY = (State.INVIATA, State.APPROVATA)


def findings_for_sheet(sheet: Sheet, stage: Stage | None = None) -> list[Finding]:
    """Return what the rules have to say of an open version as it is stored, at `stage` or where its state is.

    Raises ValueError for an adopted one: nothing of it can change any more (R08).
    """
    if sheet.state == State.ADOTTATA:
        raise ValueError("An adopted sheet is not judged again (R08).")
    (stored,) = with_bases(Sheet.objects.filter(pk=sheet.pk))
    return findings_for_stored(stored, stage)


def findings_for_stored(stored: Sheet, stage: Stage | None = None) -> list[Finding]:
    """Return the same of an open version that was just read `with_bases`."""
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
    sheets = with_bases(sheets_of(proposal))
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
        act=facts_of(proposal, registration, adopted.keys),
    )
    return findings_of(change_set)


def findings_for_days(act: Deliberation) -> list[Finding]:
    """Return what the rules of days (R14–R19) say of a registered act, whose later days come after its adoption."""
    plan = Plan.objects.filter(entity=act.entity_id, year=act.plan_year or act.year or 0).first()
    judged = ChangeSet(
        plan=_rules(plan) if plan else PlanRules(act.year or 0),
        proposed=(),
        resulting=(),
        day=act.days.session_on,
        stage=Stage.ADOPT,
        act=ActFacts(days=act.days, group_leaders_informed_on=act.group_leaders_informed_on),
    )
    return [one for one in findings_of(judged) if one.rule in RULES_OF_DAYS]


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


def with_bases(sheets: SheetQuerySet) -> list[Sheet]:
    """Read sheets with their rows, the texts they change with theirs, and who handed them on: in four queries."""
    of_the_base = ("base__sector", "base__manager", "base__deliberation")
    related = ("objective__plan__entity", "sector", "manager", "approved_by", "substitutes__sector", *of_the_base)
    found = list(sheets.prefetch_related(None).select_related(*related))
    prefetch_related_objects([*found, *(one.base for one in found if one.base)], *ROWS)
    return found


def _proposed(sheets: Sequence[Sheet]) -> list[Proposed]:
    keys = {sheet.sector_id for sheet in sheets}
    managers = list(Manager.objects.filter(sector__in=keys, user__isnull=False)) if keys else []
    sources = {key: Source(*told) for key, told in changed_since(sheets).items()}
    return [
        Proposed(
            after=snapshot(sheet),
            before=snapshot(sheet.base) if sheet.base else None,
            base_act=_earlier(sheet.base.deliberation) if sheet.base and sheet.base.deliberation else None,
            substituted=_substituted(sheet.substitutes) if sheet.substitutes else None,
            source=sources.get(sheet.pk),
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
