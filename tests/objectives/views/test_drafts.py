"""The open versions: the list, and the page of one of them."""

import pytest

from objectives.choices import PassageKind
from objectives.models import Passage
from objectives.views.drafts import NOT_HERE
from tests.factories import make_draft, make_plan, make_sector
from tests.pages import text, texts, with_class

pytestmark = pytest.mark.django_db

NAMES = "//main//ul[contains(@class, 'waiting')]//a"


@pytest.fixture
def finanziario(caluso):
    """A settore of Caluso."""
    return make_sector(caluso)


@pytest.fixture
def tecnico(caluso):
    """Another settore of Caluso."""
    return make_sector(caluso, "TECNICO")


@pytest.fixture
def plan(caluso):
    """The plan of 2022."""
    return make_plan(caluso)


def works_in(person, *sectors):
    person.memberships.get().sectors.set(sectors)


def step(sheet, kind, by, note=""):
    Passage(objective=sheet.objective, sheet=sheet, kind=kind, by=by, note=note).save()


def test_an_office_sees_the_open_sheets_of_its_own_settore(signed_in, ufficio, finanziario, tecnico, plan):
    works_in(ufficio, finanziario)
    make_draft(finanziario, plan, title="Sportello")
    make_draft(tecnico, plan, title="Strade")
    assert texts(signed_in(ufficio).get("/caluso/bozze/"), NAMES) == ["FINANZIARIO n° 1 — Sportello"]


def test_the_segretario_sees_all_of_them_the_one_that_stands_longest_first(
    signed_in, segretario, ufficio, finanziario, tecnico, plan
):
    first, second = make_draft(finanziario, plan, title="A"), make_draft(tecnico, plan, title="B")
    step(second, PassageKind.AVVIATA, ufficio)
    step(first, PassageKind.AVVIATA, ufficio)
    page = signed_in(segretario).get("/caluso/bozze/")
    assert texts(page, NAMES) == ["TECNICO n° 1 — B", "FINANZIARIO n° 1 — A"]


def test_one_settore_and_one_state_can_be_chosen(signed_in, segretario, finanziario, tecnico, plan):
    make_draft(finanziario, plan, title="A")
    make_draft(tecnico, plan, title="B")
    client = signed_in(segretario)
    assert texts(client.get(f"/caluso/bozze/?settore={tecnico.pk}"), NAMES) == ["TECNICO n° 1 — B"]
    assert texts(client.get("/caluso/bozze/?stato=INVIATA"), "//p[@class='empty-title']") == ["Nessuna scheda così"]
    assert len(texts(client.get("/caluso/bozze/?settore=abc&stato=NIENTE"), NAMES)) == 2


def test_a_sheet_that_was_sent_back_shows_why(signed_in, ufficio, segretario, finanziario, plan):
    draft = make_draft(finanziario, plan)
    step(draft, PassageKind.RINVIATA, segretario, "Il peso non torna.")
    page = signed_in(ufficio).get("/caluso/bozze/")
    assert texts(page, with_class("note")) == ["Rinviata: Il peso non torna."]


@pytest.mark.parametrize("role", ["nucleo", "lettura", "amministratore"])
def test_who_only_reads_sees_no_open_sheet(role, signed_in, request, finanziario, plan):
    draft = make_draft(finanziario, plan)
    client = signed_in(request.getfixturevalue(role))
    for path in ("/caluso/bozze/", f"/caluso/bozze/{draft.pk}/"):
        answer = client.get(path)
        assert answer.status_code == 403
        assert "le vede solo chi le prepara o le approva" in answer.content.decode()


def test_of_another_settore_a_draft_one_withdrawn_and_one_that_never_was_are_answered_alike(
    signed_in, ufficio, segretario, finanziario, tecnico, plan
):
    works_in(ufficio, tecnico)
    draft, withdrawn = make_draft(finanziario, plan), make_draft(finanziario, plan, number=2)
    step(withdrawn, PassageKind.RITIRATA, segretario)
    gone = withdrawn.pk
    withdrawn.delete()
    answers = [signed_in(ufficio).get(f"/caluso/bozze/{key}/") for key in (draft.pk, gone, 999_999)]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert {text(answer, "//p[@class='lead']") for answer in answers} == {NOT_HERE}


def test_the_page_of_another_entity_does_not_exist(signed_in, ufficio, esempio):
    elsewhere = make_draft(make_sector(esempio), make_plan(esempio))
    assert signed_in(ufficio).get(f"/caluso/bozze/{elsewhere.pk}/").status_code == 404


def test_the_page_shows_how_far_the_sheet_has_come_and_who_brought_it_there(
    signed_in, ufficio, segretario, finanziario, plan
):
    draft = make_draft(finanziario, plan, created_by=ufficio)
    step(draft, PassageKind.RINVIATA, segretario, "Il peso non torna.")
    page = signed_in(ufficio).get(f"/caluso/bozze/{draft.pk}/")
    assert texts(page, "//li[@aria-current='step']/span[1]") == ["bozza"]
    assert texts(page, "//section[@aria-labelledby='passaggi']//strong") == ["Rinviata con nota"]
    assert texts(page, "//section[@aria-labelledby='passaggi']//div") == ["Il peso non torna."]


def test_an_adopted_version_has_its_own_page(signed_in, segretario, act100):
    sheet = act100.sheets.first()
    assert signed_in(segretario).get(f"/caluso/bozze/{sheet.pk}/")["Location"] == f"/caluso/schede/{sheet.pk}/"


def test_of_a_draft_that_is_gone_the_page_says_who_withdrew_it(signed_in, ufficio, finanziario, plan):
    draft = make_draft(finanziario, plan)
    step(draft, PassageKind.RITIRATA, ufficio)
    gone = draft.pk
    draft.delete()
    answer = signed_in(ufficio).get(f"/caluso/bozze/{gone}/")
    assert answer.status_code == 404
    assert "Questa bozza non c&#x27;è più: l&#x27;ha ritirata Ufficio Rossi il " in answer.content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_queries_however_many(
    count, signed_in, segretario, finanziario, plan, django_assert_num_queries
):
    for number in range(1, count + 1):
        make_draft(finanziario, plan, number=number)
    client = signed_in(segretario)
    with django_assert_num_queries(7):
        client.get("/caluso/bozze/")
