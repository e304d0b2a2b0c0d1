"""The main menu: for each person what they may open, at most seven entries, and where one is."""

import pytest

from organisation.access import Place
from organisation.menu import menu_of
from organisation.models import Entity, Membership
from organisation.roles import Role
from tests.pages import text, texts

READER = {"Piano": 5, "Atti": 1, "Risultati": 1, "Scadenze": 1, "Cerca": 1}
WORKER = {"Piano": 5, "Atti": 1, "In corso": 2, "Risultati": 2, "Scadenze": 1, "Cerca": 1}


def place(*roles):
    entity = Entity(name="Comune di Caluso", slug="caluso")
    return Place(entity, tuple(Membership(entity=entity, role=role) for role in roles))


@pytest.mark.parametrize(
    ("roles", "shown"),
    [
        ([Role.LETTURA], READER),
        ([Role.AMMINISTRATORE], READER | {"Piano": 6}),
        ([Role.NUCLEO], READER | {"Risultati": 3}),
        ([Role.UFFICIO], WORKER),
        ([Role.RESPONSABILE], WORKER),
        ([Role.SEGRETARIO], WORKER | {"Piano": 6, "Risultati": 3}),
        (list(Role), WORKER | {"Piano": 6, "Risultati": 3}),
    ],
)
def test_each_role_finds_what_it_may_open(roles, shown):
    assert {group.text: len(group.links) for group in menu_of(place(*roles))} == shown


@pytest.mark.parametrize(
    ("here", "groups", "links"),
    [
        ("plan_after", ["Piano"], [("In vigore oggi", "page")]),
        ("sheet_history", ["Piano"], []),
        ("act", ["Atti"], [("Atti", "true")]),
        ("acts", ["Atti"], [("Atti", "page")]),
        ("proposal_new", ["In corso"], [("Proposte di deliberazione", "page")]),
        ("validation_sheet", ["Risultati"], []),
        ("entity", [], []),
    ],
)
def test_it_says_where_one_is(here, groups, links):
    menu = menu_of(place(Role.SEGRETARIO), here)
    assert [group.text for group in menu if group.current] == groups
    assert [(link.text, link.current) for group in menu for link in group.links if link.current] == links


@pytest.mark.django_db
def test_pages_show_it(signed_in, segretario):
    page = signed_in(segretario).get("/caluso/settori/")
    assert text(page, "//nav[@class='menu']//summary[@aria-current='true']") == "Piano"
    assert texts(page, "//nav[@class='menu']//a[@aria-current='page']/@href") == ["/caluso/settori/"]
    assert texts(signed_in(segretario).get("/verifica/"), "//nav[@class='menu']") == []


@pytest.mark.django_db
def test_the_pages_of_a_plan_lead_to_the_most_recent(signed_in, lettura, caluso):
    client = signed_in(lettura)
    assert "Nessun piano" in client.get("/caluso/piano/grafici/").content.decode()
    caluso.plans.create(year=2022, name="Piano della Performance")
    caluso.plans.create(year=2023, name="Piano della Performance")
    assert client.get("/caluso/piano/grafici/")["Location"] == "/caluso/piano/2023/grafici/"
    assert client.get("/caluso/piano/confronto/")["Location"] == "/caluso/piano/2023/confronto/"
    assert client.get("/caluso/relazione/")["Location"] == "/caluso/relazione/2023/"
