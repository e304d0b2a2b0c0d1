"""The first page of an entity: what each person finds there, one click from where it is done."""

import pytest

from objectives.models import Sheet
from objectives.workflow import amend, submit
from organisation.models import Sector
from organisation.roles import Role
from tests.factories import make_draft, make_plan, make_sector
from tests.pages import text, texts
from tests.plans import adopt, sheet_data
from tests.this_year import YEAR, rewritten, sheet_of

pytestmark = pytest.mark.django_db

STATES = "//ul[contains(@class, 'states')]/li"
LAST = "//section[@aria-labelledby='ultimo-atto']"
TODO = "//section[@aria-labelledby='da-fare']"
STEPS = "//section[@aria-labelledby='primi-passi']//li"


def test_it_shows_the_plan_by_settore_and_what_the_last_act_did(signed_in, lettura, act100):
    page = signed_in(lettura).get("/caluso/")
    assert texts(page, "//main//h2") == ["Piano della Performance 2022", "Ultimo atto"]
    assert texts(page, STATES) == ["in vigore 12", "eliminate 1"]
    sectors = texts(page, "//section[@aria-labelledby='il-piano']/ul[1]/li")
    first = "AMMINISTRATIVO E SERVIZI ALLA PERSONA"
    assert sectors[0] == f"{first} 2 schede. Peso noto 30 su 100: il resto non è in archivio."
    assert len(sectors) == 6
    assert texts(page, f"{LAST}//p[@class='act']/a/@href") == ["/caluso/atti/gc-100-2022/"]
    assert texts(page, f"{LAST}//p[@class='counts']/span") == ["1 INSERITA", "11 MODIFICATE", "1 ELIMINATA"]
    assert len(texts(page, f"{LAST}//li")) == 6
    assert texts(page, f"{LAST}/p[@class='actions']/a") == ["Altre 7 schede", "Che cosa è cambiato", "Tutti gli atti"]


def test_each_settore_leads_to_its_place_in_the_plan(signed_in, lettura, act100):
    sector = Sector.objects.get(name__contains="AMMINISTRATIVO")
    page = signed_in(lettura).get("/caluso/")
    link = "//section[@aria-labelledby='il-piano']/ul[1]/li[1]/a/@href"
    assert texts(page, link) == [f"/caluso/piano/2022/#settore-{sector.pk}"]
    assert texts(signed_in(lettura).get("/caluso/piano/2022/"), f"//*[@id='settore-{sector.pk}']")


def test_an_empty_entity_tells_who_may_import_what_to_do(signed_in, segretario, lettura):
    assert texts(signed_in(segretario).get("/caluso/"), "//main//a/@href") == ["/caluso/importa/"]
    assert texts(signed_in(lettura).get("/caluso/"), "//main//a/@href") == []


def test_who_prepares_changes_sees_how_far_each_is_and_who_reads_does_not(
    signed_in, this_plan, change, ufficio, responsabile, lettura
):
    assert texts(signed_in(ufficio).get("/caluso/"), STATES) == [
        *("in vigore 2", "in bozza 1", "inviate 0", "approvate 0", "in una proposta 0")
    ]
    submit(change, by=responsabile)
    page = signed_in(responsabile).get("/caluso/")
    assert texts(page, f"{STATES}[strong='1']/a/@href") == ["/caluso/bozze/?stato=INVIATA"]
    assert "1 modifica in corso." in text(page, "//section[@aria-labelledby='il-piano']/ul[1]/li")
    assert texts(signed_in(lettura).get("/caluso/"), STATES) == ["in vigore 2"]


def test_a_change_of_another_settore_is_not_counted(signed_in, this_plan, change, ufficio, caluso):
    ufficio.memberships.get().sectors.set([make_sector(caluso, "TECNICO")])
    assert texts(signed_in(ufficio).get("/caluso/"), f"{STATES}[strong='1']") == []


def test_what_is_gathered_in_a_proposal_is_counted_there(signed_in, proposta, segretario):
    page = signed_in(segretario).get("/caluso/")
    assert texts(page, f"{STATES}[strong='1']/a/@href") == ["/caluso/proposte/"]


