"""R20, R21: nobody judges their own work."""

import pytest

from objectives.rules import Approval, Stage
from tests.rules import act, adoption, change_set, draft, proposed, told

SENDER, SECRETARY, MANAGER = 1, 2, 3


def approved(**told_of_it):
    facts = {
        "submitted_by": SENDER,
        "approved_by": SECRETARY,
        "approver": "Sara Neri",
        "managers": frozenset({MANAGER}),
    }
    approval = Approval(**{**facts, **told_of_it})
    return change_set(proposed(draft(), approval=approval), stage=Stage.APPROVE)


def test_who_has_nothing_to_do_with_a_sheet_approves_it():
    assert told("R20", approved()) == []


@pytest.mark.parametrize(("person", "why"), [(SENDER, "l'ha inviata"), (MANAGER, "ne è responsabile")])
def test_nobody_approves_what_they_sent_or_answer_for(person, why):
    message = f"FINANZIARIO n° 1: approvata da Sara Neri, che {why}."
    assert told("R20", approved(approved_by=person)) == [("E", message)]


@pytest.mark.parametrize("person", [SENDER, MANAGER])
def test_a_written_exception_stays_in_sight(person):
    by_exception = approved(approved_by=person, exception="Il vice è in ferie.")
    message = "FINANZIARIO n° 1: approvata in deroga da Sara Neri: «Il vice è in ferie.»"
    assert told("R20", by_exception) == [("I", message)]


def test_a_blank_exception_is_none():
    assert [severity for severity, _ in told("R20", approved(approved_by=SENDER, exception="  "))] == ["E"]


def test_a_sheet_that_nobody_approved_yet_is_not_judged():
    assert told("R20", approved(approved_by=None)) == []


def test_before_the_approval_the_rule_does_not_run():
    assert told("R20", change_set(proposed(draft(), approval=Approval(SENDER, SENDER)), stage=Stage.SUBMIT)) == []


def test_a_secretary_is_not_in_the_nucleo():
    assert told("R21", adoption(act=act())) == []
    both = adoption(act=act(secretaries_in_nucleo=("Sara Neri",)))
    assert told("R21", both) == [("W", "Sara Neri è insieme Segretario e componente del Nucleo di Valutazione.")]
