"""The act is registered: its sheets are adopted, all or none, and the plan in force follows."""

import dataclasses
import datetime as dt

import pytest
from django.db import transaction

from deliberations.choices import OpinionKind
from deliberations.models import Deliberation, ImmutableError
from objectives.draft_content import DraftContent
from objectives.models import Acknowledgement, Sheet
from objectives.workflow import (
    Refused,
    adopt,
    amend,
    approve,
    content_hash,
    edit,
    eliminate,
    enter_dates,
    gather,
    insert,
    propose,
    submit,
)
from tests.sessions import MEMBERS, SESSION, TODAY, filled, with_opinions
from tests.this_year import YEAR, approved_plan, full_sheet, rewritten, sheet_of


def titles_on(plan, day):
    sheets = Sheet.objects.of(plan).in_force(plan.entity.deliberations.in_force_on(day))
    return list(sheets.order_by("number").values_list("number", "title"))


def test_the_plan_in_force_follows_from_the_act(plan, ready, segretario):
    act = adopt(ready, SESSION, by=segretario)
    assert (act.number, act.year, act.session_on, act.in_force_from) == (100, YEAR, TODAY, TODAY)
    assert titles_on(plan, TODAY - dt.timedelta(days=1)) == [(1, "Obiettivo 1"), (2, "Obiettivo 2")]
    assert titles_on(plan, TODAY) == [(1, "Sportello digitale"), (2, "Obiettivo 2")]
    assert [(one.name, one.present) for one in act.attendances.all()] == [(one.name, one.present) for one in MEMBERS]


def test_what_is_adopted_is_closed_as_the_act_prints_it(ready, segretario, approved):
    act = adopt(ready, SESSION, by=segretario)
    sheet = act.sheets.get()
    assert (sheet.pk, sheet.state, sheet.sector_printed, len(sheet.fingerprint)) == (
        approved.pk, "ADOTTATA", "FINANZIARIO", 64,
    )  # fmt: skip
    assert (sheet.created_by.username, sheet.submitted_by.username, sheet.approved_by) == (
        "ufficio", "responsabile", segretario,
    )  # fmt: skip
    sheet.title = "Dopo"
    with pytest.raises(ImmutableError):
        sheet.save()
    assert sheet.history.first().history_act == f"n. 100/{YEAR}"


def test_a_whole_path_with_all_three_changes(plan, finanziario, ufficio, responsabile, segretario):
    gone = rewritten_reason(eliminate(sheet_of(plan, 2), by=ufficio), ufficio)
    new = edit(insert(plan, finanziario, by=ufficio), filled(weight=40, number=2, substitutes=gone), by=ufficio)
    changed = rewritten(amend(sheet_of(plan, 1), by=ufficio), ufficio)
    done = [approve(submit(one, by=responsabile), by=segretario) for one in (gone, new, changed)]
    act = adopt(with_opinions(propose(plan, done, by=segretario), segretario), SESSION, by=segretario)
    assert list(act.sheets.order_by("position").values_list("number", "change")) == [
        (1, "MODIFICATO"), (2, "ELIMINATO"), (2, "INSERITO"),
    ]  # fmt: skip
    assert act.sheets.get(change="INSERITO").substitutes == gone
    assert titles_on(plan, TODAY) == [(1, "Sportello digitale"), (2, "Nuovo obiettivo")]


def test_the_first_approval_of_a_plan_is_the_same_path(caluso, finanziario_alone, ufficio, responsabile, segretario):
    plan = caluso.plans.create(year=YEAR, cut_off="12-31")
    drafts = [
        edit(insert(plan, finanziario_alone, by=ufficio), filled(weight=weight), by=ufficio) for weight in (70, 30)
    ]
    done = [approve(submit(one, by=responsabile, note="Primo piano."), by=segretario, note="Sì.") for one in drafts]
    proposal = propose(plan, done, by=segretario)
    assert proposal.citations.count() == 0
    adopt(with_opinions(proposal, segretario), SESSION, by=segretario, note="Primo piano.")
    assert titles_on(plan, TODAY) == [(1, "Nuovo obiettivo"), (2, "Nuovo obiettivo")]


@pytest.fixture
def finanziario_alone(caluso):
    """A settore of an entity that has no plan yet."""
    return caluso.sectors.create(name="FINANZIARIO")


def rewritten_reason(draft, by):
    return edit(draft, DraftContent({"motive": "SOSTITUZIONE", "motive_text": "Si cambia strada."}), by=by)


