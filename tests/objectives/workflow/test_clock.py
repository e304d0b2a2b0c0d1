"""The machine's clock is put back by two hours and forward by two days: the plan in force goes by the acts alone."""

import dataclasses
import datetime as dt

import pytest
from django.utils import timezone

from objectives.models import Sheet
from objectives.workflow import Refused, adopt, amend, approve, propose, submit
from tests.sessions import SESSION, with_opinions
from tests.this_year import YEAR, rewritten, sheet_of

NOON = dt.datetime(YEAR, 7, 1, 12, tzinfo=dt.UTC)
BACK, FORWARD = dt.timedelta(hours=-2), dt.timedelta(days=2)


@pytest.fixture
def clock(monkeypatch):
    """Sets the clock of the machine."""

    def put(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    put(NOON)
    return put


def adopted_after(clock, jumps, plan, people):
    """A change that is begun, written, sent, approved, gathered and adopted, with the clock put before each step."""
    ufficio, responsabile, segretario = people
    steps = iter(jumps)
    clock(NOON + next(steps))
    draft = rewritten(amend(sheet_of(plan, 1), by=ufficio), ufficio)
    clock(NOON + next(steps))
    approved = approve(submit(draft, by=responsabile), by=segretario)
    clock(NOON + next(steps))
    ready = with_opinions(propose(plan, [approved], by=segretario), segretario)
    clock(NOON + next(steps))
    return adopt(ready, dataclasses.replace(SESSION, session_on=NOON.date()), by=segretario)


@pytest.mark.parametrize(
    "jumps",
    [
        (dt.timedelta(), BACK, BACK, FORWARD),
        (dt.timedelta(), FORWARD, dt.timedelta(), FORWARD),
        (FORWARD, BACK, dt.timedelta(), dt.timedelta()),
    ],
)
def test_legal_time_and_the_order_of_the_history_do_not_follow_it(
    plan, clock, jumps, ufficio, responsabile, segretario
):
    act = adopted_after(clock, jumps, plan, (ufficio, responsabile, segretario))
    before, after = NOON.date() - dt.timedelta(days=1), NOON.date()
    in_force = [Sheet.objects.of(plan).in_force(plan.entity.deliberations.in_force_on(day)) for day in (before, after)]
    assert [sheets.get(number=1).title for sheets in in_force] == ["Obiettivo 1", "Sportello digitale"]
    sheet = act.sheets.get()
    states = list(sheet.history.order_by("history_id").values_list("state", flat=True))
    assert list(dict.fromkeys(states)) == ["BOZZA", "INVIATA", "APPROVATA", "ADOTTATA"]
    assert [one.kind for one in sheet.passages.order_by("pk")][-1] == "ADOTTATA"


def test_an_opinion_dated_by_a_wrong_clock_is_noticed(plan, clock, ufficio, responsabile, segretario):
    with pytest.raises(Refused) as refusal:
        adopted_after(clock, (dt.timedelta(), BACK, FORWARD, FORWARD), plan, (ufficio, responsabile, segretario))
    assert {finding.rule for finding in refusal.value.findings} == {"R14"}
