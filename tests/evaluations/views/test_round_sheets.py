"""The results of one sheet: in both verifications, each on its version; the form is for who may read names."""

import datetime as dt

import pytest
from django.utils import timezone

from evaluations.choices import RoundKind
from evaluations.rounds import enter, open_round
from tests.factories import load, written_act
from tests.pages import text, texts
from tests.results import analysis, result
from tests.this_year import YEAR, full_sheet, sheet_of

pytestmark = pytest.mark.django_db


def address(sheet, kind="intermedia", end=""):
    """Where the results of a sheet stand."""
    return f"/caluso/verifiche/{YEAR}/{kind}/schede/{sheet.objective_id}/{end}"


@pytest.fixture
def final_one(plan, segretario):
    """The verifica finale of the plan, open."""
    return open_round(plan, RoundKind.FINALE, on=dt.date(YEAR, 12, 31), by=segretario)


def test_each_indicator_shows_result_deviation_score_and_how(open_one, sheet, responsabile, signed_in, segretario):
    enter(open_one, [result(sheet, 1, achieved="1"), analysis(sheet)], by=responsabile)
    page = signed_in(segretario).get(address(sheet))
    rows = texts(page, "//table[contains(@class, 'results-of')]/tbody/tr")
    assert rows[1].endswith("2 1 −1 50 %")
    assert "Come si calcola: Avvio del servizio Atteso almeno 2, raggiunto 1: 1 ÷ 2 = 50 %." in rows[1]
    assert rows[0].endswith(f"31/12/{YEAR} — — non applicabile")
    assert "Misurata sulla versione GC 8/" in text(page, "//main")
    assert "Cause Ritardi" in text(page, "//main")


def test_an_average_by_hand_stands_beside_the_computed_one_with_who_and_why(
    open_one, sheet, responsabile, segretario, signed_in
):
    enter(open_one, [result(sheet, 1, achieved="1")], by=responsabile)
    written = {"quale": "VALORE", "valore": "72,5", "motivo": "Fermato dalla Regione."}
    page = signed_in(segretario).post(address(sheet, end="media/"), written, follow=True)
    assert page.redirect_chain == [(address(sheet), 302)]
    today = timezone.localdate().strftime("%d/%m/%Y")
    assert texts(page, "//p[@class='by-hand']") == [
        f"Media valore raggiunto scritta a mano da Segretario Rossi il {today}; calcolata: 50 %. Fermato dalla Regione."
    ]


@pytest.mark.parametrize(("written", "otherwise"), [("1", []), ("nessuna", ["letto come: 0"])])
def test_how_a_result_was_read_stands_beside_it_where_that_says_more(
    open_one, sheet, responsabile, segretario, signed_in, written, otherwise
):
    enter(open_one, [result(sheet, 1, achieved=written)], by=responsabile)
    page = signed_in(segretario).get(address(sheet))
    assert texts(page, "//td[@data-label='Raggiunto']/*[@class='meta']") == otherwise


def test_an_indicator_that_changed_keeps_its_earlier_result_with_its_version(
    open_one, plan, sheet, responsabile, segretario, signed_in
):
    enter(open_one, [result(sheet, 1, achieved="1")], by=responsabile)
    changed = full_sheet(2, change="MODIFICATO", weight=40, title="Sportello digitale")
    changed["indicators"][1]["expected"] = "4"
    act = written_act(9, f"{YEAR}-06-01", changed, cites=[(8, f"{YEAR}-01-01")])
    load({**act, "plan": {"year": YEAR, "triennium": None}}, plan.entity)
    final = open_round(plan, RoundKind.FINALE, on=dt.date(YEAR, 12, 31), by=segretario)
    enter(final, [result(sheet_of(plan, 2), 1, achieved="4")], by=responsabile)
    page = signed_in(segretario).get(address(sheet, "finale"))
    later, earlier = texts(page, "//table[contains(@class, 'results-of')]/tbody/tr[2]")
    assert f"Nella verifica intermedia: 1, sul testo GC 8/{YEAR} 4 4 in linea 100 %" in later
    assert earlier.endswith("2 1 −1 50 %")
    assert f"Misurata sulla versione GC 9/{YEAR}, in vigore dal 1° giugno {YEAR}" in text(page, "//main")
    assert f"Misurata sulla versione GC 8/{YEAR}, in vigore dal 1° gennaio {YEAR}" in text(page, "//main")


def test_while_it_is_open_it_is_for_who_enters_and_who_evaluates(
    open_one, sheet, of_finanziario, signed_in, ufficio, responsabile, altrove, segretario, nucleo, lettura, estraneo
):
    found = {
        person.username: signed_in(person).get(address(sheet)).status_code
        for person in (ufficio, responsabile, altrove, segretario, nucleo, lettura, estraneo)
    }
    assert found == {
        "ufficio": 200, "responsabile": 200, "altrove": 403, "segretario": 200, "nucleo": 200, "lettura": 403,
        "estraneo": 404,
    }  # fmt: skip


def test_once_it_is_closed_all_read_it_without_names(open_one, every_kind, segretario, signed_in, lettura):
    open_one.closed_at, open_one.closed_by = dt.datetime.now(dt.UTC), segretario
    open_one.save()
    page = signed_in(lettura).get(address(every_kind))
    assert (page.status_code, "Anna Bianchi" in page.text) == (200, False)
    assert "Anna Bianchi" in signed_in(segretario).get(address(every_kind)).text
    assert signed_in(lettura).get(address(every_kind, end="pdf/")).status_code == 403


def test_a_sheet_that_is_not_in_the_verification(open_one, final_one, plan, signed_in, segretario):
    load(
        {**written_act(9, f"{YEAR}-06-01", full_sheet(7, weight=5)), "plan": {"year": YEAR, "triennium": None}},
        plan.entity,
    )
    later = sheet_of(plan, 7)
    client = signed_in(segretario)
    assert client.get(address(later)).status_code == 404
    assert client.get(address(later, end="pdf/")).status_code == 404
    assert client.get(address(later, "finale")).status_code == 200


def test_the_sheet_leads_to_its_results(open_one, sheet, signed_in, segretario):
    links = texts(signed_in(segretario).get(f"/caluso/schede/{sheet.pk}/"), f"//a[@href='{address(sheet)}']")
    assert links == ["Risultati nella verifica intermedia"]
