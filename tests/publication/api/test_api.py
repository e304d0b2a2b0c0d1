"""The interface for programs: the same data in small pieces, and what it says when it has none."""

import datetime as dt
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from publication.api.operations import OPERATIONS
from publication.api.problems import Kind
from tests.factories import load, make_entity, written_act
from tests.pages import texts
from tests.this_year import YEAR, approved_plan, full_sheet, sheet_of

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/enti"
PLAN = f"{ROOT}/caluso/piani/{YEAR}"


@pytest.fixture
def get(client):
    """Ask for an address, and read what is told."""
    return lambda address: client.get(address).json()


def changed_plan(caluso, *sheets):
    """An act of the second of January that changes the plan approved by GC 8."""
    data = written_act(9, f"{YEAR}-01-02", *sheets, cites=[(8, f"{YEAR}-01-01")])
    load({**data, "plan": {"year": YEAR, "triennium": None}}, caluso)


def test_links_lead_from_the_entities_to_an_objective(get, plan):
    entity = get(ROOT)["elementi"][0]
    found = get(entity["piani"])["elementi"][0]
    assert (entity["nome"], found["anno"], found["relazione"]) == ("Comune di Caluso", YEAR, None)
    one = get(found["obiettivi"])["elementi"][0]
    alone = get(f"{found['obiettivi']}/{one['codice']}")
    assert alone == {**one, "eliminato": False}
    assert (one["obiettivo"], one["persone_coinvolte"], one["atto"]) == ("=SOMMA(A1)", 2, f"gc-8-{YEAR}")
    assert get(found["atti"])["elementi"][0]["obiettivi"] == f"http://testserver{PLAN}/atti/gc-8-{YEAR}/obiettivi"
    assert get(found["validazioni"])["totale"] == 0


def test_the_plan_on_a_day_after_an_act_and_what_each_act_did(get, plan, caluso):
    change = full_sheet(2, change="MODIFICATO", weight=40, title="Obiettivo nuovo")
    changed_plan(caluso, change, full_sheet(1, change="ELIMINATO", weight=60))
    gone, kept = (sheet_of(plan, number).objective.code for number in (1, 2))

    def titles(address):
        return [one["obiettivo"] for one in get(address)["elementi"]]

    assert titles(f"{PLAN}/obiettivi") == titles(f"{PLAN}/obiettivi?al={YEAR}-01-02") == ["Obiettivo nuovo"]
    before = ["=SOMMA(A1)", "Obiettivo 2"]
    assert titles(f"{PLAN}/obiettivi?al={YEAR}-01-01") == titles(f"{PLAN}/atti/gc-8-{YEAR}/obiettivi") == before
    assert titles(f"{PLAN}/obiettivi/{kept}/versioni") == ["Obiettivo 2", "Obiettivo nuovo"]
    assert get(f"{PLAN}/obiettivi/{gone}")["eliminato"]
    done = {one["numero"]: one["variazione"] for one in get(f"{PLAN}/atti/gc-9-{YEAR}")["variazioni"]}
    assert done == {1: "ELIMINATO", 2: "MODIFICATO"}


def test_the_page_explains_every_problem(client):
    assert texts(client.get("/api/"), "//dt/@id") == [kind.anchor for kind in Kind]


def test_lists_come_in_pages(client, get, plan):
    first = client.get(f"{PLAN}/obiettivi?per_pagina=1")
    second = first.json()["successiva"]
    assert first["Link"] == f'<{second}>; rel="next"'
    assert (get(second)["elementi"][0]["numero"], get(second)["successiva"]) == (2, None)
    assert get(get(second)["precedente"]) == first.json()