def test_what_comes_due_is_shown_to_who_works_here(signed_in, this_plan, ufficio, lettura):
    page = signed_in(ufficio).get("/caluso/")
    due = texts(page, "//section[@aria-labelledby='scadenze']//li")
    assert due[0].startswith(f"31 dicembre {YEAR}")
    assert len(due) == 4
    assert texts(signed_in(lettura).get("/caluso/"), "//section[@aria-labelledby='scadenze']") == []


def test_what_waits_comes_first_for_who_works_here(signed_in, nucleo, ufficio, segretario, this_plan, change):
    assert texts(signed_in(nucleo).get("/caluso/"), "//main//h2")[0] == "Da fare"
    page = signed_in(ufficio).get("/caluso/")
    assert texts(page, "//main//h2")[0] == "Da fare 1"
    assert texts(page, f"{TODO}//h3") == ["Bozze da completare 1"]
    assert texts(signed_in(segretario).get("/caluso/"), f"{TODO}//h3") == ["Atti di cui scrivere le date 1"]


def test_of_many_things_the_oldest_are_shown_and_the_rest_is_a_click_away(signed_in, ufficio, caluso):
    sector, plan = make_sector(caluso), make_plan(caluso)
    for number in range(1, 12):
        make_draft(sector, plan, number=number)
    page = signed_in(ufficio).get("/caluso/")
    assert len(texts(page, "//section[@aria-labelledby='da-fare-bozze']//li")) == 8
    assert texts(page, "//section[@aria-labelledby='da-fare-bozze']/p/a") == ["Altre 3: bozze da completare"]
    assert texts(page, "//section[@aria-labelledby='da-fare-bozze']/p/a/@href") == ["/caluso/bozze/?stato=BOZZA"]


def test_the_plan_in_force_is_shown_also_when_the_next_one_is_begun(signed_in, lettura, this_plan, caluso):
    make_plan(caluso, YEAR + 1)
    assert texts(signed_in(lettura).get("/caluso/"), "//main//h2")[0].endswith(str(YEAR))


def test_the_amministratore_sees_the_first_steps_until_they_are_taken(
    signed_in, amministratore, caluso, make_person, lettura
):
    client = signed_in(amministratore)
    assert texts(client.get("/caluso/"), f"{STEPS}//a/@href") == [
        *("/caluso/importa/", "/caluso/settori/", "/gestione/organisation/user/")
    ]
    assert texts(client.get("/caluso/"), f"{STEPS}/@class") == ["current"] * 3
    adopt(caluso, 8, "2022-02-07", sheet_data())
    assert texts(client.get("/caluso/"), f"{STEPS}/@class") == ["taken", "taken", "current"]
    make_sector(caluso, "POLIZIA")
    assert texts(client.get("/caluso/"), f"{STEPS}[2]/*[2]") == ["Da fare. Senza responsabile: POLIZIA."]
    Sector.objects.filter(name="POLIZIA").delete()
    for number, role in enumerate((Role.UFFICIO, Role.RESPONSABILE, Role.SEGRETARIO)):
        make_person(f"persona{number}", (caluso, role))
    assert texts(client.get("/caluso/"), f"{STEPS}[3]/*[2]") == ["Da fare. Manca chi è: Nucleo di Valutazione."]
    make_person("nucleo", (caluso, Role.NUCLEO))
    assert texts(client.get("/caluso/"), STEPS) == texts(signed_in(lettura).get("/caluso/"), STEPS) == []


@pytest.mark.parametrize("count", [1, 30])
def test_it_takes_the_same_queries_whatever_is_there(
    count, signed_in, caluso, ufficio, segretario, nucleo, amministratore, lettura, django_assert_num_queries
):
    adopt(caluso, 8, f"{YEAR}-01-01", *(sheet_data(number, weight=1) for number in range(1, count + 1)))
    for number in range(1, count + 1):
        draft = rewritten(amend(sheet_of(caluso.plans.get(), number), by=ufficio), ufficio)
        Sheet.objects.get(pk=draft.pk)
    counts = {}
    for person in (ufficio, segretario, nucleo, amministratore, lettura):
        client = signed_in(person)
        client.get("/caluso/")
        with django_assert_num_queries(QUERIES[person.username]):
            counts[person.username] = client.get("/caluso/").status_code
    assert set(counts.values()) == {200}


QUERIES = {"ufficio": 13, "segretario": 13, "nucleo": 10, "amministratore": 7, "lettura": 5}
