"""The acts: the list, and the page of one with its days explained."""

import pytest

from tests.pages import text, texts, with_class
from tests.plans import adopt, sheet_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(client, segretario):
    """Fetch an address under the acts of Caluso as its Segretario."""
    client.force_login(segretario)
    return lambda path="", **query: client.get(f"/caluso/atti/{path}", query)


def rows(response):
    return list(
        zip(
            texts(response, "//tbody/tr/td[1]"),
            texts(response, "//tbody/tr/td[3]"),
            texts(response, "//tbody/tr/td[4]"),
            strict=True,
        )
    )


def facts(response):
    return dict(zip(texts(response, "//main//dl/dt"), texts(response, "//main//dl/dd"), strict=True))


def test_the_acts_stand_with_what_each_did_the_latest_first(visit, act100):
    assert rows(visit()) == [
        ("GC 100/2022 del 18 ottobre 2022", "1 INSERITA 11 MODIFICATE 1 ELIMINATA", "18 ottobre 2022"),
        ("GC 8/2022 del 7 febbraio 2022", "12 note", "7 febbraio 2022"),
        ("GC 1/2022 del 10 gennaio 2022", "nessuna nota", "10 gennaio 2022"),
        ("GC 33/2019 del 2 aprile 2019", "nessuna nota", "2 aprile 2019"),
    ]


def test_an_act_known_only_by_citation_says_so(visit, act100):
    assert texts(visit(), "//tbody/tr/td[2]")[1:] == ["Testo non in archivio: noto perché un altro atto lo cita"] * 3
    response = visit("gc-8-2022/")
    assert text(response, with_class("lead")) == "Testo non in archivio"
    assert "La seduta" not in texts(response, "//h2")


def test_the_acts_of_one_year(visit, act100):
    assert [act for act, _, _ in rows(visit(anno="2019"))] == ["GC 33/2019 del 2 aprile 2019"]


def test_the_acts_in_force_on_a_day_and_up_to_an_act(visit, act100):
    on_a_day = visit(giorno="2022-10-17")
    assert [act for act, _, _ in rows(on_a_day)] == [
        "GC 8/2022 del 7 febbraio 2022",
        "GC 1/2022 del 10 gennaio 2022",
        "GC 33/2019 del 2 aprile 2019",
    ]
    assert text(on_a_day, "//caption") == "3 atti in vigore il 17 ottobre 2022"
    up_to = visit(atto="gc-1-2022", anno="2022")
    assert [act for act, _, _ in rows(up_to)] == ["GC 1/2022 del 10 gennaio 2022"]
    assert text(up_to, "//caption") == "1 atto del 2022 fino a GC 1/2022"


@pytest.mark.parametrize("asked", [{"giorno": "2022-13-01"}, {"atto": "gc-7-2022"}])
def test_a_moment_that_does_not_exist_is_answered_with_a_sentence_and_all_acts(visit, act100, asked):
    response = visit(**asked)
    assert (len(texts(response, with_class("wrong"))), len(rows(response))) == (1, 4)


@pytest.mark.parametrize("year", ["1999", "boh", "9" * 30, "\x00"])
def test_a_year_without_acts_is_answered_with_a_sentence_and_all_acts(visit, act100, year):
    response = visit(anno=year)
    assert text(response, with_class("wrong")) == "Non ci sono atti di quell'anno: ecco quelli di tutti gli anni."
    assert len(rows(response)) == 4


def test_the_list_has_pages(visit, caluso):
    for number in range(1, 31):
        adopt(caluso, number, f"2022-01-{number:02}", sheet_data(number))
    assert len(rows(visit())) == 25
    last_page = [act for act, _, _ in rows(visit(pagina="2"))]
    assert last_page == [f"GC {n}/2022 del {n} gennaio 2022" for n in (5, 4, 3, 2)] + ["GC 1/2022 del 1° gennaio 2022"]
    assert len(rows(visit(pagina="pippo"))) == 25
    assert len(rows(visit(pagina="99"))) == 5
    assert text(visit(pagina="2"), "//nav[@class='pager']//li[2]") == "Pagina 2 di 2"


def test_no_acts_yet(visit):
    assert text(visit(), with_class("empty-title")) == "Non c'è ancora nessun atto in archivio"


def test_the_days_of_the_real_act_in_words(visit, act100):
    assert texts(visit("gc-100-2022/"), with_class("days") + "/li") == [
        "Adottata nella seduta del 18 ottobre 2022 e dichiarata immediatamente eseguibile (art. 134, comma 4, TUEL).",
        "Pubblicata all'albo pretorio dal 6 febbraio 2023 al 20 febbraio 2023, per 15 giorni consecutivi "
        "(art. 124, comma 1, TUEL).",
        "Pubblicazione tardiva: giorni trascorsi dall'adozione 111, limite 30.",
        "Esecutiva dal 17 febbraio 2023 (art. 134, comma 3, TUEL): il decimo giorno dalla pubblicazione, senza contare "
        "il primo, è il 16 febbraio 2023.",
        "In vigore dal 18 ottobre 2022, giorno della seduta, perché immediatamente eseguibile.",
    ]


