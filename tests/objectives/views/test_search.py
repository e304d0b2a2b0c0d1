"""The page of the search."""

import pytest

from tests.pages import text, texts, with_class
from tests.plans import adopt, cites, indicator_data, sheet_data
from tests.this_year import YEAR

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(client, segretario):
    """Search in Caluso as its Segretario."""
    client.force_login(segretario)
    return lambda **query: client.get("/caluso/cerca/", query)


@pytest.fixture
def plans(caluso):
    """Two years and two settori, with the same word in four places and three ways of writing it."""
    first = adopt(
        caluso,
        1,
        "2022-01-10",
        sheet_data(1, title="ATTIVITA' DI SPORTELLO"),
        sheet_data(2, title="Tributi", description="Perché le attività crescono", sector="TRIBUTI"),
        sheet_data(3, title="Altro", indicators=[indicator_data("Attivita svolte", "10", "QUANTITA")]),
    )
    adopt(caluso, 2, "2022-06-10", sheet_data(1, title="Sportello chiuso", change="MODIFICATO"), cites=cites(first))
    adopt(caluso, 1, "2023-01-10", sheet_data(1, title="Attività nuove"))


def titles(response):
    return texts(response, with_class("results") + "/li/h2")


@pytest.mark.parametrize("query", ["attivita", "ATTIVITÀ", "attivita'", " attività "])
def test_a_word_is_found_however_it_is_written(visit, plans, query):
    assert titles(visit(q=query)) == ["Attività nuove", "ATTIVITA' DI SPORTELLO", "Altro", "Tributi"]


def test_every_word_must_occur(visit, plans):
    assert titles(visit(q="attivita perche")) == ["Tributi"]


def test_the_word_found_is_marked(visit, plans):
    response = visit(q="attivita")
    assert texts(response, "//mark") == ["Attività", "ATTIVITA'", "Attivita", "attività"]
    assert texts(response, with_class("excerpt")) == [
        "Indicatore di quantità: Attivita svolte 10",
        "Descrizione: Perché le attività crescono",
    ]


def test_each_result_says_whether_it_is_in_force_today(visit, plans):
    assert texts(visit(q="sportello"), with_class("results") + "/li" + with_class("meta")) == [
        "IN VIGORE OGGI 2022 · FINANZIARIO n° 1 · modificato da GC 2/2022",
        "NON IN VIGORE 2022 · FINANZIARIO n° 1 · inserito da GC 1/2022",
    ]


def test_the_text_in_force_stands_before_the_one_that_waits(visit, caluso):
    first = adopt(caluso, 1, "2022-01-10", sheet_data(title="Sportello"))
    later = {"immediately_enforceable": False, "publication_start": "2099-02-06", "publication_days": 15}
    adopt(caluso, 2, "2022-03-20", sheet_data(title="Sportello", change="MODIFICATO"), cites=cites(first), **later)
    assert texts(visit(q="sportello"), with_class("results") + "/li" + with_class("meta") + "/span") == [
        "IN VIGORE OGGI",
        "NON ANCORA IN VIGORE: DAL 17 FEBBRAIO 2099",
    ]


def test_the_search_may_keep_to_a_year_and_a_settore(visit, plans, caluso):
    assert titles(visit(q="attivita", anno="2023")) == ["Attività nuove"]
    settore = caluso.sectors.get(name="TRIBUTI").pk
    assert titles(visit(q="attivita", settore=settore)) == ["Tributi"]
    assert titles(visit(q="attivita", settore=settore, anno="2023")) == []


def test_nothing_found_says_what_to_try(visit, plans):
    response = visit(q="zanzare")
    assert text(response, with_class("empty-title")) == "Nessuna scheda ha tutto questo"


