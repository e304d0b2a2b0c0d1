"""The criteria of a plan as plain values, and in words."""

from decimal import Decimal

import pytest

from evaluations.choices import LateRule, PartialRule
from evaluations.scoring import Criteria

STEPS = Criteria(late=LateRule.A_SCAGLIONI, late_steps=((10, 80), (30, 50)))


@pytest.mark.parametrize(
    ("days", "worth", "words"),
    [
        (1, 80, "scaglione fino a 10 giorni"),
        (10, 80, "scaglione fino a 10 giorni"),
        (11, 50, "scaglione fino a 30 giorni"),
        (31, 0, "oltre 30 giorni"),
    ],
)
def test_a_delay_meets_the_first_step_that_holds_it(days, worth, words):
    assert (STEPS.worth_of_delay(days), STEPS.delay_in_words(days)) == (Decimal(worth), words)


def test_all_or_nothing_knows_no_steps():
    assert (Criteria().worth_of_delay(1), Criteria().delay_in_words(1)) == (Decimal(0), "tutto o niente")


def test_steps_that_are_missing_are_worth_nothing():
    none = Criteria(late=LateRule.A_SCAGLIONI, late_steps=())
    assert (none.worth_of_delay(1), none.delay_in_words(1)) == (Decimal(0), "nessuno scaglione di ritardo")


def test_they_are_told_in_sentences():
    assert Criteria().sentences == [
        "Un valore non raggiunto: in proporzione a quanto è stato raggiunto.",
        "Un termine rispettato vale 100 %, uno non rispettato 0 %.",
        "Un indicatore vale al massimo 100 %.",
        "Dove tutti gli indicatori di una media hanno un peso scritto, i pesi contano.",
    ]
    other = Criteria(120, PartialRule.TUTTO_O_NIENTE, LateRule.A_SCAGLIONI, ((10, 80), (30, 50)), False)
    assert other.sentences == [
        "Un valore non raggiunto: tutto o niente.",
        "Un termine rispettato vale 100 %; fino a 10 giorni di ritardo 80 %, fino a 30 giorni di ritardo 50 %, "
        "oltre 0 %.",
        "Un indicatore vale al massimo 120 %.",
        "I pesi degli indicatori non contano: la media è semplice.",
    ]


def test_they_come_back_from_what_is_stored():
    assert Criteria.from_json(STEPS.to_json()) == STEPS
