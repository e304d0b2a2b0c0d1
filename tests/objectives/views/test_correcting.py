"""Clerical errors: noted beside the adopted text by the Segretario, and shown with it ever after."""

import pytest

from objectives.models import Correction, Sheet
from tests.pages import text, texts

pytestmark = pytest.mark.django_db

NOTED = "//section[@aria-labelledby='rettifiche']//li/p[1]"
WRONG = "//ul[@class='wrong']/li"


@pytest.fixture
def sheet(act100):
    """The sheet whose title says SPORTELLINO."""
    return act100.sheets.get(title__contains="SPORTELLINO", sector__name="FINANZIARIO")


def page_of(sheet):
    return f"/caluso/schede/{sheet.pk}/rettifica/"


def words(**other):
    return {
        "dove": "title",
        "registrato": "SPORTELLINO",
        "giusto": "SPORTELLO",
        "motivo": "Refuso di battitura.",
        **other,
    }


def test_the_segretario_notes_a_correction_and_the_adopted_text_stays(signed_in, segretario, lettura, sheet):
    answer = signed_in(segretario).post(page_of(sheet), words(), follow=True)
    assert texts(answer, NOTED) == ["Titolo dell'obiettivo: dove è scritto «SPORTELLINO» si legga «SPORTELLO»."]
    assert Sheet.objects.get(pk=sheet.pk).title == sheet.title
    assert texts(signed_in(lettura).get(f"/caluso/schede/{sheet.pk}/"), NOTED) == texts(answer, NOTED)


def test_a_double_click_notes_it_once(signed_in, segretario, sheet):
    client = signed_in(segretario)
    for _ in range(2):
        client.post(page_of(sheet), words())
    assert Correction.objects.count() == 1


def test_without_the_wrong_words_the_whole_text_of_the_place_is_meant(signed_in, segretario, sheet):
    signed_in(segretario).post(page_of(sheet), words(registrato=""))
    assert Correction.objects.get().written == sheet.title


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (
            {"registrato": "SPORTELLONE"},
            "Questo testo non si trova in «Titolo dell'obiettivo»: copiarlo com'è nella scheda.",
        ),
        ({"dove": ""}, "Indicare il punto della scheda."),
        ({"dove": "phase:inventata"}, "Questo punto non c'è."),
        ({"giusto": " "}, "Scrivere il testo corretto."),
        ({"motivo": ""}, "Scrivere perché è un errore materiale."),
    ],
)
def test_what_is_not_said_right_is_asked_again_with_what_was_typed(signed_in, segretario, sheet, said, why):
    answer = signed_in(segretario).post(page_of(sheet), words(**said))
    assert (answer.status_code, texts(answer, WRONG)) == (422, [why])
    assert text(answer, "//textarea[@name='motivo']") == words(**said)["motivo"]
    assert not Correction.objects.exists()


def test_the_right_text_is_another_one(signed_in, segretario, sheet):
    answer = signed_in(segretario).post(page_of(sheet), words(giusto="SPORTELLINO"))
    assert "non c'è nulla da rettificare" in text(answer, "//main//*[@role='alert']")


@pytest.mark.parametrize("who", ["ufficio", "responsabile", "nucleo", "amministratore", "lettura"])
def test_only_the_segretario_corrects(who, signed_in, request, sheet):
    client = signed_in(request.getfixturevalue(who))
    assert client.post(page_of(sheet), words()).status_code == 403
    assert page_of(sheet) not in client.get(f"/caluso/schede/{sheet.pk}/").content.decode()


def test_every_place_of_the_form_can_be_corrected(signed_in, segretario, sheet):
    offered = texts(signed_in(segretario).get(page_of(sheet)), "//select[@name='dove']/option")
    assert offered[:3] == ["scegliere…", "Titolo dell'obiettivo", "Peso"]
    assert "Fase 1" in offered
    assert any(label.startswith("Indice di Tempo «") and label.endswith(": atteso") for label in offered)
