"""The page of pictures: each with its table, of all settori or of one, with a verification or without."""

import datetime as dt

import pytest
from django.utils import timezone

from evaluations.choices import RoundKind
from evaluations.rounds import open_round
from tests.pages import text, texts, with_class
from tests.plans import adopt, sheet_data
from tests.results import complete
from tests.this_year import YEAR

pytestmark = pytest.mark.django_db
HEADINGS = with_class("picture") + "/h2"


@pytest.fixture
def visit(signed_in, lettura):
    """Fetch the page as who may only read."""
    client = signed_in(lettura)
    return lambda **query: client.get(f"/caluso/piano/{YEAR}/grafici/", query)


def test_without_a_verification_there_are_the_weights(visit, plan):
    page = visit()
    assert texts(page, HEADINGS) == ["Pesi degli obiettivi per settore"]
    assert "Nessuna verifica è ancora aperta" in text(page, with_class("lead"))


def test_with_one_there_are_all_three(visit, open_one, sheet, ufficio):
    complete(open_one, sheet, ufficio)
    page = visit()
    assert texts(page, HEADINGS) == [
        "Avanzamento delle fasi per settore",
        "Risultati rispetto agli attesi",
        "Pesi degli obiettivi per settore",
    ]
    row = "//section[@aria-labelledby='risultati']//tbody/tr[th='FINANZIARIO']/td"
    assert texts(page, row) == ["100 %", "100 %"]


def test_of_a_settore_its_sheets(signed_in, nucleo, open_one, finanziario):
    page = signed_in(nucleo).get(f"/caluso/piano/{YEAR}/grafici/", {"settore": finanziario.pk})
    assert texts(page, "//section[@aria-labelledby='risultati']//tbody/tr/th") == [
        "n° 1 · Obiettivo 1",
        "n° 2 · Obiettivo 2",
    ]
    assert texts(page, "//section[@aria-labelledby='pesi']//tbody/tr/th") == ["FINANZIARIO"]


def test_until_the_verification_is_closed_sheets_are_for_who_may_read_them(
    visit, signed_in, of_finanziario, altrove, ufficio, open_one, sheet, finanziario, responsabile
):
    """As the page of scores has it: the means of the settori are for all, what is under them is not."""
    complete(open_one, sheet, ufficio)
    address, rows = f"/caluso/piano/{YEAR}/grafici/", "//section[@aria-labelledby='{}']//tbody/tr/{}"
    for person, sees in ((altrove, False), (ufficio, True)):
        page = signed_in(person).get(address, {"settore": finanziario.pk})
        assert ("n° 2 · Obiettivo 2" in texts(page, rows.format("risultati", "th"))) is sees
    assert texts(visit(settore=finanziario.pk), rows.format("risultati", "th")) == ["FINANZIARIO", "TECNICO"]
    closed_now(open_one, responsabile)
    assert "n° 2 · Obiettivo 2" in texts(visit(settore=finanziario.pk), rows.format("risultati", "th"))


def closed_now(verification, by):
    """Close a verification as if all had been done."""
    verification.closed_at, verification.closed_by = timezone.now(), by
    verification.save()


def test_a_settore_that_is_not_there_is_said(visit, plan):
    page = visit(settore=999)
    assert text(page, with_class("wrong")) == "Questo settore o questa verifica non c'è: ecco tutti i settori."
    assert len(texts(page, "//section[@aria-labelledby='pesi']//tbody/tr/th")) == 2


def test_each_picture_is_there_in_two_widths_with_ids_of_its_own(visit, open_one):
    ids = texts(visit(), "//*/@id")
    assert len(ids) == len(set(ids))
    assert len(texts(visit(), "//svg[@role='img']")) == 6


def test_a_year_without_a_plan(visit, signed_in, lettura, plan):
    assert signed_in(lettura).get("/caluso/piano/1999/grafici/").status_code == 404


def test_the_plan_leads_here(signed_in, lettura, plan):
    page = signed_in(lettura).get(f"/caluso/piano/{YEAR}/")
    assert texts(page, f"//a[@href='/caluso/piano/{YEAR}/grafici/']") == ["Grafici"]


@pytest.mark.parametrize("count", [1, 30])
def test_the_queries_are_the_same_whatever_the_plan(
    signed_in, lettura, caluso, segretario, django_assert_num_queries, count
):
    adopt(caluso, 8, "2022-02-07", *(sheet_data(number, weight=1) for number in range(1, count + 1)))
    client = signed_in(lettura)
    with django_assert_num_queries(10):
        assert client.get("/caluso/piano/2022/grafici/").status_code == 200
    open_round(caluso.plans.get(), RoundKind.INTERMEDIA, on=dt.date(2022, 6, 30), by=segretario)
    with django_assert_num_queries(19):
        assert client.get("/caluso/piano/2022/grafici/").status_code == 200
