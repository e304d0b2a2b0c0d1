"""The cronoprogramma: every phase in its months, as a picture and in words, for who may read how far it is."""

import pytest
from django.utils import timezone

from evaluations.rounds import enter
from organisation.models import Manager
from tests.pages import text, texts, with_class
from tests.plans import adopt, sheet_data
from tests.results import progress
from tests.this_year import YEAR, approved_plan, full_sheet

pytestmark = pytest.mark.django_db
ADDRESS = f"/caluso/piano/{YEAR}/cronoprogramma/"
SECTORS = with_class("timetable", "section") + "/h2"
PHASES = with_class("timetable", "section") + "//tbody/tr[td]"  # between its cells there are no blanks


@pytest.fixture
def visit(signed_in, lettura):
    """Fetch the page as who may only read."""
    client = signed_in(lettura)
    return lambda **query: client.get(ADDRESS, query)


def test_all_phases_stand_by_settore_and_sheet_with_their_months(visit, plan, sheet):
    page = visit()
    assert texts(page, SECTORS) == ["FINANZIARIO", "TECNICO"]
    assert texts(page, PHASES)[:2] == ["Avviomesi non scritti", f"Verificadicembre {YEAR}"]
    assert len(texts(page, PHASES)) == 6
    assert texts(page, "//tbody/tr/th/a[contains(., 'n° 2')]/@href") == [f"/caluso/schede/{sheet.pk}/"]
    assert "6 fasi" in text(page, with_class("lead"))


def test_a_settore_a_responsabile_or_what_runs_now_can_be_asked_for(visit, caluso):
    now = timezone.localdate()
    running = [{"slot": 1, "text": "Adesso", "months": [f"{now:%Y-%m}"]}, {"slot": 2, "text": "Mai", "months": []}]
    approved_plan(
        caluso, full_sheet(1, phases=running), full_sheet(1, sector="TECNICO", phases=[running[1] | {"slot": 1}])
    )
    tecnico = caluso.sectors.get(name="TECNICO")
    assert texts(visit(settore=tecnico.pk), SECTORS) == ["TECNICO"]
    assert texts(visit(in_corso="on"), SECTORS) == ["FINANZIARIO"]
    assert len(texts(visit(in_corso="on"), PHASES)) == 1
    name = Manager.objects.filter(sector__name="FINANZIARIO").values_list("name", flat=True).first()
    assert texts(visit(responsabile=name), SECTORS)[0] == "FINANZIARIO"
    assert text(visit(settore=tecnico.pk, in_corso="on"), with_class("empty-title")) == "Nessuna fase"


def test_a_choice_that_is_not_there_is_said(visit, plan):
    page = visit(settore=999)
    assert "ecco tutto il piano" in text(page, with_class("wrong"))
    assert len(texts(page, SECTORS)) == 2


def test_how_far_a_phase_is_is_for_who_may_read_it(
    signed_in, visit, of_finanziario, altrove, ufficio, open_one, sheet, responsabile
):
    enter(open_one, [progress(sheet, 0, "50")], by=ufficio)
    for person, sees in ((ufficio, True), (altrove, False)):
        page = signed_in(person).get(ADDRESS)
        assert ("Avviomesi non scritti50 %" in texts(page, PHASES)) is sees
    assert texts(visit(), "//thead//th[4]") == []
    open_one.closed_at, open_one.closed_by = timezone.now(), responsabile
    open_one.save()
    assert "Avviomesi non scritti50 %" in texts(visit(), PHASES)


def test_phases_of_the_later_years_of_the_triennium_are_hatched(visit, caluso):
    phases = [{"slot": 1, "text": "Biennale", "months": [f"{YEAR}-12", f"{YEAR + 1}-01"]}]
    approved_plan(caluso, full_sheet(1, phases=phases))
    page = visit()
    assert texts(page, f"{PHASES}//rect/@fill") == ["url(#tratteggio)"]
    assert texts(page, f"{PHASES}/td[2]") == [f"dicembre {YEAR}–gennaio {YEAR + 1}"]


def test_a_year_without_a_plan(signed_in, lettura, plan):
    assert signed_in(lettura).get("/caluso/piano/1999/cronoprogramma/").status_code == 404


def test_a_plan_with_nothing_in_force(signed_in, lettura, plan, caluso):
    caluso.plans.create(year=YEAR + 1, name="Piano")
    page = signed_in(lettura).get(f"/caluso/piano/{YEAR + 1}/cronoprogramma/")
    assert text(page, with_class("empty-title")) == "Oggi questo piano non ha obiettivi in vigore"


@pytest.mark.parametrize("count", [1, 30])
def test_the_queries_are_the_same_whatever_the_plan(signed_in, lettura, caluso, django_assert_num_queries, count):
    adopt(caluso, 8, "2022-02-07", *(sheet_data(number, weight=1) for number in range(1, count + 1)))
    client = signed_in(lettura)
    with django_assert_num_queries(6):
        assert client.get("/caluso/piano/2022/cronoprogramma/").status_code == 200


def test_sixty_sheets_with_eight_phases_stay_below_150_kb(visit, caluso):
    """Of eighty characters each. With still more, too many for a page, the whole plan shows its sheets."""
    words = "Ricognizione dei procedimenti e dei moduli in uso, con il parere degli uffici n. "
    months = [f"{YEAR}-{month:02}" for month in range(2, 9)]
    rows = [{"slot": slot, "text": words[:79] + str(slot), "months": months} for slot in range(1, 9)]
    sheets = [full_sheet(number, weight=1, sector=f"SETTORE {number % 6}", phases=rows) for number in range(1, 67)]
    approved_plan(caluso, *sheets[:60])
    page = visit()
    assert (len(texts(page, PHASES)), len(page.content) < 150_000) == (480, True)
    adopt(caluso, 9, f"{YEAR}-01-02", *sheets[60:])
    page = visit()
    assert (len(texts(page, PHASES)), len(page.content) < 150_000) == (66, True)
    assert len(texts(visit(settore=caluso.sectors.get(name="SETTORE 1").pk), PHASES)) == 88
