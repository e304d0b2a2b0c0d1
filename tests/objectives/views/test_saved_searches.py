"""The pages on which a search is kept, renamed and removed."""

import pytest

from objectives.models import SavedSearch
from objectives.saved_searches import keep_search
from tests.pages import text, texts, with_class
from tests.plans import adopt, sheet_data

pytestmark = pytest.mark.django_db
LISTED = with_class("kept") + "//a[@class='run']"


@pytest.fixture
def visit(signed_in, ufficio, caluso):
    """The pages as an office sees them, of a plan of one sheet."""
    adopt(caluso, 1, "2022-01-10", sheet_data(1, title="Sportello"))
    return signed_in(ufficio)


@pytest.fixture
def kept(caluso, ufficio):
    """A search of the office."""
    return keep_search(caluso, "Sportelli", "q=sportello&anno=2022", by=ufficio)


def test_the_search_on_the_page_is_kept_under_a_name_and_made_again(visit, ufficio):
    page = visit.get("/caluso/cerca/", {"q": " sportello ", "anno": "2022", "pagina": "1"})
    (save,) = texts(page, "//a[.='Salva questa ricerca']/@href")
    asked = visit.get(save)
    assert texts(asked, with_class("asked") + "/div") == ["Parole da cercare sportello", "Anno 2022"]
    saved = visit.post(save, {"nome": "Sportelli"}, follow=True)
    assert (texts(saved, LISTED), texts(saved, LISTED + "/@href")) == (["Sportelli"], ["?q=sportello&anno=2022"])
    assert texts(saved, LISTED + "/@aria-current") == ["page"]
    assert texts(saved, with_class("results") + "/li/h2") == ["Sportello"]
    assert texts(saved, "//a[.='Salva questa ricerca']") == []
    assert SavedSearch.objects.get().user == ufficio


def test_a_name_that_is_taken_is_said_and_what_was_typed_stays(visit, kept):
    response = visit.post("/caluso/cerca/salva/?q=altro", {"nome": "sportelli"})
    assert response.status_code == 422
    assert text(response, "//ul[@class='wrong']").startswith("C'è già una ricerca salvata che si chiama «Sportelli»")
    assert texts(response, "//input[@name='nome']/@value") == ["sportelli"]


def test_what_can_not_be_looked_for_can_not_be_kept(visit):
    response = visit.post("/caluso/cerca/salva/?anno=1066", {"nome": "Normanni"})
    assert (response.url, SavedSearch.objects.count()) == ("/caluso/cerca/?anno=1066", 0)


def test_it_is_renamed_and_a_second_tab_hears_of_it(visit, kept):
    page = f"/caluso/cerca/salvate/{kept.pk}/rinomina/"
    assert texts(visit.get(page), "//input[@name='nome']/@value") == ["Sportelli"]
    assert visit.post(page, {"nome": "URP", "prima": "Sportelli"}).url == "/caluso/cerca/?q=sportello&anno=2022"
    second = visit.post(page, {"nome": "Altro", "prima": "Sportelli"})
    assert (second.status_code, text(second, "//ul[@class='wrong']")) == (
        422,
        "Questa ricerca ora si chiama «URP»: cambiare quel nome, se non va bene.",
    )
    read = dict(
        zip(("nome", "prima"), texts(second, "//main//input[@name='nome' or @name='prima']/@value"), strict=True)
    )
    assert sorted(read.values()) == ["Altro", "URP"]
    visit.post(page, {"nome": "Altro", "prima": "URP"})
    assert SavedSearch.objects.get().name == "Altro"


def test_it_is_removed_once_asked_for(visit, kept):
    page = f"/caluso/cerca/salvate/{kept.pk}/togli/"
    assert text(visit.get(page), "//h1") == "Togliere «Sportelli»?"
    assert texts(visit.post(page, follow=True), LISTED) == []
    assert (visit.post(page).status_code, visit.get(page).status_code) == (404, 404)


@pytest.mark.parametrize("deed", ["rinomina", "togli"])
def test_nobody_else_finds_it(signed_in, kept, segretario, estraneo, deed):
    for person in (segretario, estraneo):
        client = signed_in(person)
        for entity in ("caluso", "esempio"):
            where = f"/{entity}/cerca/salvate/{kept.pk}/{deed}/"
            assert (client.get(where).status_code, client.post(where, {"nome": "X"}).status_code) == (404, 404)
    assert texts(signed_in(segretario).get("/caluso/cerca/"), LISTED) == []
    assert SavedSearch.objects.get().name == "Sportelli"


def test_a_kept_search_that_no_longer_makes_sense_says_what_is_wrong(visit, caluso, ufficio):
    gone = keep_search(caluso, "Di allora", "settore=999999", by=ufficio)
    assert text(visit.get(f"/caluso/cerca/?{gone.query}"), with_class("wrong")) == "Settore: Questo settore non c'è."
    assert visit.get(f"/caluso/cerca/salvate/{gone.pk}/togli/").status_code == 200