def test_the_session_of_the_real_act(visit, act100):
    response = visit("gc-100-2022/")
    assert text(response, "//h1") == "Deliberazione della Giunta Comunale n. 100 del 18/10/2022"
    assert facts(response) == {
        "Seduta": "18 ottobre 2022, ore 18:00",
        "Proponente": "Maria Rosa CENA",
        "Segretario": "Ezio IVALDI",
        "Votazione": "Unanime",
        "Immediatamente eseguibile": "sì",
    }
    assert texts(response, "//table[caption='Presenze']//tr/td[3]") == [
        "presente",
        "assente",
        "presente",
        "presente",
        "presente",
    ]
    assert texts(response, "//table[contains(caption, 'Pareri')]//td") == [
        "regolarità tecnica",
        "favorevole",
        "Ezio IVALDI, 18 ottobre 2022",
        "regolarità contabile",
        "non necessario",
        "—",
    ]


def test_what_the_real_act_did_to_the_plan(visit, act100):
    response = visit("gc-100-2022/")
    assert texts(response, with_class("counts") + "/span") == ["1 INSERITA", "11 MODIFICATE", "1 ELIMINATA"]
    changes = texts(response, "//section[h3='FINANZIARIO']//tbody/tr" + with_class("change"))
    assert changes == ["MODIFICATO", "ELIMINATO", "INSERITO", "MODIFICATO"]
    assert texts(response, with_class("steps") + "/a/@href") == [
        "/caluso/piano/2022/al/2022-10-17/",
        "/caluso/piano/2022/dopo/gc-100-2022/",
        "/caluso/piano/2022/confronto/?da=prima-gc-100-2022&a=gc-100-2022",
    ]


def test_acts_lead_to_one_another(visit, act100):
    assert texts(visit("gc-100-2022/"), with_class("acts-behind") + "/li") == [
        "Modifica GC 8/2022 del 7 febbraio 2022 · testo non in archivio",
        "Cita GC 1/2022 del 10 gennaio 2022 · testo non in archivio",
        "Cita GC 33/2019 del 2 aprile 2019 · testo non in archivio",
    ]
    later = "dalla deliberazione GC 100/2022 del 18 ottobre 2022"
    assert texts(visit("gc-8-2022/"), with_class("acts-behind") + "/li") == [f"Modificata {later}"]
    assert texts(visit("gc-1-2022/"), with_class("acts-behind") + "/li") == [f"Citata {later}"]


def test_an_act_waiting_for_its_publication_says_so(visit, caluso):
    adopt(caluso, 1, "2022-01-10", sheet_data(), immediately_enforceable=False)
    assert texts(visit("gc-1-2022/"), with_class("days") + "/li")[-1] == (
        "Non è ancora in vigore: attende l'esecutività."
    )
    assert rows(visit())[0][2] == "non ancora"


@pytest.mark.parametrize("slug", ["gc-101-2022", "cc-100-2022", "gc-100", "gc-0100-2022", "100-2022"])
def test_an_unknown_act_is_not_found(visit, act100, slug):
    assert visit(f"{slug}/").status_code == 404


@pytest.mark.parametrize(
    ("body", "slug"),
    [
        ("Consiglio Comunale", "cc-5-2022"),
        ("Commissario Straordinario", "commissario-straordinario-5-2022"),
        ("Giunta dell'Unione 2", "giunta-dellunione-2-5-2022"),
    ],
)
def test_each_body_has_acts_of_its_own(visit, caluso, body, slug):
    adopt(caluso, 5, "2022-03-01", sheet_data(2))
    act = adopt(caluso, 5, "2022-03-02", sheet_data(1), body=body)
    assert act.slug == slug
    assert visit(f"{slug}/").context["act"] == act


@pytest.mark.parametrize("count", [1, 25])
def test_the_list_takes_the_same_queries_whatever_its_length(visit, caluso, django_assert_num_queries, count):
    for number in range(1, count + 1):
        adopt(caluso, number, f"2022-01-{number:02}", sheet_data(number))
    with django_assert_num_queries(7):
        assert len(rows(visit())) == count


@pytest.mark.parametrize("count", [1, 30])
def test_an_act_takes_the_same_queries_whatever_its_sheets(visit, caluso, django_assert_num_queries, count):
    adopt(caluso, 1, "2022-01-10", *[sheet_data(n) for n in range(1, count + 1)])
    with django_assert_num_queries(13):
        assert len(texts(visit("gc-1-2022/"), "//tbody/tr")) == count
