"""An act's sheets and a whole plan in one PDF: the index tells the truth, and the file conforms."""

import io
import json

import pytest

from objectives.pdf_book import bind_sheets
from tests.acts import real_data
from tests.conformance import failures
from tests.forms import SESSION, bound, index
from tests.tagged import attached, page_texts, read_aloud

pytestmark = pytest.mark.pdf


def book(sheets):
    out = io.BytesIO()
    places = bind_sheets(sheets, index(), created=SESSION, out=out)
    return out.getvalue(), places


@pytest.fixture(scope="module")
def act():
    """The 13 sheets of GC 100/2022 behind their index."""
    return book(bound(number) for number in range(13))


@pytest.fixture(scope="module")
def plan():
    """The same 13 sheets twice, the second time each a version of its own: the index needs a second page."""
    first = [bound(number) for number in range(13)]
    return book([*first, *(bound(number, f"piano-{number:02}") for number in range(13))])


def test_each_of_the_real_sheets_has_one_page_and_the_index_its_number(act):
    content, places = act
    pages = page_texts(content)
    assert len(pages) == 14
    assert [place.page for place in places] == list(range(2, 15))
    for place, sheet in zip(places, real_data()["sheets"], strict=True):
        assert f"Obiettivo strategico n° {sheet['number']}" in pages[place.page - 1]
        assert sheet["sector"].split()[0] in pages[place.page - 1]
    assert "13 schede" in pages[0]
    assert "Indice - pagina 1 di 1" in pages[0]
    assert all("Pagina 1 di 1" in page for page in pages[1:])


def test_the_index_is_read_first(act):
    told = read_aloud(act[0])
    assert told[:4] == [
        "Comune di Caluso",
        "Piano della Performance 2022",
        "Deliberazione G.C. n. 100 del 18/10/2022 · testo vigente dal 18/10/2022 · 13 schede",
        "FINANZIARIO",
    ]
    start = told.index("SPORTELLINO UNICO TELEMATICO (MODIFICATO)")
    assert told[start - 1 : start + 3] == ["1", "SPORTELLINO UNICO TELEMATICO (MODIFICATO)", "25", "2"]


def test_the_exchange_data_of_every_sheet_are_inside(act):
    files = attached(act[0])
    assert [json.loads(files[name])["sheets"][0] for name in sorted(files)] == real_data()["sheets"]


def test_the_same_sheets_give_the_same_bytes(act):
    assert book(bound(number) for number in range(13))[0] == act[0]


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_an_act_conforms(act, profile):
    assert failures(act[0], profile) == {}


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_a_plan_whose_index_has_two_pages_conforms(plan, profile):
    assert len(page_texts(plan[0])) == plan[1][-1].page == 28
    assert failures(plan[0], profile) == {}
