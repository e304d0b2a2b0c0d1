"""The pages that show what changed: between two versions of a sheet, between two moments of the plan."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from objectives.models import Sheet
from objectives.workflow import amend, insert
from organisation.models import Sector
from organisation.roles import Role
from tests.factories import make_person
from tests.pages import text, texts, with_class
from tests.plans import adopt, cites, indicator_data, sheet_data
from tests.this_year import approved_plan, rewritten, sheet_of

pytestmark = pytest.mark.django_db

PHASES = [{"slot": 1, "text": "Avvio", "months": ["2022-03"]}, {"slot": 2, "text": "Verifica", "months": []}]
LATER = [{"slot": 1, "text": "Verifica", "months": []}, {"slot": 2, "text": "Avvio", "months": ["2022-03", "2022-04"]}]
SAID = "//main//*[self::ins or self::del]"


@pytest.fixture
def first(caluso):
    """GC 8/2022: three sheets of FINANZIARIO, of weight 25 each."""
    one = sheet_data(1, description="L'attivazione entro il 31/12/2022.", phases=PHASES)
    return adopt(caluso, 8, "2022-02-07", one, sheet_data(2), sheet_data(3))


@pytest.fixture
def second(caluso, first):
    """GC 100/2022: n° 1 changed, n° 2 taken out, another n° 2 put in."""
    one = sheet_data(1, change="MODIFICATO", description="L'avvio entro il 31/12/2022.", phases=LATER, weight=20)
    one["indicators"] = [indicator_data("Avvio del servizio", "31-dic")]
    sheets = (one, sheet_data(2, change="ELIMINATO"), sheet_data(2, title="NUOVO OBIETTIVO"))
    return adopt(caluso, 100, "2022-10-18", *sheets, cites=cites(first))


@pytest.fixture
def visit(client, lettura):
    """Fetch a page of Caluso as somebody who may only read."""
    client.force_login(lettura)
    return lambda address, **query: client.get(f"/caluso/{address}", query)


def changed_sheet():
    return Sheet.objects.get(change="MODIFICATO")


def labels(response):
    return texts(response, with_class("differences") + "/dt") + texts(response, with_class("differences-label"))


def test_a_version_is_compared_with_its_base(visit, second):
    response = visit(f"schede/{changed_sheet().pk}/confronto/")
    assert labels(response) == ["Peso", "Descrizione dell'obiettivo", "Fasi di attuazione", "Indici di risultato"]
    assert texts(response, "//main//h2[1]/following-sibling::ul[1]/li") == [
        "Peso: da 25 a 20",
        "Descrizione dell'obiettivo: testo modificato",
        "Fase n° 1: spostata (era la n° 2)",
        "Fase n° 2: modificata, spostata (era la n° 1)",
        "Indice di Tempo «Avvio del servizio»: stesso valore, scritto in un altro modo",
    ]


def test_what_came_and_went_is_said_and_not_only_painted(visit, second):
    response = visit(f"schede/{changed_sheet().pk}/confronto/")
    assert texts(response, SAID)[2:] == [
        "tolto: 25;", "aggiunto: 20;",
        "tolto: L'attivazione;", "aggiunto: L'avvio;",
        "aggiunto: aprile 2022;",
        "tolto: 31/12/2022;", "aggiunto: 31-dic;",
    ]  # fmt: skip
    assert len(texts(response, f"{SAID}/span[@class='visually-hidden']")) == 14


def test_the_earlier_version_stands_first_whichever_is_asked_for(visit, second):
    new = changed_sheet()
    response = visit(f"schede/{new.base_id}/confronto/", con=new.pk)
    assert texts(response, SAID)[2:4] == ["tolto: 25;", "aggiunto: 20;"]
    assert texts(response, with_class("two-texts") + "/dd") == [
        "INSERITO con GC 8/2022 del 7 febbraio 2022, vigente dal 7 febbraio 2022",
        "MODIFICATO con GC 100/2022 del 18 ottobre 2022, vigente dal 18 ottobre 2022",
    ]


def test_the_form_leads_to_the_address_of_the_two_versions(visit, second):
    new = changed_sheet()
    response = visit(f"schede/{new.pk}/confronto/", con=new.base_id, testo=new.pk)
    assert response.url == f"/caluso/schede/{new.pk}/confronto/?con={new.base_id}"
    assert visit(f"schede/{new.pk}/confronto/", con="x", testo=new.pk).url == f"/caluso/schede/{new.pk}/confronto/"


def test_two_equal_texts_say_so(visit, caluso, first):
    adopt(caluso, 100, "2022-10-18", sheet_data(3, change="MODIFICATO"), cites=cites(first))
    assert text(visit(f"schede/{changed_sheet().pk}/confronto/"), with_class("no-comparison")) == (
        "I due testi sono uguali."
    )


def test_a_removal_says_that_the_text_stays(visit, second):
    response = visit(f"schede/{Sheet.objects.get(change='ELIMINATO').pk}/confronto/")
    assert text(response, with_class("no-comparison")) == (
        "L'obiettivo esce dal piano. Il testo resta quello precedente, senza differenze."
    )


def test_a_first_version_has_nothing_before_it(visit, second):
    response = visit(f"schede/{Sheet.objects.get(title='NUOVO OBIETTIVO').pk}/confronto/")
    assert text(response, with_class("no-comparison")) == (
        "Questa è la prima versione della scheda: non c'è un testo precedente con cui confrontarla."
    )


def test_no_difference_is_made_up_against_a_text_that_is_not_on_file(visit, act100):
    sheet = Sheet.objects.get(title="ESTERNALIZZAZIONE SERVIZIO TRIBUTI")
    response = visit(f"schede/{sheet.pk}/confronto/")
    assert text(response, with_class("no-comparison")) == (
        "Il testo precedente non è in archivio: nessun confronto possibile."
    )
    assert texts(response, SAID) == []


def test_versions_of_two_objectives_are_not_compared(visit, second):
    new, other = changed_sheet(), Sheet.objects.get(title="NUOVO OBIETTIVO")
    assert visit(f"schede/{new.pk}/confronto/", con=other.pk).status_code == 404


def test_text_is_shown_as_written_never_as_markup(visit, caluso, first):
    nasty = sheet_data(3, change="MODIFICATO", title="<script>alert(1)</script> & fine")
    adopt(caluso, 100, "2022-10-18", nasty, cites=cites(first))
    response = visit(f"schede/{changed_sheet().pk}/confronto/")
    assert "<script>alert" not in response.content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; fine" in response.content.decode().replace("</span>", "")


# ---- Open versions


@pytest.fixture
def change(caluso, ufficio):
    """A draft that changes FINANZIARIO n° 1 of this year's plan."""
    return rewritten(amend(sheet_of(approved_plan(caluso), 1), by=ufficio), ufficio)