def test_before_a_search_there_is_only_the_form(visit, plans):
    response = visit()
    assert (titles(response), texts(response, with_class("empty")), texts(response, with_class("wrong"))) == (
        [],
        [],
        [],
    )


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"q": " "}, "Parole da cercare: Scrivere almeno una parola, o scegliere un filtro."),
        ({"ordine": "titolo"}, "Parole da cercare: Scrivere almeno una parola, o scegliere un filtro."),
        ({"da": "molto"}, "Atteso da: Scrivere un numero, come 72,5, o un giorno con l'anno, come 31/12/2026."),
        ({"da": "31/12"}, "Atteso da: Scrivere un numero, come 72,5, o un giorno con l'anno, come 31/12/2026."),
        ({"da": "5", "a": "31/12/2022"}, "Atteso fino a: Scrivere due numeri, oppure due giorni."),
        ({"da": "5", "a": "4,5"}, "Atteso fino a: Il primo valore è maggiore del secondo."),
        ({"responsabile": "Nessuno"}, "Responsabile: Questo responsabile non c'è."),
        ({"ordine": "pk"}, "Ordine: Quest'ordine non c'è."),
        ({"q": "x" * 201}, "Parole da cercare: Scrivere al massimo 200 caratteri."),
        ({"q": "a\x00b"}, "Parole da cercare: I caratteri null non sono ammessi."),
        ({"q": "a", "anno": "1066"}, "Anno: Non ci sono piani di quest'anno."),
        ({"q": "a", "settore": "x"}, "Settore: Questo settore non c'è."),
    ],
)
def test_what_can_not_be_looked_for_is_answered_with_a_sentence(visit, plans, query, sentence):
    assert text(visit(**query), with_class("wrong")) == sentence


def test_only_accents_are_no_word(visit, plans):
    assert text(visit(q="\u0301"), with_class("wrong")) == "Parole da cercare: Scrivere almeno una parola."


@pytest.mark.parametrize("query", ["%", "_", "' OR 1=1 --", "<script>alert(1)</script>", "\\"])
def test_signs_are_only_signs(visit, plans, query):
    response = visit(q=query)
    assert (response.status_code, titles(response)) == (200, [])
    assert b"<script>alert" not in response.content


def test_the_results_have_pages_that_keep_the_question(visit, caluso):
    adopt(caluso, 1, "2022-01-10", *[sheet_data(n, title=f"Sportello {n}") for n in range(1, 31)])
    response = visit(q="sportello", anno="2022", pagina="2")
    assert titles(response) == [f"Sportello {n}" for n in range(21, 31)]
    assert texts(response, "//a[@rel='prev']/@href") == ["?q=sportello&anno=2022&pagina=1"]


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(
    ("asked", "queries"),
    [
        ({}, 9),
        ({"giorno": f"{YEAR - 1}-02-01"}, 9),
        ({"q": "sportello"}, 11),
        ({"q": "sportello", "stato": "tutte"}, 11),
        ({"q": "sportello", "atteso": "31/01"}, 12),
        ({"scadute": "on"}, 12),
        ({"q": "sportello", "scadute": "on", "stato": "tutte"}, 14),
        ({"q": "sportello", "scadute": "on", "atteso": "31/01", "stato": "tutte"}, 15),
    ],
)
def test_the_search_takes_the_same_queries_whatever_it_finds(
    visit, caluso, django_assert_num_queries, asked, queries, count
):
    late = {"indicators": [indicator_data("Avvio", f"31/01/{YEAR - 1}")]}
    adopt(caluso, 1, f"{YEAR - 1}-01-10", *[sheet_data(n, title="Sportello", **late) for n in range(1, count + 1)])
    with django_assert_num_queries(queries):
        assert len(titles(visit(anno=YEAR - 1, **asked))) == min(count, 20)


def test_at_another_moment_only_what_was_in_force_is_found(visit, plans):
    assert titles(visit(q="sportello")) == ["Sportello chiuso", "ATTIVITA' DI SPORTELLO"]
    before = visit(q="sportello", giorno="2022-06-09")
    assert titles(before) == ["ATTIVITA' DI SPORTELLO"]
    assert texts(before, with_class("in-force")) == ["IN VIGORE IL 9 GIUGNO 2022"]
    assert texts(before, "//p[@role='status']") == ["1 scheda trovata, in vigore il 9 giugno 2022."]
    after = visit(q="sportello", atto="gc-2-2022")
    assert titles(after) == ["Sportello chiuso"]
    assert texts(after, with_class("in-force")) == ["IN VIGORE DOPO GC 2/2022"]


@pytest.mark.parametrize(
    "asked", [{"giorno": "ieri"}, {"atto": "gc-9-2022"}, {"giorno": "2022-06-09", "atto": "gc-2-2022"}]
)
def test_a_moment_that_does_not_exist_is_said(visit, plans, asked):
    response = visit(q="sportello", **asked)
    assert (titles(response), len(texts(response, with_class("wrong")))) == ([], 1)


def test_pages_of_results_keep_the_moment(visit, caluso):
    adopt(caluso, 1, "2022-01-10", *(sheet_data(number, title=f"Sportello {number}") for number in range(1, 23)))
    response = visit(q="sportello", giorno="2022-02-01")
    assert texts(response, "//a[@rel='next']/@href") == ["?q=sportello&giorno=2022-02-01&pagina=2"]
