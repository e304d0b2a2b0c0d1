"""The page of the plan: the text in force at any moment, and what it answers to what people type."""

import pytest
from django.urls import reverse

from tests.pages import text, texts, with_class
from tests.plans import adopt, cites, sheet_data

pytestmark = pytest.mark.django_db
WRONG = with_class("wrong")


@pytest.fixture
def visit(client, segretario):
    """Fetch an address of Caluso as its Segretario."""
    client.force_login(segretario)
    return lambda path="", **query: client.get(f"/caluso/piano/{path}", query)


def fin(response):
    """The rows of the settore FINANZIARIO: number, what the link says, weight."""
    rows = "//section[h2='FINANZIARIO']//tbody/tr"
    cells = (texts(response, f"{rows}/td[1]"), texts(response, f"{rows}/td[2]/a"), texts(response, f"{rows}/td[3]"))
    return list(zip(*cells, strict=True))


def test_the_day_before_the_real_act(visit, act100):
    response = visit("2022/al/2022-10-17/")
    assert text(response, "//h1") == "Piano della Performance 2022"
    assert text(response, with_class("lead")) == "In vigore al 17 ottobre 2022 · triennio 2022–2024"
    assert fin(response) == [
        ("1", "Testo non in archivio", "non noto"),
        (
            "2",
            "MIGLIORAMENTO INDICATORE DI INCIDENZA DEGLI INCASSI DELLE ENTRATE PROPRIE "
            "SULLE PREVISIONI DEFINITIVE DI PARTE CORRENTE",
            "25",
        ),
        ("4", "Testo non in archivio", "non noto"),
    ]
    weight = text(response, "//section[h2='FINANZIARIO']" + with_class("weight", "p"))
    assert weight == "Peso noto 25 su 100: 2 schede hanno peso non noto."


@pytest.mark.parametrize("path", ["2022/al/2022-10-18/", "2022/dopo/gc-100-2022/", "2022/"])
def test_the_real_act_from_its_day_on(visit, act100, path):
    response = visit(path)
    assert fin(response) == [
        ("1", "SPORTELLINO UNICO TELEMATICO", "25"),
        ("2", "ACQUISIZIONE FONDI TRANSIZIONE DIGITALE FINANZIATI DA PNRR (obiettivo biennale)", "25"),
        ("4", "ESTERNALIZZAZIONE SERVIZIO TRIBUTI", "15"),
    ]
    weight = text(response, "//section[h2='FINANZIARIO']" + with_class("weight", "p"))
    assert weight == "Peso noto 65 su 100: il resto non è in archivio."
    assert text(response, with_class("removed") + "/summary") == "1 obiettivo eliminato dal piano"


def test_a_sheet_says_its_mark_its_act_and_since_when(visit, act100):
    meta = texts(visit("2022/"), "//section[h2='FINANZIARIO']//tbody" + with_class("meta"))
    assert meta == [
        "MODIFICATO GC 100/2022, vigente dal 18 ottobre 2022 · pluriennale",
        "INSERITO GC 100/2022, vigente dal 18 ottobre 2022 · pluriennale",
        "MODIFICATO GC 100/2022, vigente dal 18 ottobre 2022 · pluriennale",
    ]


def test_the_acts_behind_the_plan(visit, act100):
    assert texts(visit("2022/"), with_class("acts-behind") + "/li") == [
        "GC 8/2022 del 7 febbraio 2022 · in vigore dal 7 febbraio 2022 · testo non in archivio",
        "GC 100/2022 del 18 ottobre 2022 · in vigore dal 18 ottobre 2022",
    ]


def test_links_lead_to_the_eve_of_the_last_change_and_to_the_next(visit, act100):
    response = visit("2022/al/2022-10-17/")
    assert texts(response, with_class("steps") + "/a") == [
        "Il giorno prima dell'ultima modifica: 6 febbraio 2022",
        "Alla modifica seguente: 18 ottobre 2022",
        "Che cosa è cambiato da un momento all'altro",
    ]
    assert texts(response, with_class("steps") + "/a/@href") == [
        "/caluso/piano/2022/al/2022-02-06/",
        "/caluso/piano/2022/al/2022-10-18/",
        "/caluso/piano/2022/confronto/",
    ]


@pytest.mark.parametrize("written", ["2022-10-31", "31/10/2022", "31-10-2022", "31.10.2022"])
def test_the_form_leads_to_the_address_of_the_day(visit, act100, written):
    assert visit("2022/", giorno=written).url == "/caluso/piano/2022/al/2022-10-31/"


def test_the_form_leads_to_the_address_of_the_act(visit, act100):
    assert visit("2022/", atto="gc-100-2022").url == "/caluso/piano/2022/dopo/gc-100-2022/"


@pytest.mark.parametrize("written", ["31/02/2022", "ieri", "2022-13-01", "0000-00-00", "9" * 300, "\x00"])
def test_a_day_that_does_not_exist_is_answered_with_a_sentence(visit, act100, written):
    response = visit("2022/", giorno=written)
    assert (response.status_code, text(response, WRONG)) == (
        200,
        "Questo giorno non esiste: scriverlo come 31/10/2022.",
    )


def test_no_day_is_answered_with_a_sentence(visit, act100):
    assert text(visit("2022/", giorno=""), WRONG) == "Indicare il giorno, per esempio 31/10/2022."


@pytest.mark.parametrize("day", ["2022-02-30", "domani", "%00"])
def test_an_address_with_an_impossible_day_is_not_found_but_helps(visit, act100, day):
    response = visit(f"2022/al/{day}/")
    assert (response.status_code, text(response, WRONG)) == (
        404,
        "Questo giorno non esiste: scriverlo come 31/10/2022.",
    )