def test_an_open_version_is_compared_by_who_works_on_it(client, ufficio, change):
    client.force_login(ufficio)
    response = client.get(f"/caluso/schede/{change.pk}/confronto/")
    assert labels(response) == ["Obiettivo"]
    assert texts(response, with_class("two-texts") + "/dd")[1] == "bozza, non adottata (MODIFICATO)"


def test_a_written_exception_stands_beside_its_version_from_whichever_the_comparison_begins(client, ufficio, change):
    """R20: shown for ever, on every later page of that sheet."""
    change.approval_exception = "Non c'era altri."
    change.save()
    client.force_login(ufficio)
    for address in (f"{change.pk}/confronto/", f"{change.base_id}/confronto/?con={change.pk}"):
        (shown,) = texts(client.get(f"/caluso/schede/{address}"), "//main//dd" + with_class("exception"))
        assert shown == "Approvata con deroga (R20) Non c'era altri."


def test_who_may_only_read_sees_nothing_of_an_open_version(visit, change):
    answers = [visit(f"schede/{key}/confronto/") for key in (change.pk, 999_999)]
    assert [(answer.status_code, "non è in archivio" in answer.content.decode()) for answer in answers] == [
        (404, True), (404, True),
    ]  # fmt: skip
    assert visit(f"schede/{change.base_id}/confronto/", con=change.pk).status_code == 404
    assert "bozza" not in visit(f"schede/{change.base_id}/confronto/").content.decode()


def test_an_office_of_another_settore_sees_it_neither(client, caluso, change):
    person = make_person("altrove", caluso, Role.UFFICIO)
    sector = Sector(entity=caluso, name="TECNICO")
    sector.save()
    person.memberships.get().sectors.add(sector)
    client.force_login(person)
    assert client.get(f"/caluso/schede/{change.pk}/confronto/").status_code == 404


def test_a_stranger_finds_nothing(client, estraneo, second):
    client.force_login(estraneo)
    assert client.get(f"/caluso/schede/{changed_sheet().pk}/confronto/").status_code == 404
    assert client.get("/caluso/piano/2022/confronto/").status_code == 404


# ---- The plan


def fates(response):
    rows = with_class("fates") + "/li"
    return list(zip(texts(response, f"{rows}/h3"), texts(response, f"{rows}/p[@class='fate']"), strict=True))


def test_the_plan_before_and_after_its_last_act(visit, second):
    response = visit("piano/2022/confronto/")
    assert text(response, "//h1") == "Che cosa cambia con la GC 100/2022"
    assert text(response, with_class("lead")).startswith("Piano della Performance 2022, prima e dopo la GC 100/2022")
    assert texts(response, with_class("lead") + "/a/@href") == ["/caluso/atti/gc-100-2022/"]
    assert fates(response) == [
        ("n° 1 OBIETTIVO 1", "MODIFICATO peso da 25 a 20"),
        ("n° 2 OBIETTIVO 2", "ELIMINATO peso 25"),
        ("n° 2 NUOVO OBIETTIVO", "INSERITO peso 25"),
    ]
    assert texts(response, "//main//section/p") == [
        "La somma dei pesi passa da 75 a 70 (−5).",
        "Un'altra scheda è uguale.",
    ]
    assert texts(response, f"//details{SAID[6:]}")[:2] == ["tolto: 25;", "aggiunto: 20;"]