@pytest.mark.parametrize(
    ("address", "status", "detail"),
    [
        (f"{PLAN}?al=2022-10-18", 400, "Il parametro «al» qui non c'è. Ammessi: nessuno."),
        (f"{PLAN}/obiettivi?al=18/10/2022", 400, "«al» è un giorno scritto AAAA-MM-GG, per esempio 2022-10-18."),
        (f"{PLAN}/obiettivi?al=%00", 400, "«al» è un giorno scritto AAAA-MM-GG, per esempio 2022-10-18."),
        (f"{ROOT}?pagina=0", 400, "«pagina» è un numero intero da 1 a 10000."),
        (f"{ROOT}?per_pagina=1000", 400, "«per_pagina» è un numero intero da 1 a 100."),
        (f"{ROOT}?pagina=1&pagina=2", 400, "Il parametro «pagina» compare più volte: indicarlo una volta."),
        (f"{ROOT}/mai-visto", 404, "Nessun ente pubblica i suoi piani a questo indirizzo."),
        (f"{ROOT}/caluso/piani/{'9' * 400}", 404, "Nessun piano di quell'anno è in vigore."),
        (f"{PLAN}/atti/gc-9-{YEAR}", 404, "Nessun atto del piano in vigore ha questo nome."),
        (f"{PLAN}/obiettivi/{'0' * 8}-0000-0000-0000-{'0' * 12}", 404, "Nessun obiettivo del piano ha questo codice."),
        ("/api/v2/enti", 404, "A questo indirizzo non c'è nulla: gli indirizzi sono in /api/v1/openapi.json."),
        (f"{ROOT}/x' OR 1=1--", 404, "A questo indirizzo non c'è nulla: gli indirizzi sono in /api/v1/openapi.json."),
    ],
)  # fmt: skip
def test_problems_are_told_in_italian(client, plan, address, status, detail):
    answer = client.get(address)
    told = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert (told["status"], told["detail"], told["type"][:6]) == (status, detail, "/api/#")


def test_a_day_of_which_nothing_is_known(get, plan):
    today = dt.date.today()
    for day in (f"{YEAR - 1}-12-31", f"{today + dt.timedelta(days=1)}"):
        assert "non si conosce: si conosce dal 01/01/" in get(f"{PLAN}/obiettivi?al={day}")["detail"]


def test_after_its_years_a_plan_is_gone(client, caluso):
    caluso.published = True
    caluso.save()
    old = {**written_act(3, f"{YEAR - 6}-01-10", full_sheet(1)), "plan": {"year": YEAR - 6, "triennium": None}}
    load(old, caluso)
    answer = client.get(f"{ROOT}/caluso/piani/{YEAR - 6}")
    assert (answer.status_code, answer.json()["title"]) == (410, "Non più pubblicato")


def test_it_is_open_to_other_sites_and_only_read(client, plan):
    answer = client.get(PLAN)
    assert (answer["Access-Control-Allow-Origin"], answer["Cache-Control"]) == ("*", "public, max-age=600")
    assert client.get(PLAN, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert (client.head(PLAN).status_code, client.head(PLAN).content) == (200, b"")
    written = client.post(PLAN, {"nome": "Altro"})
    assert (written.status_code, written["Allow"]) == (405, "GET, HEAD, OPTIONS")
    asked = client.options(PLAN)
    assert (asked.status_code, asked["Access-Control-Allow-Headers"]) == (204, "If-None-Match")


def test_as_many_queries_for_thirty_objectives_as_for_one(client, db):
    asked = Counter()
    for slug, many in (("caluso", 1), ("altro", 30)):
        town = make_entity(slug, published=True)
        plan = approved_plan(town, *(full_sheet(number, weight=1) for number in range(1, many + 1)))
        known = {"ente": slug, "anno": YEAR, "codice": sheet_of(plan, 1).objective.code, "atto": f"gc-8-{YEAR}"}
        for one in OPERATIONS:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse(one.name, args=[known[name] for name in one.in_path])).status_code == 200
            asked[one.name, len(queries)] += 1
    assert set(asked.values()) == {2}
    assert max(count for _, count in asked) <= 12
