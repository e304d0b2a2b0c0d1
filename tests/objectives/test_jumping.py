"""Where a few letters lead, for each person; nobody is led to a draft that they may not see."""

import pytest

from objectives.models import Sheet
from objectives.saved_searches import keep_search
from objectives.workflow import amend
from organisation.models import Membership, Sector
from organisation.roles import Role
from tests.plans import adopt, cites, sheet_data
from tests.this_year import rewritten

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(caluso):
    """Three sheets of two settori in two years; one was changed, one taken out."""
    first = adopt(
        caluso,
        10,
        "2022-01-10",
        sheet_data(1, title="Attività dello sportello"),
        sheet_data(2, title="Biblioteca"),
        sheet_data(3, title="Riscossione", sector="TRIBUTI"),
    )
    sheets = sheet_data(1, title="Sportello al cittadino", change="MODIFICATO"), sheet_data(2, change="ELIMINATO")
    adopt(caluso, 100, "2022-06-10", *sheets, cites=cites(first))
    adopt(caluso, 1, "2023-01-10", sheet_data(1, title="Sportello telematico"))


@pytest.fixture
def jump(plan, signed_in):
    """Ask as somebody; what is answered, as "Kind: name"."""

    def ask(person, typed):
        answer = signed_in(person).get("/caluso/vai/", {"q": typed}).json()["goals"]
        return [f"{goal['kind']}: {goal['name']}" for goal in answer]

    return ask


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("GC 100", "Atto: GC 100/2022"),
        ("gc 10", "Atto: GC 10/2022"),
        ("10/2022", "Atto: GC 10/2022"),
        ("attivita", None),
        ("SPORTELLÒ citt", "Scheda: Sportello al cittadino"),
        ("finanziario 1 2023", "Scheda: Sportello telematico"),
        ("tributi", "Settore: TRIBUTI"),
        ("piano 2022", "Piano: Piano 2022"),
        ("scaden", "Pagina: Scadenze"),
        ("eliminata", "Scheda: OBIETTIVO 2"),
        ("biennali", "Ricerca salvata: Biennali"),
        ("zz", None),
    ],
)
def test_the_first_place_that_letters_lead_to(jump, caluso, lettura, typed, first):
    keep_search(caluso, "Biennali", "pluriennale=si", by=lettura)
    assert next(iter(jump(lettura, typed)), None) == first


def test_what_fits_equally_well_stands_with_the_latest_plan_first(jump, lettura):
    assert jump(lettura, "sportello") == ["Scheda: Sportello telematico", "Scheda: Sportello al cittadino"]


def test_each_place_has_its_address(signed_in, plan, caluso, lettura):
    keep_search(caluso, "Biennali", "pluriennale=si", by=lettura)
    client, sector = signed_in(lettura), Sector.objects.get(name="TRIBUTI").pk
    found = {
        typed: client.get("/caluso/vai/", {"q": typed}).json()["goals"][0] for typed in ("gc 100", "tributi", "bien")
    }
    assert {typed: goal["url"] for typed, goal in found.items()} == {
        "gc 100": "/caluso/atti/gc-100-2022/",
        "tributi": f"/caluso/piano/2022/#settore-{sector}",
        "bien": "/caluso/cerca/?pluriennale=si",
    }


def test_of_nothing_there_are_the_menu_and_what_one_keeps(jump, caluso, lettura, segretario):
    keep_search(caluso, "Biennali", "pluriennale=si", by=lettura)
    assert jump(lettura, " ")[-1] == "Ricerca salvata: Biennali"
    assert "Pagina: Importa un atto" not in jump(lettura, "")
    assert "Pagina: Importa un atto" in jump(segretario, "")
    assert jump(segretario, "biennali") == []


def test_only_who_may_see_a_draft_is_led_to_it(jump, make_person, caluso, ufficio, segretario, nucleo, lettura):
    draft = rewritten(amend(Sheet.objects.get(title="Riscossione"), by=ufficio), ufficio)
    altrove = make_person("altrove", (caluso, Role.UFFICIO))
    Membership.objects.get(user=altrove).sectors.add(Sector.objects.get(name="FINANZIARIO"))
    led = {person.username: f"Scheda: {draft.title}" in jump(person, "tributi 3 bozza") for person in (
        ufficio, segretario, altrove, nucleo, lettura)}  # fmt: skip
    assert led == {"ufficio": True, "segretario": True, "altrove": False, "nucleo": False, "lettura": False}


@pytest.mark.parametrize(("count", "role", "queries"), [
    (1, Role.LETTURA, 7), (30, Role.LETTURA, 7), (1, Role.UFFICIO, 7), (30, Role.UFFICIO, 7),
])  # fmt: skip
def test_it_takes_the_same_queries_whatever_is_there(
    signed_in, make_person, caluso, django_assert_num_queries, count, role, queries
):
    adopt(caluso, 1, "2022-01-10", *[sheet_data(n, title="Sportello") for n in range(1, count + 1)])
    client = signed_in(make_person("chiunque", (caluso, role)))
    with django_assert_num_queries(queries):  # three of them tell who asks, and in which entity
        assert len(client.get("/caluso/vai/", {"q": "sportello"}).json()["goals"]) == min(count, 12)
