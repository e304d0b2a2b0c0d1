"""An act is judged by what its entity, and its plan of the year, have chosen for themselves."""

from decimal import Decimal

from objectives.importing.findings import Rules
from objectives.importing.reading import read_document
from objectives.loading import rules_of
from objectives.models import Plan
from organisation.counting import Counting
from organisation.recording import recording
from tests.acts import real_text


def test_an_entity_without_a_plan_has_the_usual_rules(caluso):
    assert rules_of(caluso)(caluso.name, 2022) == Rules()


def test_what_entity_and_plan_have_chosen_is_what_counts(caluso):
    caluso.counting, caluso.late_after_days = Counting.FIRST_DAY_INCLUDED, 10
    with recording(by=None, why="prova"):
        Plan(entity=caluso, year=2022, weight_total=None, weight_tolerance=Decimal(1), cut_off="10-31").save()
    own = Rules(Counting.FIRST_DAY_INCLUDED, 10, None, Decimal(1), "10-31")
    assert rules_of(caluso)(caluso.name, 2022) == own
    assert rules_of(caluso)(caluso.name, 2023) == Rules(Counting.FIRST_DAY_INCLUDED, 10)


def test_a_rule_that_the_plan_switched_off_says_nothing_of_an_act_either(caluso):
    with recording(by=None, why="prova"):
        Plan(entity=caluso, year=2022, rules_off=["R10", "R19"]).save()
    assert rules_of(caluso)(caluso.name, 2022) == Rules(off=frozenset({"R19"}))  # law asks for R10
    said, silent = (
        {finding.code for finding in read_document(real_text().encode(), rules=rules).findings}
        for rules in (lambda *_plan: Rules(), rules_of(caluso))
    )
    assert said - silent == {"R19"}
