"""Who asks too often is told how long to wait, in Italian; nobody else waits for them."""

import logging

import pytest

from organisation import rates
from organisation.roles import Role
from tests.pages import text
from tests.this_year import YEAR, approved_plan, full_sheet

pytestmark = pytest.mark.django_db
MOST = 3
OF_A_PERSON = {
    "search": "/caluso/cerca/?q=sportello",
    "jump": "/caluso/vai/?q=sport",
    "import": "/caluso/importa/",
}
OF_AN_ADDRESS = {
    "check": "/verifica/ABCD-EFGH-JKLM/",
    "api": "/api/v1/enti",
    "public_pdf": f"/trasparenza/caluso/{YEAR}/dopo/gc-999-{YEAR}/piano.pdf",
    "provider": "/accesso/oidc/nessuno/login/callback/",
}


@pytest.fixture(autouse=True)
def few(settings, monkeypatch, caplog):
    """Three questions are allowed; a clock that stands, 20 seconds after a minute began."""
    caplog.set_level(logging.CRITICAL, logger="django.request")
    settings.RATES_PER_MINUTE = dict.fromkeys(settings.RATES_PER_MINUTE, MOST)
    clock = [1_200_000_020.0]
    monkeypatch.setattr(rates.time, "time", lambda: clock[0])
    return clock


def statuses(client, path, times=MOST + 1, **headers):
    return [client.get(path, **headers).status_code for _ in range(times)]


def test_every_limit_is_tried_here(settings):
    assert {*OF_A_PERSON, *OF_AN_ADDRESS, "comment"} == set(settings.RATES_PER_MINUTE)


@pytest.mark.parametrize("page", ["commenti", "allega"])
def test_what_is_said_of_a_draft_is_counted_when_it_is_sent_not_when_it_is_read(page, signed_in, segretario):
    path, client = f"/caluso/bozze/999/{page}/", signed_in(segretario)
    assert statuses(client, path) == [404] * (MOST + 1)
    assert [client.post(path).status_code for _ in range(MOST + 1)] == [404] * MOST + [429]
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("what", OF_A_PERSON)
def test_a_person_waits_and_another_does_not(what, signed_in, segretario, make_person, caluso, few):
    path, client = OF_A_PERSON[what], signed_in(segretario)
    assert statuses(client, path) == [200] * MOST + [429]
    refused = client.get(path)
    assert refused["Retry-After"] == "40"
    assert "riprovare fra 40 secondi" in text(refused, "//main")
    assert signed_in(make_person("altro", (caluso, Role.SEGRETARIO))).get(path).status_code == 200
    few[0] += 40
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("what", OF_AN_ADDRESS)
def test_an_address_waits_and_another_does_not(what, client, caluso):
    approved_plan(caluso, full_sheet(1))
    path = OF_AN_ADDRESS[what]
    free = client.get(path, REMOTE_ADDR="192.0.2.7").status_code
    assert statuses(client, path) == [free] * MOST + [429]
    refused = client.get(path)
    assert refused["Retry-After"] == "40"
    assert "no-store" in refused["Cache-Control"]
    assert client.get(path, REMOTE_ADDR="192.0.2.8").status_code == free


def test_the_interface_refuses_as_a_program_reads_it(client, caluso):
    statuses(client, "/api/v1/enti")
    problem = client.get("/api/v1/enti")
    assert (problem["Content-Type"], problem.json()["title"]) == ("application/problem+json", "Troppe richieste")


def test_an_invented_address_in_a_header_is_not_believed(client, caluso):
    assert statuses(client, "/api/v1/enti", MOST) == [200] * MOST
    assert client.get("/api/v1/enti", HTTP_X_FORWARDED_FOR="192.0.2.9").status_code == 429


def test_counting_writes_nothing_to_the_database(client, caluso, django_assert_num_queries, settings):
    settings.RATES_PER_MINUTE["check"] = 1
    client.get("/verifica/ABCD-EFGH-JKLM/")
    with django_assert_num_queries(0):
        assert client.get("/verifica/ABCD-EFGH-JKLM/").status_code == 429


def test_no_limit_counts_nothing(client, caluso, settings):
    settings.RATES_PER_MINUTE["api"] = 0
    assert statuses(client, "/api/v1/enti", 10) == [200] * 10
