"""R07, R09: why a sheet changes, and which act the change amends."""

import datetime as dt

import pytest

from objectives.rules import Stage, Substituted
from tests.rules import GC8, act, adoption, change_set, draft, places, proposed, sheet, told


@pytest.mark.parametrize("change", ["MODIFICATO", "ELIMINATO", "INSERITO"])
def test_a_change_has_a_motive_and_words(change):
    assert told("R07", change_set(draft(change=change))) == []
    bare = change_set(draft(change=change, motive="", motive_text="  "))
    assert told("R07", bare) == [
        ("E", "FINANZIARIO n° 1: manca il motivo della variazione."),
        ("E", "FINANZIARIO n° 1: manca la motivazione a parole."),
    ]
    assert places("R07", bare) == ["motive", "motive_text"]


def test_the_first_approval_of_a_plan_needs_no_motive():
    changes = change_set(draft(change="INSERITO", motive="", motive_text=""), first_approval=True)
    assert told("R07", changes) == []


GONE = Substituted(102, "FINANZIARIO n° 2", "ELIMINATO")


def test_a_removal_and_a_new_sheet_of_one_number_may_be_linked():
    changes = change_set(draft(2, change="ELIMINATO"), draft(2, change="INSERITO", sheet=202))
    message = "FINANZIARIO n° 2: ha il numero di una scheda eliminata: se la sostituisce, il collegamento lo dice."
    assert told("R07", changes) == [("I", message)]
    linked = proposed(draft(2, change="INSERITO", sheet=202, substitutes=102), substituted=GONE)
    assert told("R07", change_set(draft(2, change="ELIMINATO"), linked, stage=Stage.ADOPT)) == []


def test_a_substitution_whose_removal_is_left_out_is_refused_at_the_act():
    linked = proposed(draft(2, change="INSERITO", sheet=202, substitutes=102), substituted=GONE)
    assert told("R07", change_set(linked, stage=Stage.APPROVE)) == []
    assert told("R07", change_set(linked, stage=Stage.ADOPT)) == [
        ("E", "FINANZIARIO n° 2: sostituisce FINANZIARIO n° 2, la cui eliminazione non è in questa proposta.")
    ]


def test_a_sheet_may_take_the_place_of_one_that_an_earlier_act_removed():
    adopted = Substituted(102, "FINANZIARIO n° 2", "ELIMINATO", adopted=True)
    linked = proposed(draft(2, change="INSERITO", substitutes=102), substituted=adopted)
    assert told("R07", change_set(linked, stage=Stage.ADOPT)) == []


def test_only_a_removed_sheet_is_substituted():
    still_there = Substituted(102, "FINANZIARIO n° 2", "MODIFICATO")
    linked = proposed(draft(3, change="INSERITO", substitutes=102), substituted=still_there)
    message = "FINANZIARIO n° 3: la sostituzione di FINANZIARIO n° 2 non è fra una scheda eliminata e una inserita."
    assert told("R07", change_set(linked)) == [("E", message)]


def test_a_change_cites_the_act_it_amends():
    assert told("R09", adoption(act=act())) == []
    assert told("R09", adoption(act=act(cited=frozenset({77})))) == [
        ("E", "La proposta non cita l'atto che ha approvato il piano o una sua modifica."),
        ("W", "FINANZIARIO n° 1: la GC 8/2022, di cui cambia il testo, non è fra gli atti citati."),
    ]


def test_the_first_approval_amends_nothing():
    first = adoption(draft(change="INSERITO"), act=act(cited=frozenset(), plan_acts=frozenset()), first_approval=True)
    assert told("R09", first) == []


def test_a_text_adopted_after_the_session_is_not_what_the_act_changes():
    early = act(days={"session_on": dt.date(2022, 1, 31)})
    assert told("R09", adoption(act=early)) == [
        ("E", "FINANZIARIO n° 1: cambia un testo adottato dopo questa seduta, con la GC 8/2022 del 07/02/2022.")
    ]


def test_of_an_act_not_on_file_no_day_is_held_against_the_change():
    unknown = proposed(draft(), sheet(weight=None, on_file=False), base_act=type(GC8)(8, "GC 8/2022", on_file=False))
    assert told("R09", adoption(unknown, act=act(days={"session_on": dt.date(2022, 1, 31)}))) == []