def test_an_address_with_a_day_written_otherwise_leads_to_the_right_one(visit, act100):
    assert visit("2022/al/17-10-2022/").url == "/caluso/piano/2022/al/2022-10-17/"


@pytest.mark.parametrize("act", ["gc-9-2022", "gc-100", "sciocchezze", "cc-100-2022", "gc-999999-9999"])
def test_an_unknown_act_is_not_found(visit, act100, act):
    assert visit(f"2022/dopo/{act}/").status_code == 404
    assert visit("2022/", atto=act).status_code == 404


@pytest.mark.parametrize("year", [2031, 0, 99999999999999999999])
def test_a_year_without_a_plan_is_not_found_but_shows_those_there_are(visit, act100, year):
    response = visit(f"{year}/")
    assert (response.status_code, text(response, "//h1")) == (404, f"Nessun piano per il {year}")
    assert texts(response, "//main//ul/li/a") == ["Piano della Performance 2022"]


def test_before_its_first_act_the_plan_says_from_when_there_is_something(visit, act100):
    response = visit("2022/al/2022-02-06/")
    assert texts(response, with_class("empty") + "//p") == [
        "In questo giorno il piano non era ancora in vigore",
        "Il suo primo atto noto, GC 8/2022, è in vigore dal 7 febbraio 2022.",
    ]


def test_a_plan_whose_acts_have_no_effect_yet_says_so(visit, caluso):
    adopt(caluso, 1, "2022-01-10", sheet_data(), immediately_enforceable=False)
    assert texts(visit("2022/"), with_class("empty") + "//p")[1] == "Nessuno dei suoi atti ha ancora effetto."


def test_the_plan_of_an_act_without_effect_yet_can_be_seen_with_a_warning(visit, caluso):
    adopt(caluso, 1, "2022-01-10", sheet_data(), immediately_enforceable=False)
    response = visit("2022/dopo/gc-1-2022/")
    assert text(response, with_class("alert")) == (
        "GC 1/2022 non è ancora in vigore: questo è il piano come sarà quando avrà effetto."
    )
    assert fin(response) == [("1", "OBIETTIVO 1", "25")]


def test_an_act_without_effect_yet_is_told_in_its_row_and_not_taken_for_the_last_in_force(visit, caluso):
    first = adopt(caluso, 1, "2022-01-10", sheet_data())
    waiting = {"cites": cites(first), "immediately_enforceable": False}
    adopt(caluso, 2, "2022-03-15", sheet_data(change="MODIFICATO"), **waiting)
    response = visit("2022/")
    assert text(response, "//tbody" + with_class("meta") + "/strong") == "cambia con GC 2/2022, non ancora in vigore"
    assert text(response, "//select[@name='atto']/option[@selected]") == "GC 1/2022 del 10 gennaio 2022"


def test_a_plan_without_acts_says_what_to_wait_for(visit, caluso):
    caluso.plans.create(year=2022)
    assert texts(visit("2022/"), with_class("empty") + "//p") == [
        "Questo piano non ha ancora obiettivi",
        "Compaiono quando viene importato l'atto che li approva.",
    ]


def test_without_a_year_one_gets_the_latest_plan(visit, caluso):
    adopt(caluso, 1, "2022-01-10", sheet_data())
    adopt(caluso, 1, "2023-01-10", sheet_data())
    assert visit().url == reverse("plan", args=["caluso", 2023])


def test_an_entity_without_plans_says_what_to_do(visit):
    response = visit()
    assert (response.status_code, text(response, "//h1")) == (200, "Nessun piano")
    assert texts(response, with_class("empty") + "//a/@href") == ["/caluso/importa/"]


def test_scripts_in_a_text_stay_text(visit, caluso):
    adopt(caluso, 1, "2022-01-10", sheet_data(title="<script>alert(1)</script>"))
    response = visit("2022/")
    assert fin(response) == [("1", "<script>alert(1)</script>", "25")]
    assert b"<script>alert" not in response.content


@pytest.mark.parametrize(("path", "queries"), [("2022/", 9), ("2022/al/2022-01-31/", 9), ("2022/dopo/gc-1-2022/", 10)])
@pytest.mark.parametrize("count", [6, 60])
def test_the_plan_takes_the_same_queries_whatever_its_size(
    visit, caluso, django_assert_num_queries, count, path, queries
):
    adopt(caluso, 1, "2022-01-10", *[sheet_data(n // 6 + 1, sector=f"SETTORE {n % 6}") for n in range(count)])
    with django_assert_num_queries(queries):
        response = visit(path)
    assert len(texts(response, "//tbody/tr")) == count


def test_the_page_of_sixty_sheets_is_light(visit, caluso):
    sheets = [sheet_data(n // 6 + 1, sector=f"SETTORE {n % 6}", title="T" * 120) for n in range(60)]
    adopt(caluso, 1, "2022-01-10", *sheets)
    assert len(visit("2022/").content) < 150_000


def test_the_plan_shown_is_the_plan_printed(visit, act100):
    links = "//details[@class='download']//a[starts-with(., 'PDF')]/@href"
    assert [texts(visit(path), links) for path in ("2022/", "2022/al/2022-10-17/", "2022/dopo/gc-100-2022/")] == [
        ["/caluso/piano/2022/pdf/"],
        ["/caluso/piano/2022/al/2022-10-17/pdf/"],
        ["/caluso/piano/2022/dopo/gc-100-2022/pdf/"],
    ]


def test_from_a_plan_one_comes_to_its_rules(visit, act100):
    assert texts(visit("2022/"), "//a[.='Regole del piano']/@href") == ["/caluso/piano/2022/regole/"]
