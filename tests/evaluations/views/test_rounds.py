"""The pages of the verifications: where each settore stands, what is missing, and the next step of each person."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluations.models import Round, ScoreOverride
from evaluations.rounds import close, confirm, enter, open_round
from organisation.roles import Role
from tests.factories import load, make_plan, written_act
from tests.pages import text, texts, with_class
from tests.results import ON, complete, confirm_all, progress, result
from tests.this_year import YEAR, approved_plan, full_sheet, sheet_of

pytestmark = pytest.mark.django_db
LIST = "/caluso/verifiche/"
PAGE = f"/caluso/verifiche/{YEAR}/intermedia/"
BUTTONS = "//main//a[contains(@class, 'btn')]"
OPEN = with_class("waiting") + "/li/a"
ERRORS = "//*[@role='alert']/p"
LETTO = "//input[@name='letto']/@value"


@pytest.fixture
def entered(open_one, plan, of_finanziario, ufficio, altrove):
    """The verification with everything entered."""
    for sheet, by in (
        (sheet_of(plan, 1), ufficio),
        (sheet_of(plan, 2), ufficio),
        (sheet_of(plan, 1, "TECNICO"), altrove),
    ):
        complete(open_one, sheet, by)
    return open_one


@pytest.fixture
def confirmed(entered, finanziario, tecnico, responsabile, altrove):
    """The same, confirmed by both settori."""
    confirm(entered, finanziario, by=responsabile)
    confirm(entered, tecnico, by=altrove)
    return entered


def states(response):
    """The state of each settore."""
    return dict(
        zip(texts(response, "//li/div/h3"), texts(response, with_class("round-sectors") + "/li/span"), strict=True)
    )


def test_the_list_shows_each_plan_with_its_two_verifications(open_one, signed_in, lettura, segretario):
    page = signed_in(lettura).get(LIST)
    assert texts(page, "//main//li/div/*[1]") == ["Verifica intermedia", "Verifica finale"]
    assert texts(page, with_class("state")) == ["aperta"]
    assert "settori che hanno confermato: 0 di 2" in text(page, "//main")
    assert texts(page, OPEN) == []
    assert texts(signed_in(segretario).get(LIST), OPEN) == [f"Apri la verifica finale {YEAR}"]


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_the_database_as_often_for_many_plans(caluso, signed_in, lettura, count):
    for n in range(count):
        plan = make_plan(caluso, 2000 + n)
        Round(plan=plan, kind="INTERMEDIA", on=dt.date(2000 + n, 6, 30)).save()
    client = signed_in(lettura)
    with CaptureQueriesContext(connection) as run:
        client.get(LIST)
    assert len(run) == 5


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_the_database_as_often_for_many_sheets(caluso, signed_in, segretario, count):
    plan = approved_plan(caluso, *(full_sheet(n, weight=3, sector=f"SETTORE {n % 5}") for n in range(1, count + 1)))
    client = signed_in(segretario)
    client.post(f"/caluso/verifiche/{YEAR}/apri/", {"tipo": "INTERMEDIA", "giorno": f"{YEAR}-01-01"})
    assert plan.rounds.count() == 1
    client.get(PAGE)
    with CaptureQueriesContext(connection) as run:
        client.get(PAGE)
    assert len(run) == 13


def test_the_segretario_opens_a_verification(plan, signed_in, segretario):
    client = signed_in(segretario)
    address = f"/caluso/verifiche/{YEAR}/apri/"
    assert texts(client.get(address + "?tipo=FINALE"), "//input[@name='giorno']/@value") == [f"{YEAR}-12-31"]
    wrong = client.post(address, {"tipo": "INTERMEDIA", "giorno": "31/12/2020"})
    assert (wrong.status_code, texts(wrong, ERRORS)) == (
        422, [f"La data di una verifica va dal 01/01/{YEAR} al 30/06/{YEAR + 1}: 31/12/2020 è fuori."],
    )  # fmt: skip
    assert texts(wrong, "//input[@name='giorno']/@value") == ["31/12/2020"]
    assert client.post(address, {"tipo": "INTERMEDIA", "giorno": f"{YEAR}-01-01"}).url == PAGE
    client.post(address, {"tipo": "FINALE", "giorno": f"{YEAR}-12-31"})
    assert Round.objects.count() == 2
    assert client.get(address).url == LIST
    assert client.get("/caluso/verifiche/1999/apri/").status_code == 404


def test_the_page_says_what_is_missing_and_who_has_to_do_it(
    open_one, signed_in, of_finanziario, ufficio, segretario, lettura
):
    page = signed_in(ufficio).get(PAGE)
    assert states(page) == {"FINANZIARIO": "da completare", "TECNICO": "da completare"}
    assert texts(page, BUTTONS) == ["Inserisci i risultati di FINANZIARIO"]
    assert "FINANZIARIO n° 1 — Fase «Avvio»: manca l'avanzamento." in texts(page, with_class("lacking", "ul") + "/li")
    asked = signed_in(segretario).get(PAGE)
    assert "La verifica si chiude quando hanno confermato anche: FINANZIARIO, TECNICO." in text(asked, "//main")
    assert texts(signed_in(lettura).get(PAGE), with_class("deeds") + "/a") == []


def test_the_responsabile_confirms_and_takes_back(entered, signed_in, responsabile, finanziario, tecnico):
    client = signed_in(responsabile)
    assert texts(client.get(PAGE), BUTTONS) == ["Conferma i risultati di FINANZIARIO"]
    address = f"{PAGE}settori/{finanziario.pk}/"
    assert client.get(f"{address}riprendi/").url == PAGE
    done = client.post(f"{address}conferma/", {"nota": "Controllato."}, follow=True)
    assert states(done) == {"FINANZIARIO": "confermata", "TECNICO": "da confermare"}
    assert "Controllato." in text(done, with_class("timeline"))
    assert client.get(f"{address}conferma/").url == PAGE
    empty = client.post(f"{address}riprendi/", {"nota": " "})
    assert (empty.status_code, texts(empty, with_class("wrong"))) == (422, ["Scrivere che cosa va corretto."])
    assert (
        states(client.post(f"{address}riprendi/", {"nota": "Una data."}, follow=True))["FINANZIARIO"] == "da confermare"
    )
    assert client.get(f"{PAGE}settori/{tecnico.pk}/conferma/").status_code == 403


def test_what_changed_since_the_page_was_opened_is_read_again(entered, signed_in, responsabile, finanziario, sheet):
    """The note stays, and so does the way to the results; who sends the form again has been told."""
    client, address = signed_in(responsabile), f"{PAGE}settori/{finanziario.pk}/conferma/"
    read = {"letto": text(client.get(address), LETTO), "nota": "Controllato."}
    enter(entered, [progress(sheet, 0, "90", row_version=1)], by=responsabile)
    page = client.post(address, read)
    assert (page.status_code, text(page, "//textarea")) == (422, "Controllato.")
    assert texts(page, ERRORS)[0].startswith("I risultati, o le schede che misurano, sono cambiati")
    assert texts(page, "//main//form//a/@href") == [f"{PAGE}settori/{finanziario.pk}/"]
    again = text(page, LETTO)
    assert again != read["letto"]
    assert states(client.post(address, {**read, "letto": again}, follow=True))["FINANZIARIO"] == "confermata"


def test_what_is_missing_stands_where_it_keeps_from_confirming(open_one, signed_in, responsabile, finanziario):
    page = signed_in(responsabile).post(f"{PAGE}settori/{finanziario.pk}/conferma/", {"nota": "Tutto bene."})
    assert (page.status_code, texts(page, ERRORS)) == (422, ["I risultati di FINANZIARIO non sono completi."])
    assert "FINANZIARIO n° 2 — Fase «Avvio»: manca l'avanzamento." in texts(page, with_class("lacking") + "/li")
    assert text(page, "//textarea") == "Tutto bene."


def test_the_segretario_closes_and_reopens(confirmed, signed_in, segretario):
    client = signed_in(segretario)
    assert texts(client.get(PAGE), BUTTONS) == ["Chiudi la verifica"]
    done = client.post(f"{PAGE}chiudi/", {"nota": ""}, follow=True)
    assert texts(done, BUTTONS) == []
    assert "provvisorie" not in text(done, "//main")
    assert client.get(f"{PAGE}chiudi/").url == client.get(f"{PAGE}sposta/").url == PAGE
    assert texts(client.post(f"{PAGE}riapri/", {"nota": ""}), with_class("wrong")) == ["Scrivere perché si riapre."]
    again = client.post(f"{PAGE}riapri/", {"nota": "Un dato mancava."}, follow=True)
    assert "Un dato mancava." in text(again, with_class("timeline"))
    assert texts(again, BUTTONS) == ["Chiudi la verifica"]


def test_of_two_clicks_at_once_the_second_finds_the_verification_closed(confirmed, signed_in, segretario):
    clicks = []

    def first(execute, sql, params, many, context):
        if not clicks and sql.startswith("SAVEPOINT"):
            clicks.append(confirmed)
            close(confirmed, by=segretario)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(first):
        second = signed_in(segretario).post(f"{PAGE}chiudi/", {"nota": ""})
    assert (clicks, second.status_code, second.url) == ([confirmed], 302, PAGE)


def test_the_final_one_is_not_offered_for_closing_while_the_intermediate_is_open(
    plan, open_one, signed_in, segretario, make_person, caluso
):
    confirm_all(open_round(plan, "FINALE", on=ON, by=segretario), make_person("tutto", (caluso, Role.RESPONSABILE)))
    client, final = signed_in(segretario), f"/caluso/verifiche/{YEAR}/finale/"
    page = client.get(final)
    assert texts(page, BUTTONS) == []
    assert "La verifica intermedia è ancora aperta: chiuderla prima" in text(
        page, "//section[@aria-labelledby='segretario']"
    )
    assert client.get(f"{final}chiudi/").url == final


def test_results_of_a_sheet_that_is_no_longer_there_are_said_to_stay(
    caluso, open_one, sheet, signed_in, ufficio, segretario
):
    enter(open_one, [result(sheet, 1, achieved="2")], by=ufficio)
    gone = full_sheet(2, weight=40, change="ELIMINATO")
    act = written_act(9, f"{YEAR}-07-01", gone, cites=[(8, f"{YEAR}-01-01")])
    load({**act, "plan": {"year": YEAR, "triennium": None}}, caluso)
    client = signed_in(segretario)
    assert texts(client.get(PAGE), "//section[@aria-labelledby='fuori']//li") == []
    done = client.post(f"{PAGE}sposta/", {"giorno": f"{YEAR}-07-01", "nota": "Rinviata."}, follow=True)
    assert texts(done, "//section[@aria-labelledby='fuori']//li") == ["FINANZIARIO n° 2 — Obiettivo 2"]


def test_an_average_is_set_by_hand(open_one, sheet, signed_in, segretario, responsabile):
    address = f"{PAGE}schede/{sheet.objective_id}/media/"
    client = signed_in(segretario)
    wrong = client.post(address, {"quale": "VALORE", "valore": "101", "motivo": ""})
    assert texts(wrong, with_class("wrong") + "/li") == ["Una media va da 0 a 100.", "Scrivere il motivo."]
    client.post(address, {"quale": "VALORE", "valore": "72,5", "motivo": "Fermato dalla Regione."})
    assert str(ScoreOverride.objects.get().value) == "72.50"
    assert client.get(f"{PAGE}schede/999999999/media/").status_code == 404


def test_a_verification_that_was_not_opened_is_not_found(open_one, signed_in, segretario, estraneo):
    client = signed_in(segretario)
    for kind in ("finale", "INTERMEDIA", "mensile"):
        assert client.get(f"/caluso/verifiche/{YEAR}/{kind}/").status_code == 404
    assert client.get(f"{PAGE}settori/999999999/conferma/").status_code == 403
    assert signed_in(estraneo).get(PAGE).status_code == 404
