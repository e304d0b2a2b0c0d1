"""The first page after sign-in."""

import pytest

from organisation.roles import Role
from tests.factories import make_draft, make_plan, make_sector
from tests.pages import texts

pytestmark = pytest.mark.django_db


def test_who_works_in_one_entity_goes_straight_there(signed_in, lettura):
    assert signed_in(lettura).get("/")["Location"] == "/caluso/"


def test_who_works_in_two_chooses(signed_in, make_person, caluso, esempio):
    both = make_person("due", (esempio, Role.NUCLEO), (caluso, Role.SEGRETARIO), (caluso, Role.LETTURA))
    page = signed_in(both).get("/")
    assert texts(page, "//main//h2") == ["Comune di Caluso", "Comune di Esempio"]
    assert texts(page, "//main//li/p") == [
        *("Lettura, Segretario", "niente in attesa"),
        *("Nucleo di Valutazione", "niente in attesa", "DATI DIMOSTRATIVI"),
    ]


def test_each_entity_says_how_much_waits_there(signed_in, make_person, caluso, esempio):
    both = make_person("due", (caluso, Role.UFFICIO), (esempio, Role.LETTURA))
    make_draft(make_sector(caluso), make_plan(caluso))
    page = signed_in(both).get("/")
    assert texts(page, "//main//p[@class='waits']") == ["1 cosa da fare", "niente in attesa"]


def test_who_works_nowhere_is_told_whom_to_ask(signed_in, make_person, caluso):
    page = signed_in(make_person("nuovo")).get("/")
    assert texts(page, "//main//p[@class='empty-title']") == ["Nessun ente"]
    assert "Caluso" not in " ".join(texts(page, "//main//h2"))
