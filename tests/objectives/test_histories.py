"""Random histories of a plan, by the deeds of the program, replayed in a clerk's notebook (tests/clerk.py).

Acts insert, change and eliminate objectives, in any order of days and numbers, immediately enforceable or not,
published and certified at once or later. What the notebook does not accept is refused and leaves no trace. After each
act and each date, and at the end on every day from the first to the last, no objective is in force twice, and
objectives and texts are those of the notebook.

HISTORIES is how many are tried: `HISTORIES=2000 .venv/bin/pytest -n 0 -s tests/objectives/test_histories.py`.
"""

import datetime as dt
import itertools
import os
from collections import Counter
from dataclasses import dataclass, replace
from typing import ClassVar

from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import Phase as Step
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from deliberations.choices import OpinionKind, OpinionOutcome
from deliberations.models import Citation, Deliberation, Opinion
from objectives.choices import Change, State
from objectives.gathered import content_hash
from objectives.models import Indicator, Objective, Phase, Plan, Sheet
from objectives.workflow import Refused, adopt, enter_dates
from organisation.models import Entity, Sector, User
from organisation.recording import change_recorded, create_recorded
from organisation.roles import Role
from tests.at_once import committed
from tests.clerk import Clerk, Noted
from tests.factories import make_entity, make_person, make_sector
from tests.sessions import MEMBERS, SESSION
from tests.this_year import YEAR

if connection.vendor == "postgresql":  # each history is a transaction of its own: the database can clear up behind it
    db = committed

HISTORIES = int(os.environ.get("HISTORIES", "6"))
NEW_YEAR = dt.date(YEAR, 1, 1)
OPINIONS = {OpinionKind.TECNICA: OpinionOutcome.FAVOREVOLE, OpinionKind.CONTABILE: OpinionOutcome.NON_NECESSARIO}
TARGET = {
    "family": "QUANTITA", "text": "Pratiche", "expected": "2", "target_kind": "COUNT", "target_number": 2,
    "direction": "AT_LEAST", "year": YEAR,
}  # fmt: skip


def dates(session):
    """Publication and certified enforceability, where they are known; now and then impossible ones."""
    day = st.integers(-1, 25).map(lambda days: session + dt.timedelta(days))
    known = st.none() | st.none() | day
    return st.tuples(known, known)


picks = st.integers(0, 9)
wishes = st.lists(st.tuples(st.sampled_from(list(Change)), picks, st.integers(1, 9)), min_size=1, max_size=4)
usually = st.sampled_from([True, True, False])
days_later = st.sampled_from([1, 0, 2, 5, 9, 12, -2])
further_on = st.sampled_from([1, 1, 2, 3, 1, 0, -1])


@dataclass
class Town:
    """What every history starts from."""

    entity: Entity
    sector: Sector
    plan: Plan
    manager: User
    secretary: User


