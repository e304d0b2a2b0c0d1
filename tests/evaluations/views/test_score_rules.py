"""The page of the criteria: read by all, changed by the Segretario; what is typed is never lost."""

import pytest

from evaluations.models import Round
from evaluations.score_rules import rules_of
from tests.factories import make_plan
from tests.pages import text

pytestmark = pytest.mark.django_db
TYPED = {"partial": "PROPORZIONALE", "cap": "100", "late": "A_SCAGLIONI", "indicator_weights": "on", "row_version": "0"}


@pytest.fixture
def plan(caluso):
    """A plan without criteria of its own."""
    return make_plan(caluso)


@pytest.fixture
def page(plan, signed_in, segretario):
    """Sends the page what is typed, as the Segretario."""

    def send(**typed):
        return signed_in(segretario).post("/caluso/piano/2022/punteggi/", {**TYPED, **typed})

    return send


def test_everybody_reads_them_with_examples(plan, signed_in, lettura):
    words = text(signed_in(lettura).get("/caluso/piano/2022/punteggi/"), "//main")
    assert "Un termine rispettato vale 100 %, uno non rispettato 0 %." in words
    assert "Atteso almeno 12, raggiunto 9: 9 ÷ 12 = 75 %." in words
    assert "Salva i criteri" not in words


def test_the_segretario_changes_them(plan, page):
    answer = page(days_0="10", worth_0="80", days_2="20", worth_2="40")
    assert (answer.status_code, answer.url) == (302, "/caluso/piano/2022/punteggi/")
    assert rules_of(plan).late_steps == [[10, 80], [20, 40]]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"cap": "99", "days_0": "10", "worth_0": "5"}, "Scrivere un numero intero da 100 a 200."),
        ({"days_0": "10"}, "Scrivere quanto vale questo scaglione, o svuotarlo."),
        ({"worth_1": "10"}, "Scrivere fino a quanti giorni arriva questo scaglione, o svuotarlo."),
        ({"days_0": "dieci", "worth_0": "5"}, "Scrivere un numero intero da 1 a 3660."),
        ({"late": "MAI", "days_0": "1", "worth_0": "5"}, "Scegliere una delle voci."),
        ({}, "Per contare il ritardo a scaglioni serve almeno uno scaglione"),
        (
            {"days_0": "10", "worth_0": "50", "days_1": "20", "worth_1": "60"},
            "più di uno fino a 10 giorni",
        ),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(plan, page, typed, said):
    answer = page(**typed)
    assert answer.status_code == 422
    assert said in text(answer, "//main")
    assert all(f'value="{text}"' in answer.text for name, text in typed.items() if name != "late")
    assert rules_of(plan).row_version == 0


def test_over_a_change_of_somebody_else_what_is_typed_stays_and_can_be_meant(plan, page):
    page(days_0="10", worth_0="80")
    answer = page(days_0="15", worth_0="70")
    assert answer.status_code == 422
    assert "I criteri sono stati cambiati dopo che la pagina è stata aperta" in text(answer, "//main")
    assert 'name="row_version" value="1"' in answer.text
    page(days_0="15", worth_0="70", row_version="1")
    assert rules_of(plan).late_steps == [[15, 70]]


def test_closed_verifications_keep_theirs(plan, signed_in, lettura, segretario):
    Round(plan=plan, kind="FINALE", on="2022-12-31", closed_at="2023-02-01T10:00Z", closed_by=segretario).save()
    words = text(signed_in(lettura).get("/caluso/piano/2022/punteggi/"), "//main")
    assert "La verifica finale è chiusa dal 1° febbraio 2023: restano i criteri con cui è stata chiusa." in words


def test_a_plan_that_is_not_there(plan, signed_in, segretario):
    assert signed_in(segretario).get("/caluso/piano/2019/punteggi/").status_code == 404
