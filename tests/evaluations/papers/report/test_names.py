"""Whether a text names the staff of a plan, however the name is written (R32)."""

import pytest

from evaluations.papers.report.names import name_of, named_in, staff_names
from objectives.models import Plan

NAMES = {name_of("BIANCHI Anna"), name_of("Dott. Ugo De Neri")}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Merito di Anna Bianchi, che ha seguito tutto.", ["Anna Bianchi"]),
        ("merito di BIANCHI ANNA", ["Bianchi Anna"]),
        ("Il lavoro dell'arch. De Neri Ugo", ["De Neri Ugo"]),
        ("Anna e Bianchi sono due persone", []),
        ("L'ufficio ragioneria", []),
        ("", []),
    ],
)
def test_a_name_is_found_whichever_word_comes_first(text, found):
    assert named_in(text, NAMES) == found


def test_without_names_nothing_is_found():
    assert named_in("Anna Bianchi", set()) == []


@pytest.mark.django_db
def test_the_names_are_those_of_the_staff_tables_of_the_plan(plan):
    assert staff_names(plan) == {name_of("Anna Bianchi"), name_of("Ugo Neri")}
    other = Plan(entity=plan.entity, year=plan.year + 1)
    other.save()
    assert staff_names(other) == set()
