"""The Relazione is written, frozen, taken back and approved by pages; nothing typed is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from evaluations.models import Report
from evaluations.reporting import begin_report, word_report, word_sector
from tests.pages import text, texts, with_class
from tests.reports import TEXTS, approving_act, closed_final, frozen_report, written_pdf
from tests.this_year import YEAR

pytestmark = pytest.mark.django_db
PATH = f"/caluso/relazione/{YEAR}/"


@pytest.fixture
def report(plan, segretario):
    """Begun, nothing written."""
    return begin_report(plan, by=segretario)


@pytest.fixture
def final(plan, ufficio, responsabile, segretario):
    """The final verification, closed."""
    return closed_final(plan, office=ufficio, manager=responsabile, by=segretario)


def said(client):
    """The message on the page of the Relazione."""
    return text(client.get(PATH), with_class("alert") + "[1]")


def test_the_segretario_writes_the_texts(report, signed_in, segretario):
    client = signed_in(segretario)
    assert client.get(f"{PATH}testi/").context["form"]["row_version"].value() == 1
    answer = client.post(f"{PATH}testi/", {**TEXTS, "row_version": 1})
    assert (answer.status_code, answer.headers["Location"]) == (302, PATH)
    assert Report.objects.get().context == "Meno risorse."


def test_who_saves_over_another_text_sees_both_and_loses_nothing(report, signed_in, segretario):
    word_report(report, **TEXTS, by=segretario, row_version=1)
    client = signed_in(segretario)
    page = client.post(f"{PATH}testi/", {**TEXTS, "context": "Più risorse.", "row_version": 1})
    assert page.status_code == 409
    assert texts(page, "//textarea[@name='context']") == ["Più risorse."]
    assert texts(page, with_class("paper")) == ["Meno risorse."]
    again = {**TEXTS, "context": "Più risorse.", "row_version": page.context["form"]["row_version"].value()}
    assert client.post(f"{PATH}testi/", again).status_code == 302
    assert Report.objects.get().context == "Più risorse."


def test_a_settore_writes_its_text_and_sees_that_of_another(
    report, of_finanziario, finanziario, tecnico, signed_in, ufficio, segretario
):
    client, path = signed_in(ufficio), f"{PATH}settori/{finanziario.pk}/"
    assert client.post(path, {"text": "Fatto.", "row_version": 0}).headers["Location"] == PATH
    word_sector(report, finanziario, text="Fatto bene.", by=segretario, row_version=1)
    page = client.post(path, {"text": "Fatto meglio.", "row_version": 1})
    assert (page.status_code, texts(page, "//textarea")) == (409, ["Fatto meglio."])
    assert client.get(path).context["form"]["text"].value() == "Fatto bene."
    assert client.get(f"{PATH}settori/{tecnico.pk}/").status_code == 403
    assert client.get(f"{PATH}settori/{10**6}/").status_code == 404


def test_what_was_typed_while_it_became_final_stays_on_the_page(report, final, finanziario, signed_in, segretario):
    frozen_report(report, final)
    client = signed_in(segretario)
    for path, typed in ((f"{PATH}testi/", TEXTS), (f"{PATH}settori/{finanziario.pk}/", {"text": "Un anno di lavoro."})):
        page = client.post(path, {**typed, "row_version": 1})
        assert page.status_code == 422
        assert "va riportata in bozza" in text(page, with_class("alert-danger"))
        assert texts(page, "//textarea")[0] == "Un anno di lavoro."
        assert client.get(path).headers["Location"] == PATH


def test_a_text_without_end_is_refused_and_stays(report, signed_in, segretario):
    page = signed_in(segretario).post(f"{PATH}testi/", {**TEXTS, "context": "x" * 40_001, "row_version": 1})
    assert page.status_code == 422
    assert "al massimo 40000 caratteri" in page.content.decode()


def test_the_page_that_freezes_says_first_what_is_missing(report, signed_in, segretario):
    page = signed_in(segretario).get(f"{PATH}definitiva/")
    assert texts(page, with_class("severity-e") + "/p[1]") == ["Da correggere R30"]
    assert texts(page, "//main//form") == []


def test_a_pdf_from_outside_becomes_the_final_text(report, final, signed_in, segretario):
    client, pdf = signed_in(segretario), written_pdf("Relazione sulla performance")
    page = client.get(f"{PATH}definitiva/")
    assert "La presentazione non è ancora scritta." in texts(page, with_class("severity-w") + "/p[2]")
    sent = {"origine": "file", "file": SimpleUploadedFile("relazione.pdf", pdf), "row_version": 1}
    assert client.post(f"{PATH}definitiva/", sent).headers["Location"] == PATH
    assert said(client) == "La Relazione è definitiva: ora la approva un atto."
    assert client.get(f"{PATH}pdf/").content == pdf


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"origine": "file"}, "Scegliere il PDF."),
        ({"origine": ""}, "Scegliere da dove viene il testo."),
        ({"origine": "altro"}, "Scegliere una delle due."),
        ({"origine": "file", "file": b""}, "Il file è vuoto."),
        ({"origine": "file", "file": b"PK un .docx"}, "Il file non è un PDF"),
    ],
)
def test_what_can_not_become_the_final_text_is_refused(report, final, signed_in, segretario, sent, words):
    files = {"file": SimpleUploadedFile("relazione.pdf", sent["file"])} if "file" in sent else {}
    page = signed_in(segretario).post(f"{PATH}definitiva/", {**sent, **files, "row_version": 1})
    assert page.status_code == 422
    assert words in page.content.decode()
    assert Report.objects.get().state == "BOZZA"


def test_a_final_text_is_taken_back_with_a_reason(report, final, signed_in, segretario):
    frozen_report(report, final)
    client = signed_in(segretario)
    assert client.post(f"{PATH}bozza/", {"motivo": ""}).status_code == 422
    assert client.post(f"{PATH}bozza/", {"motivo": "Manca un settore"}).headers["Location"] == PATH
    page = client.get(PATH)
    assert texts(page, "//section[@aria-labelledby='storia']//li/span[1]")[-1] == "Riportata in bozza: Manca un settore"
    assert client.get(f"{PATH}bozza/").headers["Location"] == PATH


def test_an_act_of_the_next_year_approves_it_and_then_the_nucleo_gets_it(report, final, caluso, signed_in, segretario):
    frozen_report(report, final)
    client = signed_in(segretario)
    page = client.get(f"{PATH}approva/")
    assert text(page, with_class("empty-title")) == "Nessun atto registrato dopo l'anno del piano."
    act = approving_act(caluso)
    assert client.post(f"{PATH}approva/", {"atto": ""}).status_code == 422
    assert client.post(f"{PATH}approva/", {"atto": act.pk}).headers["Location"] == PATH
    assert "approvata con la GC 40" in said(client)
    assert client.get(f"{PATH}definitiva/").headers["Location"] == PATH
    client.post(f"{PATH}trasmetti/")
    assert Report.objects.get().validations.get().state == "IN_PREPARAZIONE"
    client.post(f"{PATH}trasmetti/")
    assert Report.objects.get().validations.count() == 1