@pytest.mark.parametrize("who", ["ufficio", "responsabile", "nucleo", "amministratore", "lettura", "estraneo"])
def test_only_the_segretario_registers(request, who, ready):
    with pytest.raises(Refused):
        adopt(ready, SESSION, by=request.getfixturevalue(who))
    assert Deliberation.objects.proposals().get() == ready


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"votes_for": 3}, "R12"),
        ({"immediate_for": 1, "immediate_against": 1}, "R13"),
        ({"immediate_reason": ""}, "R13"),
        ({"session_on": TODAY - dt.timedelta(days=3)}, "R14"),
        ({"published_on": TODAY - dt.timedelta(days=1)}, "R14"),
        ({"immediately_enforceable": False, "enforceable_on": TODAY - dt.timedelta(days=1)}, "R14"),
    ],
)
def test_what_a_rule_blocks_is_not_registered(ready, segretario, facts, rule):
    with pytest.raises(Refused) as refusal:
        adopt(ready, dataclasses.replace(SESSION, **facts), by=segretario, note="Nota.")
    assert rule in {finding.rule for finding in refusal.value.findings}
    assert Deliberation.objects.proposals().get().number is None
    assert Sheet.objects.filter(state="ADOTTATA").count() == 2


def test_without_an_opinion_on_this_very_content_nothing_is_registered(plan, approved, ready, segretario, ufficio):
    ready.opinions.get(kind=OpinionKind.TECNICA).delete()
    with pytest.raises(Refused) as refusal:
        adopt(ready, SESSION, by=segretario)
    assert [finding.rule for finding in refusal.value.findings] == ["R10"]


def test_a_sheet_that_left_takes_the_opinion_with_it(plan, ready, ufficio, responsabile, segretario, approved):
    other = rewritten(amend(sheet_of(plan, 2), by=ufficio), ufficio)
    gather(ready, [approve(submit(other, by=responsabile), by=segretario)], by=segretario)
    with_opinions(ready, segretario)
    edit(other, DraftContent({"title": "Mentre si registra"}), by=ufficio)
    with pytest.raises(Refused) as refusal:
        adopt(ready, SESSION, by=segretario)
    assert "R10" in {finding.rule for finding in refusal.value.findings}
    assert Sheet.objects.get(pk=approved.pk).state == "APPROVATA"


def test_what_was_read_is_what_is_registered(ready, segretario, approved, ufficio):
    seen = content_hash(ready)
    edit(approved, DraftContent({"title": "Nel frattempo"}), by=ufficio)
    with pytest.raises(Refused, match="è cambiata dopo che la pagina è stata aperta"):
        adopt(ready, SESSION, by=segretario, seen=seen)


def test_a_number_is_given_once_and_an_act_is_registered_once(ready, segretario):
    with pytest.raises(Refused, match=f"già una deliberazione n. 8/{YEAR}"):
        adopt(ready, dataclasses.replace(SESSION, number=8), by=segretario)
    adopt(ready, SESSION, by=segretario)
    with pytest.raises(Refused, match=f"è la GC 100/{YEAR}"):
        adopt(ready, SESSION, by=segretario)


def test_an_empty_proposal_is_not_registered(ready, approved, segretario, ufficio):
    edit(approved, DraftContent({"title": "Torna bozza"}), by=ufficio)
    with pytest.raises(Refused, match="non contiene schede"):
        adopt(ready, SESSION, by=segretario)


def test_an_act_does_not_come_before_the_one_it_changes(caluso, ufficio, responsabile, segretario):
    plan = approved_plan(caluso, full_sheet(1, weight=100), number=200)
    draft = rewritten(amend(sheet_of(plan, 1), by=ufficio), ufficio)
    ready = propose(plan, [approve(submit(draft, by=responsabile), by=segretario)], by=segretario)
    with_opinions(ready, segretario)
    earlier = dataclasses.replace(SESSION, session_on=dt.date(YEAR, 1, 1), number=100)
    with pytest.raises(Refused):
        adopt(ready, earlier, by=segretario, note="Nota.")
    assert Sheet.objects.get(pk=draft.pk).state == "APPROVATA"