class Histories(RuleBasedStateMachine):
    """One plan, in a transaction that is taken back at the end."""

    town: ClassVar[Town]
    seen: ClassVar[Counter] = Counter()

    def __init__(self):
        super().__init__()
        self.whole = transaction.atomic()
        self.whole.__enter__()
        self.clerk, self.acts, self.latest = Clerk(), [], {}
        self.words = (f"testo {n}" for n in itertools.count())

    def teardown(self):
        """Look at every day, then take the history back."""
        try:
            for day in self.clerk.days():
                self.compare(self.town.entity.deliberations.in_force_on(day), self.clerk.on(day))
            for act, noted in zip(self.acts, self.clerk.acts, strict=True):
                self.compare(self.town.entity.deliberations.up_to(act), self.clerk.after(noted))
            self.seen["histories"] += 1
            if self.seen["histories"] % 100 == 0:  # two thousand take a while
                print(dict(sorted(self.seen.items())), flush=True)
        finally:
            transaction.set_rollback(True)
            self.whole.__exit__(None, None, None)

    # ---- What people do ----------------------------------------------------------------------------------------------

    @rule(data=st.data(), wishes=wishes, days=days_later, immediate=usually, step=further_on)
    def adopt(self, data, wishes, days, immediate, step):
        """An act, usually after the others and with the next number, adopts some changes."""
        last = self.clerk.acts[-1] if self.clerk.acts else Noted(20, NEW_YEAR, True, {})
        session = max(NEW_YEAR, last.session + dt.timedelta(days))
        with transaction.atomic():
            drafts = self.approved(wishes)
            texts = {one.objective_id: None if one.change == Change.ELIMINATO else one.title for one in drafts}
            act = Noted(last.number + step, session, immediate, texts, *data.draw(dates(session)))
            numbers = {**self.clerk.numbers, **{one.objective_id: one.number for one in drafts}}
            proposal = self.proposed(drafts)
            accepted = self.clerk.accepts(act, numbers)
            done = self.allowed(accepted, adopt, proposal, registration(act), by=self.town.secretary, note="Sia.")
            if done is None:
                transaction.set_rollback(True)
                return
        self.clerk.note(act, numbers)
        self.acts.append(done)
        self.latest |= {one.objective_id: one for one in drafts}
        self.compare_around(act)

    @precondition(lambda self: self.acts)
    @rule(data=st.data(), pick=picks)
    def enter_dates(self, data, pick):
        """The publication or the certificate comes: once, in order, and without moving an effect on record."""
        place = pick % len(self.acts)
        noted = self.clerk.acts[place]
        published, certified = data.draw(dates(noted.session))
        dated = replace(noted, published=noted.published or published, certified=noted.certified or certified)
        once = published in (None, dated.published) and certified in (None, dated.certified)
        given = {
            "published_on": published,
            "enforceable_on": certified,
            "enforceable_note": "Certificato.",
            "note": "Sia.",
        }
        accepted = once and self.clerk.accepts_dates(noted, dated)
        if self.allowed(accepted, enter_dates, self.acts[place], **given, by=self.town.secretary):
            self.clerk.acts[place] = dated
            self.compare_around(dated)

    # ---- What holds --------------------------------------------------------------------------------------------------

    def allowed(self, expected, deed, *args, **kwargs):
        """Do it, and return what it returns; None where it is refused, which it is exactly where it should be."""
        try:
            done = deed(*args, **kwargs)
        except Refused:
            if expected:
                raise
            self.seen[f"{deed.__name__} refused"] += 1
            return None
        assert expected, f"{deed.__name__} was not refused"
        self.seen[deed.__name__] += 1
        return done

    def compare_around(self, act):
        """The plan after the last act that was registered, and on the days around the effect of this one."""
        acts = self.town.entity.deliberations
        self.compare(acts.up_to(self.acts[-1]), self.clerk.after(self.clerk.acts[-1]))
        for day in [act.effect - dt.timedelta(days=1), act.effect] if act.effect else []:
            self.compare(acts.in_force_on(day), self.clerk.on(day))

    def compare(self, acts, expected):
        """No objective twice, and objectives and texts as noted."""
        found = Sheet.objects.of(self.town.plan).in_force(acts).order_by().values_list("objective_id", "title")
        assert sorted(found) == sorted(expected.items())
        self.seen["plans compared"] += 1

    # ---- The shortest way to a proposal ------------------------------------------------------------------------------

    def approved(self, wishes):
        """Approved changes, as offices might have made them: each of another objective, of its last text."""
        live = {key: one for key, one in self.latest.items() if one.change != Change.ELIMINATO}
        drafts = []
        for change, pick, number in wishes:
            if change == Change.INSERITO or not live:
                drafts.append(self.draft(Change.INSERITO, number=number))
            else:
                base = live.pop(sorted(live)[pick % len(live)])
                drafts.append(self.draft(change, base, number=base.number, title=base.title))
        new = create_recorded([Objective(plan=self.town.plan) for one in drafts if one.base is None])
        for draft, objective in zip([one for one in drafts if one.base is None], new, strict=True):
            draft.objective = objective
        create_recorded(drafts)
        create_recorded([Phase(sheet=one, position=1, text="Avvio", **self.key(one, "phase")) for one in drafts])
        create_recorded([Indicator(sheet=one, position=1, **TARGET, **self.key(one, "row")) for one in drafts])
        return drafts

    def draft(self, change, base=None, title="", **facts):
        now, town = timezone.now(), self.town
        return Sheet(
            change=change, base=base, objective=base and base.objective, sector=town.sector, weight=10,
            title=title if change == Change.ELIMINATO else next(self.words),
            motive="CAUSA_ESTERNA", motive_text="Così.", state=State.APPROVATA,
            submitted_by=town.manager, submitted_at=now, approved_by=town.secretary, approved_at=now,
            **facts,
        )  # fmt: skip

    def key(self, draft, row):
        """The key of a row that goes on."""
        rows = {"phase": Phase, "row": Indicator}[row].objects
        return {"key": rows.get(sheet=draft.base).key} if draft.change == Change.ELIMINATO else {}

    def proposed(self, drafts):
        """A proposal with these changes, the acts it must cite, and both opinions."""
        proposal = Deliberation(entity=self.town.entity, plan_year=YEAR, subject="Modifica")
        proposal.save()
        for draft in drafts:
            draft.deliberation = proposal
        change_recorded(drafts, "deliberation")
        create_recorded([Citation(deliberation=proposal, cited=act, position=n) for n, act in enumerate(self.acts, 1)])
        facts = {"deliberation": proposal, "given_on": NEW_YEAR, "content_hash": content_hash(proposal)}
        create_recorded(
            [Opinion(position=n, kind=kind, outcome=OPINIONS[kind], **facts) for n, kind in enumerate(OPINIONS, 1)]
        )
        return proposal


def registration(act):
    """What the session adds, as the deed wants it."""
    voted = len([member for member in MEMBERS if member.present]) if act.immediate else None
    reason = "Scadenze." if act.immediate else ""
    return replace(
        SESSION, number=act.number, session_on=act.session, published_on=act.published, enforceable_on=act.certified,
        immediately_enforceable=act.immediate, immediate_reason=reason, immediate_for=voted,
    )  # fmt: skip


def test_any_history_is_the_one_in_the_notebook(db):
    entity = make_entity("storia", "Comune di Storia")
    plan = Plan(entity=entity, year=YEAR, weight_total=None, cut_off="12-31")
    plan.save()
    people = [make_person(role.lower(), entity, role) for role in (Role.RESPONSABILE, Role.SEGRETARIO)]
    Histories.town = Town(entity, make_sector(entity), plan, *people)
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=HISTORIES,
            stateful_step_count=6,
            deadline=None,
            database=None,
            derandomize="HISTORIES" not in os.environ,
            report_multiple_bugs=False,
            phases=[Step.generate],  # six steps are read as they are: shrinking them takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Histories.seen["histories"] >= HISTORIES