@pytest.mark.parametrize(
    ("da", "a", "counts"),
    [
        ("2022-10-17", "2022-10-18", "1 INSERITA 1 MODIFICATA 1 ELIMINATA Una scheda è uguale."),
        ("gc-8-2022", "2022-12-31", "1 INSERITA 1 MODIFICATA 1 ELIMINATA Una scheda è uguale."),
        ("prima-gc-8-2022", "gc-8-2022", "3 INSERITE"),
        ("gc-100-2022", "gc-8-2022", "1 INSERITA 1 MODIFICATA 1 ELIMINATA Una scheda è uguale."),
    ],
)
def test_any_two_moments_are_compared(visit, second, da, a, counts):
    assert text(visit("piano/2022/confronto/", da=da, a=a), with_class("counts")) == counts


def test_days_and_acts_are_named_as_moments(visit, second):
    response = visit("piano/2022/confronto/", da="gc-8-2022", a="2022-12-31")
    assert text(response, "//h1") == "Che cosa cambia nel piano"
    assert text(response, with_class("lead")) == (
        "Piano della Performance 2022: com'era dopo la GC 8/2022 e com'è al 31 dicembre 2022"
    )


def test_earlier_texts_that_are_not_on_file_are_said_once_with_their_number(visit, act100):
    response = visit("piano/2022/confronto/")
    lost = texts(response, with_class("fates") + "/li/p[.='testo precedente non in archivio']")
    assert text(response, with_class("no-comparison")).startswith(
        f"Di {len(lost)} schede il testo precedente non è in archivio:"
    )
    assert "effetto" not in text(response, "//main")


def test_two_moments_without_a_change_say_so(visit, second):
    response = visit("piano/2022/confronto/", da="2022-03-01", a="2022-10-17")
    assert text(response, with_class("no-comparison")) == "Nei due momenti il piano è uguale: 3 schede."


def test_the_form_leads_to_the_address_of_the_two_moments(visit, second):
    asked = {"da-atto": "gc-8-2022", "da-giorno": "", "a-atto": "gc-100-2022", "a-giorno": "31/10/2022"}
    assert visit("piano/2022/confronto/", **asked).url == "/caluso/piano/2022/confronto/?da=gc-8-2022&a=2022-10-31"


def test_a_day_that_does_not_exist_is_said_beside_it(visit, second):
    response = visit("piano/2022/confronto/", **{"da-giorno": "31/02/2022", "a-atto": "gc-100-2022"})
    assert texts(response, with_class("wrong")) == ["Questo giorno non esiste: scriverlo come 31/10/2022."]
    assert texts(response, "//input[@id='id_da-giorno']/@value") == ["31/02/2022"]
    response = visit("piano/2022/confronto/", **{"da-giorno": "", "a-atto": "gc-100-2022"})
    assert texts(response, with_class("wrong")) == [
        "Scegliere un atto, oppure indicare un giorno, per esempio 31/10/2022."
    ]


@pytest.mark.parametrize("wrong", ["gc-7-2022", "ieri", "prima-gc-7-2022"])
def test_a_moment_that_is_none_is_told(visit, second, wrong):
    response = visit("piano/2022/confronto/", da=wrong)
    assert response.status_code == 404
    assert f"«{wrong}» non è un giorno, né un atto di questo piano." in response.content.decode()


def test_a_plan_without_acts_has_nothing_to_compare(visit, caluso, ufficio):
    plan = approved_plan(caluso)
    empty = type(plan)(entity=caluso, year=plan.year + 1)
    empty.save()
    insert(empty, Sector.objects.get(), by=ufficio)
    for query in ({}, {"da": "", "a": ""}):
        response = visit(f"piano/{empty.year}/confronto/", **query)
        assert text(response, with_class("empty-title")) == "Nessun atto"
    days = {"da": f"{empty.year}-01-01", "a": f"{empty.year}-12-31"}
    response = visit(f"piano/{empty.year}/confronto/", **days)
    assert text(response, with_class("no-comparison")) == "Nei due momenti il piano è uguale, e non contiene schede."
    assert visit("piano/1999/confronto/").status_code == 404


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("count", [1, 30])
def test_the_pages_ask_the_database_as_often_for_one_sheet_as_for_thirty(client, caluso, lettura, count):
    first = adopt(caluso, 8, "2022-02-07", *(sheet_data(number) for number in range(1, count + 1)))
    changes = [sheet_data(number, change="MODIFICATO", title="Altro") for number in range(1, count + 1)]
    adopt(caluso, 100, "2022-10-18", *changes, cites=cites(first))
    client.force_login(lettura)
    assert queries(client, "/caluso/piano/2022/confronto/") == 11
    assert queries(client, f"/caluso/schede/{Sheet.objects.get(number=1, change='MODIFICATO').pk}/confronto/") == 9
