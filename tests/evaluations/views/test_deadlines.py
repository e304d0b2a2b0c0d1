"""The pages of deadlines, and the calendar that needs no sign-in but a secret."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from evaluations.choices import Digest
from evaluations.feeds import new_address, subscription_of
from organisation.roles import Role
from tests.pages import text, texts, with_class
from tests.plans import adopt, indicator_data, sheet_data

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
PHASES = [{"slot": 1, "text": "Fase", "months": []}]
ROWS = "//tbody/tr/td[2]/a"


def due(name, days, **facts):
    """A sheet with one indicator, due so many days from today."""
    on = TODAY + dt.timedelta(days=days)
    return sheet_data(indicators=[indicator_data(name, f"{on:%d/%m/%Y}")], phases=PHASES, **facts)


@pytest.fixture
def plan(caluso):
    """A plan in force, with a day that was missed, one to come, and one of half a year on."""
    first = f"{TODAY - dt.timedelta(days=60):%Y-%m-%d}"
    return adopt(
        caluso, 8, first, due("Avvio", -3, number=1), due("Collaudo", 10, number=2),
        due("Chiusura", 200, number=1, sector="TECNICO"),
    )  # fmt: skip


@pytest.fixture
def visit(signed_in, segretario):
    """Fetch the page as the Segretario."""
    client = signed_in(segretario)
    return lambda **query: client.get("/caluso/scadenze/", query)


def test_what_is_overdue_comes_first_and_says_so(visit, plan):
    page = visit(tipo="INDICATORE")
    assert texts(page, "//main//h2")[0] == "In ritardo"
    assert texts(page, ROWS) == ["Avvio", "Collaudo"]
    assert text(page, with_class("late") + "//td[4]") == "in ritardo di 3 giorni"


def test_without_a_limit_all_comes(visit, plan):
    assert texts(visit(tipo="INDICATORE", periodo="tutte"), ROWS) == ["Avvio", "Collaudo", "Chiusura"]


def test_of_one_settore(visit, plan):
    tecnico = plan.sheets.get(sector__name="TECNICO").sector_id
    assert texts(visit(settore=tecnico, periodo="tutte"), ROWS) == ["Chiusura"]


def test_a_choice_that_is_not_there_is_said_and_all_is_shown(visit, plan):
    page = visit(tipo="NIENTE", settore="abc")
    assert "Una delle scelte non c'è" in text(page, with_class("wrong"))
    assert "Collaudo" in texts(page, ROWS)


def test_where_nothing_comes(visit, caluso):
    assert "Nessuna scadenza" in texts(visit(), with_class("empty-title"))


def test_all_the_entities_of_a_person_on_one_page(plan, caluso, esempio, make_person, signed_in):
    adopt(esempio, 3, f"{TODAY - dt.timedelta(days=9):%Y-%m-%d}", due("Altrove", 5))
    client = signed_in(make_person("due.enti", (caluso, Role.LETTURA), (esempio, Role.LETTURA)))
    here = {"tipo": "INDICATORE"}
    assert "Altrove" not in texts(client.get("/caluso/scadenze/", here), ROWS)
    assert "Altrove" in texts(client.get("/caluso/scadenze/", here | {"ente": "tutti"}), ROWS)


@pytest.mark.parametrize("count", [1, 30])
def test_the_queries_are_the_same_whatever_the_length(visit, caluso, django_assert_num_queries, count):
    day = f"{TODAY - dt.timedelta(days=9):%Y-%m-%d}"
    adopt(caluso, 8, day, *(due(f"Termine {number}", 5, number=number) for number in range(1, count + 1)))
    with django_assert_num_queries(12):
        assert len(texts(visit(tipo="INDICATORE"), ROWS)) == count


def test_many_come_page_by_page_or_all_to_print(visit, caluso):
    day = f"{TODAY - dt.timedelta(days=60):%Y-%m-%d}"
    late, coming = (f"{TODAY + dt.timedelta(days=days):%d/%m/%Y}" for days in (-3, 5))
    every = [indicator_data(f"Termine {number}", late if number <= 30 else coming) for number in range(300)]
    sheets = (sheet_data(indicators=every[first::6], phases=PHASES, number=first + 1) for first in range(6))
    adopt(caluso, 8, day, *sheets)
    first, second, whole = (visit(tipo="INDICATORE", pagina=page) for page in ("", "2", "tutte"))
    assert [len(texts(page, ROWS)) for page in (first, second, whole)] == [250, 50, 300]
    assert not set(texts(first, ROWS)) & set(texts(second, ROWS))
    assert texts(second, "//main//h2")[0] != "In ritardo"
    assert {" ".join(texts(page, "//dl[@class='figures']//dd")) for page in (first, second, whole)} == {"31 269"}
    assert texts(second, "//a[@rel='prev']/@href") == ["?tipo=INDICATORE&pagina=1"]
    assert texts(first, "//a[contains(@href, 'tutte')]/@href") == ["?tipo=INDICATORE&pagina=tutte"]


def test_the_address_is_shown_once(signed_in, segretario, plan):
    client = signed_in(segretario)
    address = text(client.post("/caluso/scadenze/avvisi/indirizzo/"), with_class("secret"))
    assert address.startswith("http")
    assert address.endswith(".ics")
    assert texts(client.get("/caluso/scadenze/avvisi/"), with_class("secret")) == []


def test_the_address_is_revoked(signed_in, segretario):
    secret, client = new_address(by=segretario), signed_in(segretario)
    page = client.post("/caluso/scadenze/avvisi/revoca/", follow=True)
    assert "non porta più a nulla" in text(page, with_class("alert"))
    assert Client().get(f"/scadenze/{secret}.ics").status_code == 404
    again = client.post("/caluso/scadenze/avvisi/revoca/", follow=True)
    assert "Non c'è nessun indirizzo" in text(again, with_class("alert"))


def test_a_digest_is_chosen(signed_in, segretario):
    client = signed_in(segretario)
    refused = client.post("/caluso/scadenze/avvisi/", {"digest": Digest.GIORNALIERO})
    assert refused.status_code == 422
    assert "indirizzo di e-mail" in text(refused, with_class("wrong"))
    segretario.email = "segretario@esempio.invalid"
    segretario.save()
    page = client.post("/caluso/scadenze/avvisi/", {"digest": Digest.GIORNALIERO}, follow=True)
    assert "ogni giorno in cui c'è qualcosa" in text(page, with_class("alert"))
    assert subscription_of(segretario).digest == Digest.GIORNALIERO


@pytest.fixture
def feed(segretario, plan):
    """The path of the calendar of the Segretario."""
    return f"/scadenze/{new_address(by=segretario)}.ics"


def names(response):
    """The events of an answer."""
    return [str(event["summary"]) for event in Calendar.from_ical(response.content).walk("VEVENT")]


def test_a_calendar_program_needs_only_the_address(feed):
    answer = Client().get(feed)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert {"Termine: Avvio", "Termine: Collaudo", "Termine: Chiusura"} <= set(names(answer))
    assert answer["Cache-Control"] == "private, max-age=900"
    assert not answer.cookies


def test_what_did_not_change_is_not_sent_again(feed):
    tag = Client().get(feed)["ETag"]
    again = Client().get(feed, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert Client().head(feed).status_code == 200


def test_it_holds_what_the_person_may_see_now(feed, segretario):
    segretario.memberships.get().delete()
    assert Client().get(feed).status_code == 404


def test_an_office_gets_its_own_settori(plan, ufficio):
    ufficio.memberships.get().sectors.add(plan.sheets.get(sector__name="TECNICO").sector)
    answer = Client().get(f"/scadenze/{new_address(by=ufficio)}.ics")
    assert [name for name in names(answer) if name.startswith("Termine")] == ["Termine: Chiusura"]


def test_who_tries_addresses_is_stopped(db, settings):
    settings.RATES_PER_MINUTE = settings.RATES_PER_MINUTE | {"check": 2}
    assert [Client().get(f"/scadenze/x{number}.ics").status_code for number in range(3)] == [404, 404, 429]


def test_a_calendar_is_only_read(feed):
    assert Client().post(feed).status_code == 405
