"""Two people on one draft: where their texts differ, and the text that comes of the choices."""

import copy

import pytest

from objectives.forms.conflict import STORED, differences, merged
from objectives.forms.draft import DraftForm
from objectives.forms.stored import typed_of
from objectives.forms.typed import change_rows
from objectives.workflow import amend
from tests.this_year import YEAR, approved_plan, sheet_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def change(caluso, ufficio):
    """A draft that changes FINANZIARIO n° 1: two phases, two indicators."""
    return amend(sheet_of(approved_plan(caluso), 1), by=ufficio)


@pytest.fixture
def mine(change):
    """What I have in the form."""
    return typed_of(change)


@pytest.fixture
def stored(mine):
    """What somebody else saved: to begin with, the same."""
    return copy.deepcopy(mine)


def found(change, mine, stored):
    return [
        (one.label, one.mine, one.stored) for one in differences(DraftForm(change, mine), DraftForm(change, stored))
    ]


def test_the_same_text_has_no_difference(change, mine, stored):
    mine.fields |= {"weight": ["60,00"], "title": [f" {mine.fields['title'][0]}  "]}
    change_rows(mine, "aggiungi-persona")
    assert found(change, mine, stored) == []


def test_a_field_is_shown_in_the_words_of_the_page(change, mine, stored):
    mine.fields |= {"motive": ["SLITTAMENTO"], "multi_year": ["on"]}
    assert found(change, mine, stored) == [
        ("Obiettivo pluriennale", "sì", "no"),
        ("Motivo della variazione", "Slittamento dei tempi", "da scegliere"),
    ]


def test_a_phase_is_shown_with_its_slot_and_months(change, mine, stored):
    mine.phases[1].slot = 5
    stored.phases[1].values["months"] = [f"{YEAR}-03"]
    assert found(change, mine, stored) == [
        ("Fase 5", f"Verifica\nCasella: 5\nMesi: dicembre {YEAR}", f"Verifica\nCasella: 2\nMesi: marzo {YEAR}")
    ]


def test_a_row_that_only_one_of_them_has(change, mine, stored):
    del stored.indicators[0]
    change_rows(mine, "aggiungi-persona")
    mine.staff[0].values |= {"name": ["Anna Bianchi"], "share": ["50"]}
    assert found(change, mine, stored) == [
        ("Indice 1", f"Avvio del servizio\nValore atteso: 31/12/{YEAR}", ""),
        ("Persona 1", "Anna Bianchi\n% partecipazione: 50", ""),
    ]


def test_another_order_is_a_difference_of_its_own(change, mine, stored):
    for typed, names in ((mine, "ab"), (stored, "ba")):
        for name in names:
            change_rows(typed, "aggiungi-persona")
            typed.staff[-1].key = f"00000000-0000-4000-8000-0000000000a{'ab'.index(name)}"
            typed.staff[-1].values["name"] = [name]
    assert found(change, mine, stored) == [("Ordine del personale", "1. a\n2. b", "1. b\n2. a")]


def test_what_only_one_of_the_texts_has_is_marked(change, mine, stored):
    mine.fields["title"], stored.fields["title"] = ["Sportello unico"], ["Sportello digitale"]
    (one,) = differences(DraftForm(change, mine), DraftForm(change, stored))
    assert [side.pieces for side in one.marked] == [
        [("Sportello ", False), ("unico", True)],
        [("Sportello ", False), ("digitale", True)],
    ]


def test_what_only_one_of_them_touched_is_suggested(change, mine, stored):
    mine.fields |= {"title": ["Il mio"], "kind": ["MIO"]}
    stored.fields |= {"title": ["Il suo"], "weight": ["20"]}
    change_rows(stored, f"togli-fase:{stored.phases[1].key}")
    chosen = {one.label: one.chosen for one in differences(DraftForm(change, mine), DraftForm(change, stored))}
    assert chosen == {"Peso": STORED, "Tipo di obiettivo": "mio", "Obiettivo": "", "Fase 2": STORED}


def test_nothing_is_suggested_by_a_page_that_does_not_know_how_it_was_opened(change, mine, stored):
    mine.fields["title"] = ["Il mio"]
    for mine.opened in ("", "x", "[1]", "7", "[" * 100_000):
        assert [one.chosen for one in differences(DraftForm(change, mine), DraftForm(change, stored))] == [""]


def test_each_point_is_taken_from_where_it_was_chosen(change, mine, stored):
    stored.row_version = 7
    mine.fields |= {"title": ["Il mio"], "weight": ["10"]}
    stored.fields |= {"title": ["Il suo"], "weight": ["20"]}
    change_rows(mine, f"togli-fase:{mine.phases[1].key}")
    stored.phases[0].values["text"] = ["Avvio anticipato"]
    first, second = (f"fase:{row.key}" for row in stored.phases)
    kept = merged(mine, stored, {"title": STORED, "weight": "mio", first: STORED, second: "mio"})
    assert (kept.row_version, kept.fields["title"], kept.fields["weight"]) == (7, ["Il suo"], ["10"])
    assert [row.text("text") for row in kept.phases] == ["Avvio anticipato"]


def test_two_phases_chosen_for_one_slot_both_stay(change, mine, stored):
    for typed, text in ((mine, "Mia"), (stored, "Sua")):
        change_rows(typed, "aggiungi-fase:3")
        typed.phases[-1].values["text"] = [text]
    kept = merged(mine, stored, {f"fase:{stored.phases[-1].key}": STORED})
    assert [(row.slot, row.text("text")) for row in kept.phases] == [
        (1, "Avvio"),
        (2, "Verifica"),
        (3, "Mia"),
        (4, "Sua"),
    ]


@pytest.mark.parametrize("opened", ["[" * 100_000, "[]", "9" * 5000, '{"weight": [[]]}'])
def test_whatever_a_page_says_stood_there_the_texts_are_compared(change, mine, stored, opened):
    mine.opened = opened
    mine.fields["weight"] = ["61"]
    assert found(change, mine, stored) == [("Peso", "61", "60")]


@pytest.mark.parametrize("typed", ["1e9999999", "NaN", "Infinity", "9" * 5000, "sessanta"])
def test_a_weight_that_is_none_is_shown_as_typed(change, mine, stored, typed):
    mine.fields["weight"] = [typed]
    assert found(change, mine, stored) == [("Peso", typed, "60")]
