"""The scores of a verification: every number opens how it was computed; those of persons are for few."""

import pytest

from evaluations.choices import RoundKind
from evaluations.rounds import enter, open_round
from tests.factories import written_indicator
from tests.pages import text, texts
from tests.results import ON, result
from tests.this_year import YEAR, approved_plan, full_sheet, sheet_of

pytestmark = pytest.mark.django_db
SCORES = f"/caluso/verifiche/{YEAR}/intermedia/esiti/"
PEOPLE = f"{SCORES}persone/"
PROVISIONAL = "Finché la verifica è aperta, i risultati di queste schede li vede chi li inserisce e chi li valuta."


@pytest.fixture
def entered(open_one, every_kind, sheet, of_finanziario, responsabile):
    """The verification with half of two counts."""
    enter(open_one, [result(sheet, 1, achieved="1"), result(every_kind, 1, achieved="1 giornata")], by=responsabile)
    return open_one


def test_every_number_opens_how_it_was_computed(entered, signed_in, segretario):
    page = signed_in(segretario).get(SCORES)
    how = texts(page, "//details")
    assert any("Una sola voce = 50 %. Una voce è lasciata fuori." in one for one in how), "the plan, of one settore"
    assert any("Media pesata di 2: (50 × 60 + 50 × 40) ÷ 100 = 50 %." in one for one in how), "the settore"
    said = "Giornate di formazione: Atteso almeno 2 giornate, raggiunto 1 giornata: 1 ÷ 2 = 50 %."
    assert any(said in one for one in how)
    assert any(f"ANNO {YEAR + 1}: sportelli: Riguarda il {YEAR + 1}" in one for one in how)
    assert "Punteggi provvisori." in text(page, "//main")


def test_while_it_is_open_sheets_are_for_who_enters_and_who_evaluates(
    entered, signed_in, responsabile, altrove, segretario, nucleo, lettura
):
    hidden = {
        person.username: texts(signed_in(person).get(SCORES), "//main/p").count(PROVISIONAL)
        for person in (responsabile, altrove, segretario, nucleo, lettura)
    }
    assert hidden == {"responsabile": 1, "altrove": 1, "segretario": 0, "nucleo": 0, "lettura": 2}


def test_people_are_for_the_segretario_the_nucleo_and_the_responsabile_of_their_settore(
    entered, signed_in, ufficio, responsabile, altrove, segretario, nucleo, lettura, amministratore
):
    found = {}
    for person in (ufficio, responsabile, altrove, segretario, nucleo, lettura, amministratore):
        answer = signed_in(person).get(PEOPLE)
        found[person.username] = (answer.status_code, "Anna Bianchi" in answer.text)
        assert ("Punteggi per persona" in signed_in(person).get(SCORES).text) == (answer.status_code == 200)
    assert found == {
        "ufficio": (403, False), "responsabile": (200, True), "altrove": (200, False), "segretario": (200, True),
        "nucleo": (200, True), "lettura": (403, False), "amministratore": (403, False),
    }  # fmt: skip


def test_a_person_is_told_share_weight_and_score(entered, signed_in, segretario):
    rows = texts(signed_in(segretario).get(PEOPLE), "//tbody/tr")
    assert rows[0].startswith("Anna Bianchi cat. C FINANZIARIO n° 1: quota 60 % (prevista) × peso 60 = 36")
    assert rows[0].endswith("50 % –")


def test_who_refuses_says_who_may(entered, signed_in, lettura):
    answer = signed_in(lettura).get(PEOPLE)
    assert "I punteggi delle persone li vede solo chi è Segretario o Nucleo di Valutazione" in answer.text


def test_a_verification_that_was_not_opened(plan, signed_in, segretario, estraneo, open_one):
    assert signed_in(segretario).get(SCORES.replace("intermedia", "finale")).status_code == 404
    assert signed_in(estraneo).get(SCORES).status_code == 404


@pytest.mark.parametrize("sheets", [1, 30])
def test_the_pages_take_the_same_queries_whatever_the_plan(
    caluso, segretario, signed_in, django_assert_num_queries, responsabile, sheets
):
    staff = [{"category": "C", "name": "Anna Bianchi", "share": "50"}]
    rows = [written_indicator(expected="2", family="QUANTITA")]
    plan = approved_plan(
        caluso, *(full_sheet(number, weight=3, indicators=rows, staff=staff) for number in range(1, sheets + 1))
    )
    verification = open_round(plan, RoundKind.INTERMEDIA, on=ON, by=segretario)
    enter(verification, [result(sheet_of(plan, 1), 0, achieved="1")], by=responsabile)
    client = signed_in(segretario)
    with django_assert_num_queries(10):
        client.get(SCORES)
    with django_assert_num_queries(12):
        client.get(PEOPLE)