def test_nor_does_it_take_effect_before_it(caluso, ufficio, responsabile, segretario):
    plan = approved_plan(caluso, full_sheet(1, weight=100), immediately_enforceable=False)
    draft = rewritten(amend(sheet_of(plan, 1), by=ufficio), ufficio)
    ready = propose(plan, [approve(submit(draft, by=responsabile), by=segretario)], by=segretario)
    with_opinions(ready, segretario)
    with pytest.raises(Refused):
        adopt(ready, SESSION, by=segretario, note="Nota.")
    assert titles_on(plan, TODAY) == []


class PowerCutError(Exception):
    """The machine went dark."""


def adopt_and_fail(*args, **kwargs):
    with transaction.atomic():
        adopt(*args, **kwargs)
        raise PowerCutError


def test_a_failure_before_the_end_leaves_nothing_half_done(plan, ready, segretario):
    with pytest.raises(PowerCutError):
        adopt_and_fail(ready, SESSION, by=segretario)
    assert Deliberation.objects.proposals().get() == ready
    assert titles_on(plan, TODAY) == [(1, "Obiettivo 1"), (2, "Obiettivo 2")]
    adopt(Deliberation.objects.get(pk=ready.pk), SESSION, by=segretario)
    assert titles_on(plan, TODAY) == [(1, "Sportello digitale"), (2, "Obiettivo 2")]


class TestLaterDates:
    """Publication, enforceability, capigruppo: entered once, when they are known (R14–R18)."""

    @pytest.fixture
    def act(self, ready, segretario):
        """An act that is not immediately enforceable."""
        plain = dataclasses.replace(
            SESSION, immediately_enforceable=False, immediate_reason="", immediate_for=None, immediate_against=None,
            immediate_abstained=None,
        )  # fmt: skip
        return adopt(ready, plain, by=segretario, note="In attesa di pubblicazione.")

    def test_the_act_waits_for_its_publication(self, plan, act, segretario):
        assert (act.in_force_from, titles_on(plan, TODAY)) == (None, [(1, "Obiettivo 1"), (2, "Obiettivo 2")])
        dated = enter_dates(act, published_on=TODAY, group_leaders_informed_on=TODAY, by=segretario)
        effect = TODAY + dt.timedelta(days=11)
        assert dated.in_force_from == effect
        assert titles_on(plan, effect) == [(1, "Sportello digitale"), (2, "Obiettivo 2")]

    def test_a_date_is_entered_once(self, act, segretario):
        enter_dates(act, published_on=TODAY, group_leaders_informed_on=TODAY, by=segretario)
        enter_dates(act, published_on=TODAY, group_leaders_informed_on=TODAY, by=segretario)
        with pytest.raises(Refused, match="si scrive una volta sola"):
            enter_dates(act, published_on=TODAY + dt.timedelta(days=1), by=segretario)

    def test_an_effect_on_record_does_not_move(self, act, segretario):
        enter_dates(act, published_on=TODAY, group_leaders_informed_on=TODAY, by=segretario)
        with pytest.raises(Refused, match="non si sposta"):
            enter_dates(
                act, enforceable_on=TODAY + dt.timedelta(days=20), enforceable_note="Certificata.", by=segretario
            )

    def test_days_stand_in_order(self, act, segretario):
        yesterday = TODAY - dt.timedelta(days=1)
        for dates in ({"published_on": yesterday}, {"published_on": TODAY, "enforceable_on": yesterday}):
            with pytest.raises(Refused, match="correggere quanto segue") as refusal:
                enter_dates(act, **dates, note="Nota.", by=segretario)
            assert {finding.rule for finding in refusal.value.findings} == {"R14"}

    def test_a_warning_on_the_dates_wants_a_note(self, act, segretario):
        with pytest.raises(Refused, match="scrivere una nota") as refusal:
            enter_dates(act, published_on=TODAY, by=segretario)
        assert [finding.rule for finding in refusal.value.findings] == ["R18"]
        enter_dates(act, published_on=TODAY, note="Comunicazione in corso.", by=segretario)
        enter_dates(act, group_leaders_informed_on=TODAY, by=segretario)
        (kept,) = Acknowledgement.objects.filter(deliberation=act)
        assert (kept.rule, kept.note) == ("R18", "Comunicazione in corso.")

    @pytest.mark.parametrize("who", ["ufficio", "responsabile", "nucleo", "amministratore", "estraneo"])
    def test_only_the_segretario_dates_an_act(self, request, who, act):
        with pytest.raises(Refused):
            enter_dates(act, published_on=TODAY, by=request.getfixturevalue(who))
