"""Criteria of scores: the Segretario changes them, over nobody's change, and the history says who and what."""

import pytest

from evaluations.models import ScoreRules
from evaluations.score_rules import SETTINGS, changes_of, rules_of, save_rules, why_not_steps
from objectives.workflow import Refused, Stale
from tests.factories import make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(caluso):
    """A plan without criteria of its own."""
    return make_plan(caluso)


def wanted(plan, **changes):
    """The criteria of a plan as they are, but for `changes`."""
    rules = rules_of(plan)
    return {**{name: getattr(rules, name) for name in SETTINGS}, **changes}


def test_a_plan_begins_with_the_defaults_and_no_row(plan):
    assert (rules_of(plan).cap, rules_of(plan).row_version, ScoreRules.objects.count()) == (100, 0, 0)
    assert changes_of(plan) == []


def test_the_segretario_changes_them_and_the_history_says_what(plan, segretario):
    assert save_rules(plan, wanted(plan, cap=120), by=segretario, row_version=0)
    steps = [[60, 20], [30, 50]]
    assert save_rules(
        plan, wanted(plan, late="A_SCAGLIONI", late_steps=steps, indicator_weights=False, partial="TUTTO_O_NIENTE"),
        by=segretario, row_version=1,
    )  # fmt: skip
    assert (rules_of(plan).late_steps, rules_of(plan).row_version) == ([[30, 50], [60, 20]], 2)
    assert [(change.by, change.what) for change in changes_of(plan)] == [
        (
            segretario,
            [
                "valore non raggiunto: da «in proporzione a quanto è stato raggiunto» a «tutto o niente»",
                "termine non rispettato: da «tutto o niente» a «a scaglioni, secondo i giorni di ritardo»",
                "scaglioni di ritardo: da fino a 30 giorni 50 %, fino a 60 giorni 25 % "
                "a fino a 30 giorni 50 %, fino a 60 giorni 20 %",
                "conta il peso degli indicatori, dove è scritto: da sì a no",
            ],
        ),
        (segretario, ["tetto di un indicatore: da 100 % a 120 %"]),
    ]


def test_nothing_changed_is_nothing_saved(plan, segretario):
    assert not save_rules(plan, wanted(plan), by=segretario, row_version=0)
    assert ScoreRules.objects.count() == 0


def test_nobody_else_may(plan, ufficio, responsabile, nucleo, amministratore, lettura, estraneo):
    for person in (ufficio, responsabile, nucleo, amministratore, lettura, estraneo):
        with pytest.raises(Refused, match=r"^I criteri di punteggio li cambia solo chi è Segretario\.$"):
            save_rules(plan, wanted(plan, cap=120), by=person, row_version=0)


def test_over_a_change_of_somebody_else_nothing_is_saved(plan, segretario):
    save_rules(plan, wanted(plan, cap=120), by=segretario, row_version=0)
    with pytest.raises(Stale) as stale:
        save_rules(plan, wanted(plan, cap=150), by=segretario, row_version=0)
    assert (stale.value.stored.cap, rules_of(plan).cap) == (120, 120)


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        ([], "Per contare il ritardo a scaglioni serve almeno uno scaglione: fino a quanti giorni, quanto vale."),
        ([[30, 50], [60, 60]], "Un ritardo fino a 60 giorni non può valere più di uno fino a 30 giorni."),
        ([[30, 50], [30, 40]], "Due scaglioni arrivano a 30 giorni: lasciarne uno."),
        ([[0, 50]], "Uno scaglione va da 1 a 3660 giorni, e vale da 0 a 99: rispettato il termine, vale 100."),
        ([[30, 100]], "Uno scaglione va da 1 a 3660 giorni, e vale da 0 a 99: rispettato il termine, vale 100."),
        ([[day, 5] for day in range(1, 7)], "Gli scaglioni sono al massimo 5."),
    ],
)
def test_steps_make_sense(plan, segretario, steps, reason):
    assert why_not_steps(steps, "A_SCAGLIONI") == reason
    with pytest.raises(Refused) as refused:
        save_rules(plan, wanted(plan, late="A_SCAGLIONI", late_steps=steps), by=segretario, row_version=0)
    assert str(refused.value) == reason


def test_without_steps_one_may_do_where_they_do_not_count():
    assert why_not_steps([], "TUTTO_O_NIENTE") is None
