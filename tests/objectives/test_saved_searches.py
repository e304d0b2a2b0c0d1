"""Searches kept under a name: one's own only, each name once, also from two tabs."""

import pytest

from objectives.models import SavedSearch
from objectives.saved_searches import MOST, keep_search, remove_search, rename_search, searches_of
from objectives.workflow import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def late(caluso, ufficio):
    """A search of an office."""
    return keep_search(caluso, "  In   ritardo ", "scadute=on", by=ufficio)


def test_they_stand_by_name_and_leave_their_history(caluso, ufficio, responsabile, late):
    keep_search(caluso, "à biennali", "pluriennale=si", by=ufficio)
    keep_search(caluso, "Altrui", "q=sue", by=responsabile)
    assert [one.name for one in searches_of(ufficio, caluso)] == ["à biennali", "In ritardo"]
    rename_search(late, "Scadute", by=ufficio, known_as="In ritardo")
    remove_search(late, by=ufficio)
    rows = SavedSearch.history.filter(id=late.pk).order_by("history_id")
    assert [(row.history_type, row.name, row.history_user, row.history_change_reason) for row in rows] == [
        ("+", "In ritardo", ufficio, "Ricerca salvata"),
        ("~", "Scadute", ufficio, "Ricerca salvata rinominata"),
        ("-", "Scadute", ufficio, "Ricerca salvata tolta"),
    ]


def test_the_same_again_from_another_tab_is_one_search(caluso, ufficio, late):
    assert keep_search(caluso, "In ritardo", "scadute=on", by=ufficio) == late
    assert searches_of(ufficio, caluso) == [late]


@pytest.mark.parametrize("name", ["In ritardo", "IN RITARDO", "In ritardò"])
def test_a_name_is_taken_once(caluso, ufficio, responsabile, late, name):
    with pytest.raises(Refused, match="C'è già una ricerca salvata che si chiama «In ritardo»"):
        keep_search(caluso, name, "q=altro", by=ufficio)
    other = keep_search(caluso, "Altra", "q=altro", by=ufficio)
    with pytest.raises(Refused, match="C'è già una ricerca salvata"):
        rename_search(other, name, by=ufficio, known_as="Altra")
    assert keep_search(caluso, name, "q=altro", by=responsabile).name == name


def test_a_name_given_in_another_tab_is_not_lost_unseen(ufficio, late):
    rename_search(late, "Scadute", by=ufficio, known_as="In ritardo")
    assert rename_search(late, "Scadute", by=ufficio, known_as="In ritardo").name == "Scadute"
    with pytest.raises(Refused, match="ora si chiama «Scadute»"):
        rename_search(late, "Tardi", by=ufficio, known_as="In ritardo")


def test_what_another_tab_removed_is_gone(ufficio, late):
    remove_search(SavedSearch.objects.get(pk=late.pk), by=ufficio)
    for again in (remove_search, lambda search, by: rename_search(search, "X", by=by, known_as="In ritardo")):
        with pytest.raises(Refused, match="non c'è più"):
            again(late, by=ufficio)


def test_nobody_touches_what_somebody_else_keeps(responsabile, late):
    with pytest.raises(Refused):
        remove_search(late, by=responsabile)
    with pytest.raises(Refused):
        rename_search(late, "Mia", by=responsabile, known_as="In ritardo")
    late.refresh_from_db()
    assert late.name == "In ritardo"


@pytest.mark.parametrize(("name", "query"), [(" ", "q=a"), ("x" * 81, "q=a"), ("x", "q=" + "a" * 1000)])
def test_what_can_not_be_kept_is_refused(caluso, ufficio, name, query):
    with pytest.raises(Refused):
        keep_search(caluso, name, query, by=ufficio)


def test_there_is_an_end_to_them(caluso, ufficio):
    for number in range(MOST):
        keep_search(caluso, f"Ricerca {number}", "q=a", by=ufficio)
    with pytest.raises(Refused, match="al massimo 50"):
        keep_search(caluso, "Ancora una", "q=a", by=ufficio)
