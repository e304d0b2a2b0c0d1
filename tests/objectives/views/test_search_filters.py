"""The filters of the search, its orders, and its workbook; nobody finds a draft that they may not see."""

import io

import pytest
from openpyxl import load_workbook

from objectives.draft_content import DraftContent
from objectives.models import Sheet
from objectives.workflow import amend, edit
from organisation.models import Membership, Sector
from organisation.roles import Role
from tests.pages import text, texts, with_class
from tests.plans import adopt, cites, indicator_data, sheet_data
from tests.this_year import YEAR, rewritten

pytestmark = pytest.mark.django_db


@pytest.fixture
def plans(caluso):
    """Three sheets of last year, one of them changed, and one of this year."""
    tributi = {"sector": "TRIBUTI", "manager": "DR.SSA ANNA NERI"}
    late, later = indicator_data("Avvio", f"31/01/{YEAR - 1}"), indicator_data("Avvio", f"31/12/{YEAR + 1}")
    first = adopt(
        caluso,
        1,
        f"{YEAR - 1}-01-10",
        sheet_data(1, title="UNO", weight=10, indicators=[late]),
        sheet_data(2, title="DUE", weight=40, indicators=[indicator_data("Pratiche", "15 pratiche", "QUANTITA")]),
        sheet_data(1, title="TRE", weight=30, indicators=[indicator_data("Evase", "72,5%", "QUALITA")], **tributi),
    )
    changed = sheet_data(1, title="UNO BIS", change="MODIFICATO", weight=20, indicators=[later])
    adopt(caluso, 2, f"{YEAR - 1}-06-10", changed, cites=cites(first))
    adopt(caluso, 1, f"{YEAR}-01-01", sheet_data(1, title="=QUATTRO", weight=50, indicators=[late]))


@pytest.fixture
def visit(client, plans):
    """Search in Caluso as somebody."""

    def visit(person, path="", **query):
        client.force_login(person)
        return client.get(f"/caluso/cerca/{path}", query)

    return visit


@pytest.fixture
def draft(plans, ufficio):
    """A draft of FINANZIARIO that changes the sheet of this year."""
    return rewritten(amend(Sheet.objects.get(title="=QUATTRO"), by=ufficio), ufficio)


@pytest.fixture
def altrove(make_person, caluso, plans):
    """Works in an office of TRIBUTI alone."""
    person = make_person("altrove", (caluso, Role.UFFICIO))
    Membership.objects.get(user=person).sectors.add(Sector.objects.get(name="TRIBUTI"))
    return person


def titles(response):
    return texts(response, with_class("results") + "/li/h2")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"responsabile": "ANNA NERI"}, "TRE"),
        ({"stato": "vigore"}, "=QUATTRO, UNO BIS, DUE, TRE"),
        ({"stato": "superate"}, "UNO"),
        ({"variazione": "MODIFICATO"}, "UNO BIS"),
        ({"famiglia": "QUANTITA"}, "DUE"),
        ({"atteso": "15 PRATICHE"}, "DUE"),
        ({"atteso": "15 pràtichè"}, "DUE"),
        ({"da": "10", "a": "20"}, "DUE"),
        ({"da": "72,5"}, "TRE"),
        ({"a": "14"}, ""),
        ({"da": f"1/1/{YEAR - 1}", "a": f"1/2/{YEAR - 1}"}, "=QUATTRO, UNO"),
        ({"famiglia": "QUANTITA", "da": "72,5"}, ""),
        ({"pluriennale": "si"}, "UNO BIS"),
        ({"pluriennale": "no", "anno": YEAR}, "=QUATTRO"),
        ({"scadute": "on"}, "=QUATTRO"),
        ({"stato": "vigore", "anno": YEAR - 1, "ordine": "peso"}, "DUE, TRE, UNO BIS"),
        ({"stato": "vigore", "q": "uno"}, "UNO BIS"),
        ({"giorno": f"{YEAR - 1}-02-01", "ordine": "titolo"}, "DUE, TRE, UNO"),
        ({"q": "uno", "ordine": "atto"}, "UNO BIS, UNO"),
    ],
)
def test_what_the_filters_find(visit, lettura, asked, found):
    assert ", ".join(titles(visit(lettura, **asked))) == found


def test_a_draft_is_found_by_who_may_see_it(visit, draft, ufficio, altrove, segretario):
    for person, seen in ((ufficio, [draft.title]), (segretario, [draft.title]), (altrove, [])):
        response = visit(person, stato="BOZZA")
        assert titles(response) == seen
        assert (draft.title in titles(visit(person, stato="tutte"))) is bool(seen)
    assert texts(visit(ufficio, stato="BOZZA"), with_class("results") + "//h2/a/@href") == [
        f"/caluso/bozze/{draft.pk}/"
    ]


def test_a_draft_is_found_by_the_words_it_has_now(visit, draft, ufficio):
    assert titles(visit(ufficio, stato="BOZZA", q="avvio")) == [draft.title]
    rows = [{"position": 1, "text": "Acquisto degli scaffali", "months": []}]
    edit(draft, DraftContent({"title": "Biblioteca"}, phases=rows), by=ufficio)
    assert titles(visit(ufficio, stato="tutte", q="biblioteca scaffali")) == ["Biblioteca"]
    assert titles(visit(ufficio, stato="BOZZA", q="quattro")) == []


@pytest.mark.parametrize("state", ["BOZZA", "tutte"])
def test_to_readers_and_to_the_nucleo_drafts_are_not_even_offered(visit, draft, lettura, nucleo, state):
    for person in (lettura, nucleo):
        response = visit(person, stato=state)
        said = "Stato: Questo stato non c'è, o le sue schede le vede solo chi le prepara."
        assert (text(response, with_class("wrong")), titles(response)) == (said, [])


def test_no_draft_is_found_at_a_moment(visit, draft, ufficio):
    response = visit(ufficio, stato="BOZZA", giorno=f"{YEAR}-02-01")
    assert text(response, with_class("wrong")).startswith("Stato: In un giorno, o dopo un atto,")


def test_the_workbook_holds_what_the_page_found(visit, lettura):
    page = visit(lettura, stato="vigore", ordine="titolo")
    (address,) = texts(page, "//a[contains(., '.xlsx')]/@href")
    assert address == "/caluso/cerca/xlsx/?stato=vigore&ordine=titolo"
    book = load_workbook(io.BytesIO(visit(lettura, "xlsx/", stato="vigore", ordine="titolo").content))
    names = [row[3].value for row in book["Schede"]]
    assert names == ["Obiettivo", "=QUATTRO", "DUE", "TRE", "UNO BIS"]
    assert (book["Schede"]["D2"].data_type, book["Schede"]["D2"].quotePrefix) == ("s", True)
    assert [cell.value for cell in book["Indicatori"][3]][5:8] == ["Quantità", "Pratiche", "15 pratiche"]
    assert ("Stato", "in vigore oggi") in list(book["Ricerca"].values)


def test_what_cannot_be_looked_for_is_explained_on_the_page(visit, lettura):
    assert visit(lettura, "xlsx/", anno="1066").url == "/caluso/cerca/?anno=1066"


@pytest.mark.parametrize("count", [1, 30])
def test_the_workbook_takes_the_same_queries_whatever_it_holds(
    client, caluso, lettura, django_assert_num_queries, count
):
    adopt(caluso, 1, "2022-01-10", *[sheet_data(n, title="Sportello") for n in range(1, count + 1)])
    client.force_login(lettura)
    with django_assert_num_queries(9):
        assert client.get("/caluso/cerca/xlsx/", {"q": "sportello"}).status_code == 200
