"""R14–R19, R28: the days of the act, and whether the change comes in time. The days are GC 100/2022's."""

import datetime as dt

import pytest

from objectives.rules import EarlierAct, OpinionGiven, PlanRules
from organisation.counting import Counting
from tests.rules import act, adoption, change_set, draft, proposed, told

REAL = {
    "session_on": dt.date(2022, 10, 18),
    "immediately_enforceable": True,
    "published_on": dt.date(2023, 2, 6),
    "certified_on": dt.date(2023, 2, 17),
}


def of(rule, *, real=True, informed=dt.date(2023, 2, 6), **days):
    facts = {**REAL, **days} if real else days
    return told(rule, adoption(act=act(days=facts, group_leaders_informed_on=informed)))


def test_the_real_acts_days_are_in_order():
    assert of("R14") == []


@pytest.mark.parametrize(
    ("days", "message"),
    [
        ({"published_on": dt.date(2022, 10, 17)}, "La pubblicazione (17/10/2022) precede la seduta (18/10/2022)."),
        ({"certified_on": dt.date(2022, 10, 17)}, "L'esecutività (17/10/2022) precede la seduta."),
        (
            {"immediately_enforceable": False, "certified_on": dt.date(2023, 2, 5)},
            "L'esecutività (05/02/2023) precede la pubblicazione.",
        ),
    ],
)
def test_days_out_of_order_block(days, message):
    assert of("R14", **days) == [("E", message)]


def test_an_opinion_after_the_session_blocks():
    late = (OpinionGiven("TECNICA", "FAVOREVOLE", dt.date(2022, 10, 19)),)
    assert told("R14", adoption(act=act(days=REAL, opinions=late))) == [
        ("E", "Il parere di regolarità tecnica è del 19/10/2022, dopo la seduta.")
    ]


def test_enforceability_is_the_day_after_the_tenth():
    assert of("R15") == []


def test_an_entity_may_count_the_first_day_too():
    assert of("R15", counting=Counting.FIRST_DAY_INCLUDED) == [
        ("W", "L'esecutività indicata è il 17/02/2023; dalla pubblicazione risulterebbe il 16/02/2023.")
    ]


def test_a_differing_day_with_its_note_is_only_told():
    told_of_it = of("R15", certified_on=dt.date(2023, 2, 20), certified_note="Come da certificato.")
    assert [severity for severity, _ in told_of_it] == ["I"]


def test_the_last_day_of_publication_is_shown():
    assert of("R16") == [("I", "L'ultimo giorno di pubblicazione è il 20 febbraio 2023 (15 giorni).")]


def test_a_change_is_in_force_from_the_session_or_from_enforceability():
    assert of("R17") == [("I", "In vigore dal 18 ottobre 2022, giorno della seduta, perché immediatamente eseguibile.")]
    assert of("R17", immediately_enforceable=False) == [
        ("I", "In vigore dal 17 febbraio 2023, giorno in cui diventa esecutiva.")
    ]


@pytest.mark.parametrize("effect", [None, dt.date(2022, 11, 1)])
def test_a_change_never_takes_effect_before_the_act_it_changes(effect):
    waiting = EarlierAct(90, "GC 90/2022", session_on=dt.date(2022, 9, 1), in_force_from=effect)
    changes = adoption(proposed(draft(), base_act=waiting), act=act(days=REAL))
    message = "FINANZIARIO n° 1: la modifica avrebbe effetto prima della GC 90/2022, di cui cambia il testo."
    assert told("R17", changes)[1:] == [("E", message)]


def test_the_capigruppo_are_informed_on_the_day_of_publication():
    assert of("R18") == []
    assert of("R18", informed=None) == [("W", "Non risulta la comunicazione ai capigruppo.")]
    assert of("R18", informed=dt.date(2023, 2, 7)) == [
        ("W", "I capigruppo risultano informati il 07/02/2023, non il giorno della pubblicazione.")
    ]


def test_a_late_publication_is_told():
    message = "La pubblicazione è avvenuta 111 giorni dopo la seduta, oltre i 30 d'uso."
    assert of("R19") == [("W", message)]
    assert of("R19", late_after=111) == []


def test_before_the_publication_there_is_nothing_to_say_of_it():
    waiting = {"session_on": dt.date(2022, 10, 18)}
    assert [of(rule, real=False, informed=None, **waiting) for rule in ("R14", "R15", "R16", "R18", "R19")] == [[]] * 5


LATE = "La modifica arriva dopo il 30/09, il termine per modificare il piano."


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2021-12-20", []),
        ("2022-09-30", []),
        ("2022-10-01", [("W", LATE)]),
        ("2022-12-31", [("W", LATE)]),
        ("2023-01-01", [("E", "Oggi è dopo la fine del 2022: il piano di quell'anno non si modifica più.")]),
    ],
)
def test_a_change_comes_before_the_cut_off_or_at_least_in_the_plans_year(day, found):
    assert told("R28", change_set(draft(), day=dt.date.fromisoformat(day))) == found


def test_the_real_act_comes_after_the_cut_off():
    assert of("R28") == [("W", LATE)]


def test_at_the_act_the_sessions_day_counts():
    after_the_year = {"session_on": dt.date(2023, 1, 10)}
    assert of("R28", real=False, **after_the_year) == [
        ("E", "La seduta è dopo la fine del 2022: il piano di quell'anno non si modifica più.")
    ]


def test_a_plan_has_its_own_cut_off():
    october = PlanRules(2022, cut_off="10-31")
    assert told("R28", change_set(draft(), day=dt.date(2022, 10, 18), plan=october)) == []


def test_the_first_approval_is_no_change():
    first = change_set(draft(change="INSERITO"), day=dt.date(2022, 11, 30), first_approval=True)
    assert told("R28", first) == []
