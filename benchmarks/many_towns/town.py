"""The town that is multiplied: ten years of plans, acts and verifications, put on record by the program's own deeds."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from benchmarks.closing import all_of
from benchmarks.many_acts import changing
from benchmarks.towns import act_of
from evaluations.choices import RoundKind
from evaluations.rounds import close, confirm, enter, open_round
from evaluations.rounds.active import active_sheets
from objectives.draft_content import DraftContent
from objectives.loading import load_act
from objectives.models import Plan, Sheet
from objectives.workflow import amend, approve, edit, submit
from organisation.models import Entity, Membership, User
from organisation.recording import recording
from organisation.roles import Role

SLUG = "ente-0001"
SHEETS, FURTHER_ACTS = 40, 3  # sheets of a plan; acts that change some of them, besides the one that approves it
FIRST_YEAR, LAST_YEAR = 2017, 2026
STEPS = (0, 1, 2) * 3  # how far the open changes have come: a draft, sent, approved
NOTE = "Presa d'atto."
WHY = "Misura"


def load_town() -> Entity:
    """Make the town with its people, ten plans, nine closed verifications, one open, and nine open changes."""
    with recording(by=None, why=WHY):
        entity = Entity(name="Comune di Misura", slug=SLUG, is_demo=True, published=True)
        entity.accessibility_contact = "accessibilita@misura.example"
        entity.save()
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for act in acts_of(year, entity.name):
            load_act(act, entity=entity, by=None)
    people = {role: person(entity, role) for role in Role}
    for year in range(FIRST_YEAR, LAST_YEAR):
        verified(entity.plans.get(year=year), RoundKind.FINALE, dt.date(year, 12, 31), people)
    plan = entity.plans.get(year=LAST_YEAR)
    verified(plan, RoundKind.INTERMEDIA, dt.date(LAST_YEAR, 6, 30), people, closed=False)
    begin_changes(plan, people)
    return entity


def acts_of(year: int, name: str) -> list[dict[str, Any]]:
    """The acts of a year: the one that approves its plan, and those that change it."""
    first = act_of(SHEETS, name, year)
    return [first, *(changing(first, n) for n in range(1, FURTHER_ACTS + 1))]


def person(entity: Entity, role: Role) -> User:
    """Somebody with this role in all settori."""
    with recording(by=None, why=WHY):
        name = f"{role.value.lower()}.{entity.slug}"
        user = User.objects.create_user(name, email=f"{name}@misura.example", password=None)
        Membership(user=user, entity=entity, role=role).save()
    return user


def verified(plan: Plan, kind: str, on: dt.date, people: dict[Role, User], *, closed: bool = True) -> None:
    """Open a verification with all its results, each settore confirmed; and close it."""
    secretary, manager = people[Role.SEGRETARIO], people[Role.RESPONSABILE]
    verification = open_round(plan, kind, on=on, by=secretary)
    for sheet in active_sheets(verification).with_rows():
        enter(verification, [*all_of(sheet)], by=manager)
    for review in verification.sectors.select_related("sector__entity"):
        confirm(verification, review.sector, by=manager)
    if closed:
        close(verification, by=secretary, note=NOTE)


def begin_changes(plan: Plan, people: dict[Role, User], steps: Sequence[int] = STEPS) -> list[Sheet]:
    """Begin a change of the plan's first sheets; each goes so many steps: none, sent, approved."""
    tails = Sheet.objects.of(plan).in_force(plan.entity.deliberations.registered()).filter(on_file=True)
    drafts = []
    for sheet, many in zip(tails.order_by("sector", "number"), steps, strict=False):
        draft = amend(sheet, by=people[Role.UFFICIO])
        reason = {"motive": "CAUSA_ESTERNA", "motive_text": "Il bando regionale è stato prorogato di due mesi."}
        content = DraftContent({**reason, "description": f"{draft.description}\n\nCon proroga."})
        draft = edit(draft, content, by=people[Role.UFFICIO])
        if many:
            draft = submit(draft, by=people[Role.RESPONSABILE], note=NOTE)
        if many > 1:
            draft = approve(draft, by=people[Role.SEGRETARIO], note=NOTE)
        drafts.append(draft)
    return drafts
