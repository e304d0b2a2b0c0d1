"""R10–R13: what the act needs before the vote, and how the Giunta voted. GC 100/2022: five members, four present."""

import pytest

from objectives.rules import ActFacts, OpinionGiven
from tests.rules import OPINIONS, act, adoption, told

TECHNICAL, ACCOUNTING = OPINIONS
FOUR_OF_FIVE = {"present": (True,) * 4 + (False,), "votes_for": 4}


def opinions(*given):
    return adoption(act=act(opinions=given))


@pytest.mark.parametrize("outcome", ["FAVOREVOLE", "NON_NECESSARIO"])
def test_both_opinions_are_there(outcome):
    given = opinions(TECHNICAL, OpinionGiven("CONTABILE", outcome))
    assert told("R10", given) + told("R11", given) == []


def test_a_missing_opinion_blocks():
    assert told("R10", opinions(ACCOUNTING)) == [("E", "Manca il parere di regolarità tecnica.")]
    assert told("R11", opinions(TECHNICAL)) == [
        ("E", "Manca il parere di regolarità contabile, o la dichiarazione che non è necessario.")
    ]


def test_the_technical_opinion_is_always_needed():
    assert told("R10", opinions(OpinionGiven("TECNICA", "NON_NECESSARIO"))) == [
        ("E", "Manca il parere di regolarità tecnica.")
    ]


@pytest.mark.parametrize(("rule", "kind", "name"), [("R10", "TECNICA", "tecnica"), ("R11", "CONTABILE", "contabile")])
def test_an_opinion_on_another_text_is_void(rule, kind, name):
    message = f"Il parere di regolarità {name} non vale più: la proposta è cambiata dopo che è stato dato."
    assert told(rule, opinions(OpinionGiven(kind, "FAVOREVOLE", holds=False))) == [("E", message)]


def test_who_decides_against_an_opinion_says_why():
    assert told("R10", opinions(OpinionGiven("TECNICA", "CONTRARIO"))) == [
        ("W", "Il parere di regolarità tecnica è contrario.")
    ]


def test_opinions_are_asked_for_before_the_session_is_known_and_votes_only_after():
    waiting = adoption(act=ActFacts())
    assert [len(told(rule, waiting)) for rule in ("R10", "R11", "R12", "R13")] == [1, 1, 0, 0]


def test_four_present_and_one_absent_of_five_agree_with_the_vote():
    assert told("R12", adoption(act=act(**FOUR_OF_FIVE, expected_members=5))) == []


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"votes_for": 5}, ("E", "I voti sono 5, i presenti 4.")),
        ({"votes_for": 3, "abstained": 2}, ("E", "I voti sono 5, i presenti 4.")),
        ({"votes_for": None}, ("E", "Mancano i voti.")),
        ({"votes_for": 2, "votes_against": 2}, ("E", "I favorevoli (2) non sono più dei contrari (2).")),
        ({"expected_members": 6}, ("W", "I componenti indicati sono 5; nell'ultimo atto erano 6.")),
    ],
)
def test_votes_and_members_add_up(facts, found):
    assert told("R12", adoption(act=act(**{**FOUR_OF_FIVE, **facts}))) == [found]


def test_a_session_without_anybody_present_is_none():
    empty = told("R12", adoption(act=act(present=(), votes_for=0)))
    assert empty == [
        ("E", "Manca l'elenco dei presenti."),
        ("E", "I favorevoli (0) non sono più dei contrari (0)."),
    ]


def immediate(**facts):
    told_of_it = {"immediate_for": 4, "immediate_reason": "Scadenze vicine.", **FOUR_OF_FIVE, **facts}
    return adoption(act=act(days={"immediately_enforceable": True}, **told_of_it))


def test_immediate_enforceability_has_its_vote_its_majority_and_its_reason():
    assert told("R13", immediate()) == []
    assert told("R13", immediate(immediate_for=3, immediate_abstained=1)) == []


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"immediate_reason": " "}, "Manca il motivo dell'immediata eseguibilità."),
        ({"immediate_for": None}, "Manca il voto separato sull'immediata eseguibilità."),
        ({"immediate_for": 3}, "I voti sull'immediata eseguibilità sono 3, i presenti 4."),
        (
            {"immediate_for": 2, "immediate_against": 2},
            "I favorevoli all'immediata eseguibilità sono 2 su 5 componenti: non è la maggioranza.",
        ),
    ],
)
def test_what_immediate_enforceability_lacks_blocks(facts, message):
    assert told("R13", immediate(**facts)) == [("E", message)]


def test_the_majority_is_of_the_members_and_not_of_those_present():
    """Three present of six, all in favour: unanimous, and not enough."""
    present = (True,) * 3 + (False,) * 3
    message = "I favorevoli all'immediata eseguibilità sono 3 su 6 componenti: non è la maggioranza."
    assert told("R13", immediate(present=present, votes_for=3, immediate_for=3)) == [("E", message)]


def test_an_act_that_waits_for_its_publication_needs_no_second_vote():
    assert told("R13", adoption(act=act())) == []
