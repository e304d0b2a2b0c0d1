"""What stands in the drafting form: it comes and goes whole, and its rows come, go and move."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from objectives.forms.typed import (
    FIELDS,
    INDICATORS,
    MOST_ROWS,
    STAFF,
    TooManyRowsError,
    Typed,
    TypedRow,
    change_rows,
    typed_from,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
KEYS = st.lists(st.uuids().map(str), max_size=4, unique=True)


def sent(typed):
    """What the page of the form sends."""
    query = QueryDict(mutable=True)
    query.update(typed.data())
    query["row_version"] = str(typed.row_version)
    return query


def phases(typed):
    return [(row.slot, row.text("text")) for row in typed.phases]


def with_phases(**slots):
    """A form with phases in the slots: f1="Avvio"."""
    rows = [
        TypedRow(f"00000000-0000-4000-8000-00000000000{slot[1:]}", {"text": [text]}, int(slot[1:]))
        for slot, text in slots.items()
    ]
    return Typed(1, phases=rows)


def key_of(typed, text):
    rows = [*typed.phases, *typed.indicators, *typed.staff]
    return next(row.key for row in rows if text in (row.text("text"), row.text("name")))


@st.composite
def anything_typed(draw):
    """A form with whatever people type."""
    typed = Typed(draw(st.integers(0, 9999)), {name: [draw(TEXT)] for name in FIELDS})
    for slot, key in enumerate(draw(KEYS), 2):
        typed.phases.append(TypedRow(key, {"text": [draw(TEXT)], "months": ["2022-10", "2023-03"]}, slot))
    for kind in (INDICATORS, STAFF):
        for key in draw(KEYS):
            typed.rows(kind).append(TypedRow(key, {name: [draw(TEXT)] for name in kind.fields}))
    return typed


@given(anything_typed())
def test_what_is_typed_comes_back_as_it_was(typed):
    assert typed_from(sent(typed)) == typed


@given(anything_typed(), st.text(max_size=20))
def test_what_no_button_says_changes_nothing(typed, action):
    before = typed.data()
    change_rows(typed, action if "aggiungi" not in action else "")
    assert typed.data() == before


@given(st.dictionaries(st.sampled_from(["fasi", "indici", "persone", "row_version", "title"]), st.lists(TEXT)))
def test_whatever_is_sent_makes_a_form(query):
    page = QueryDict(mutable=True)
    for name, texts in query.items():
        page.setlist(name, [*texts, "9" * 5000, "1:1"])
    typed = typed_from(page)
    assert len({row.slot for row in typed.phases}) == len(typed.phases)


def test_a_phase_is_added_in_the_slot_that_was_chosen():
    typed = with_phases(f1="Avvio", f8="Fine")
    focus = change_rows(typed, "aggiungi-fase:5")
    assert phases(typed) == [(1, "Avvio"), (5, ""), (8, "Fine")]
    assert focus == f"id_fase-{typed.phases[1].key}-text"


def test_a_slot_that_is_taken_or_not_there_gets_no_phase():
    typed = with_phases(f1="Avvio")
    for slot in ("1", "0", "9", "-1", "x", ""):
        assert change_rows(typed, f"aggiungi-fase:{slot}") == ""
    assert phases(typed) == [(1, "Avvio")]


def test_a_phase_that_moves_changes_places_with_its_neighbour():
    typed = with_phases(f1="Avvio", f2="Verifica")
    change_rows(typed, f"giu-fase:{key_of(typed, 'Avvio')}")
    assert phases(typed) == [(1, "Verifica"), (2, "Avvio")]


def test_a_phase_moves_into_a_free_slot_and_the_others_stay():
    typed = with_phases(f1="Avvio", f3="Fine")
    change_rows(typed, f"su-fase:{key_of(typed, 'Fine')}")
    assert phases(typed) == [(1, "Avvio"), (2, "Fine")]


def test_a_phase_does_not_leave_the_form():
    typed = with_phases(f1="Avvio", f8="Fine")
    up = change_rows(typed, f"su-fase:{key_of(typed, 'Avvio')}")
    down = change_rows(typed, f"giu-fase:{key_of(typed, 'Fine')}")
    assert phases(typed) == [(1, "Avvio"), (8, "Fine")]
    assert (up, down) == (f"giu-fase-{key_of(typed, 'Avvio')}", f"su-fase-{key_of(typed, 'Fine')}")


def test_a_phase_taken_away_leaves_its_slot_free():
    typed = with_phases(f1="Avvio", f2="Verifica", f3="Fine")
    key = key_of(typed, "Verifica")
    assert change_rows(typed, f"togli-fase:{key}") == "rimetti"
    assert change_rows(typed, f"togli-fase:{key}") == ""
    assert phases(typed) == [(1, "Avvio"), (3, "Fine")]


def test_the_row_taken_away_last_is_put_back_where_it_stood():
    typed = with_phases(f1="Avvio", f2="Verifica", f3="Fine")
    key = key_of(typed, "Verifica")
    typed.phases[1].values["months"] = ["2022-10"]
    for _ in range(2):  # each time by a page of its own
        change_rows(typed, f"togli-fase:{key}")
        typed = typed_from(sent(typed))
        assert (typed.removed.begins, typed.removed.place) == ("Verifica", 2)
        assert change_rows(typed, "rimetti") == f"id_fase-{key}-text"
    assert (phases(typed), typed.phases[1].values["months"]) == (
        [(1, "Avvio"), (2, "Verifica"), (3, "Fine")], ["2022-10"]
    )  # fmt: skip
    assert (typed.removed, change_rows(typed, "rimetti")) == (None, "")


def test_where_its_slot_was_taken_meanwhile_it_goes_into_a_free_one():
    typed = with_phases(f1="Avvio", f2="Verifica")
    change_rows(typed, f"togli-fase:{key_of(typed, 'Avvio')}")
    change_rows(typed, "aggiungi-fase:1")
    typed.phases[0].values["text"] = ["Altro"]
    change_rows(typed, "rimetti")
    assert phases(typed) == [(1, "Altro"), (2, "Verifica"), (3, "Avvio")]


def test_people_and_indicators_come_back_too_and_only_the_last_one():
    typed = Typed(1, staff=[TypedRow(name, {"name": [name]}) for name in "abc"])
    for name in "ab":
        change_rows(typed, f"togli-persona:{name}")
    change_rows(typed, "rimetti")
    assert [row.key for row in typed.staff] == ["b", "c"]


@pytest.mark.parametrize("tolta", ["", "fumo:1:a", "fase", "fase:x:y"])
def test_what_makes_no_sense_as_a_row_taken_away_is_none_or_empty(tolta):
    typed = typed_from(QueryDict(f"tolta={tolta}"))
    change_rows(typed, "rimetti")
    assert [row.is_blank for row in typed.phases] in ([], [True])


def test_two_phases_sent_for_one_slot_both_stay():
    typed = typed_from(QueryDict("fasi=2:a&fase-a-text=Avvio&fasi=2:b&fase-b-text=Fine&fasi=99:c&fase-c-text=Poi"))
    assert phases(typed) == [(1, "Fine"), (2, "Avvio"), (3, "Poi")]


@pytest.mark.parametrize("listed", ["fasi", "indici", "persone"])
def test_more_rows_than_any_page_has_are_not_read(listed):
    sent = QueryDict(mutable=True)
    sent.setlist(listed, [f"a{n}" for n in range(MOST_ROWS)])
    assert len(typed_from(sent).data().getlist(listed)) == MOST_ROWS
    sent.appendlist(listed, "b")
    with pytest.raises(TooManyRowsError):
        typed_from(sent)


def test_an_indicator_moves_among_those_of_its_family():
    typed = Typed(1)
    for family, text in (("TEMPO", "a"), ("COSTO", "b"), ("TEMPO", "c")):
        change_rows(typed, f"aggiungi-indice:{family}")
        typed.indicators[-1].values["text"] = [text]
    focus = change_rows(typed, f"su-indice:{key_of(typed, 'c')}")
    assert [row.text("text") for row in typed.indicators] == ["c", "b", "a"]
    assert focus == f"giu-indice-{key_of(typed, 'c')}"


def test_an_indicator_of_no_family_is_not_added():
    typed = Typed(1)
    assert change_rows(typed, "aggiungi-indice:FUMO") == ""
    assert typed.indicators == []


def test_a_person_is_added_and_taken_away():
    typed = Typed(1)
    assert change_rows(typed, "aggiungi-persona") == f"id_persona-{typed.staff[0].key}-category"
    assert change_rows(typed, f"togli-persona:{typed.staff[0].key}") == "aggiungi-persona"  # nothing was typed in it
    assert typed.staff == []


def test_a_key_that_is_none_is_replaced_and_its_text_stays():
    typed = typed_from(QueryDict("persone=../../x&persona-../../x-name=Anna"))
    assert typed.staff[0].key != "../../x"
    assert typed.staff[0].text("name") == "Anna"
