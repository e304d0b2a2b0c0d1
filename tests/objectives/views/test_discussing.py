"""The page of a draft: what is said about it, and the files enclosed with it."""

import pytest

from objectives.models import Comment, Enclosure
from objectives.workflow import adopt, comment, enclose
from tests.pages import text, texts
from tests.results import PDF, upload
from tests.sessions import SESSION, with_opinions

pytestmark = pytest.mark.django_db

ALERT = "//main//*[@role='alert' or @role='status']"
COMMENTS = "//ol[@class='comments']/li"
FILES = "//ul[@class='comments']/li"
WRONG = "//ul[@class='wrong']/li"
QUERIES = 9


def page_of(sheet, deed=""):
    return f"/caluso/bozze/{sheet.pk}/{f'{deed}/' if deed else ''}"


def test_a_comment_is_written_on_the_page_and_read_there(signed_in, ufficio, segretario, change):
    words = {"commento": "<b>Va bene</b> così, @segretario?"}
    answer = signed_in(ufficio).post(page_of(change, "commenti"), words, follow=True)
    assert answer.redirect_chain == [(f"{page_of(change)}#commenti", 302)]
    assert texts(answer, ALERT)[0] == (
        "Il commento è aggiunto. Senza indirizzo e-mail, e quindi da avvisare a voce: Segretario Rossi."
    )
    said = text(signed_in(segretario).get(page_of(change)), COMMENTS)
    assert said.startswith("Ufficio Rossi")
    assert "cita Segretario Rossi" in said
    assert said.endswith("<b>Va bene</b> così, @segretario?")


def test_who_is_chosen_from_the_list_hears_of_it(signed_in, ufficio, segretario, change):
    segretario.email = "segretario@esempio.invalid"
    segretario.save()
    client = signed_in(ufficio)
    people = texts(client.get(page_of(change)), "//select[@name='persona']/option")
    assert people == ["nessuno", "Segretario Rossi (@segretario)", "Ufficio Rossi (@ufficio)"]
    answer = client.post(page_of(change, "commenti"), {"commento": "Ecco.", "persona": segretario.pk}, follow=True)
    assert texts(answer, ALERT)[0] == "Il commento è aggiunto. Un'e-mail avvisa Segretario Rossi."


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(signed_in, ufficio, nucleo, change):
    client = signed_in(ufficio)
    for words, why in (
        ({"commento": " "}, "Scrivere il commento."),
        ({"commento": "Ecco", "persona": nucleo.pk}, "Questa persona non vede la bozza: sceglierne una dall'elenco."),
    ):
        answer = client.post(page_of(change, "commenti"), words)
        assert (answer.status_code, texts(answer, WRONG)) == (422, [why])
    answer = client.post(page_of(change, "commenti"), {"commento": "@nucleo, che ne dice?"})
    assert answer.status_code == 422
    assert text(answer, ALERT).startswith("«@nucleo» non è tra chi vede questa bozza")
    assert text(answer, "//textarea") == "@nucleo, che ne dice?"
    assert not Comment.objects.exists()


def test_a_file_is_enclosed_and_comes_back_as_it_was_to_be_kept_and_not_shown(signed_in, ufficio, segretario, change):
    said = {"file": upload("preventivo.pdf"), "descrizione": "Il preventivo"}
    answer = signed_in(ufficio).post(page_of(change, "allega"), said, follow=True)
    assert texts(answer, ALERT)[0] == "Il file «preventivo.pdf» è allegato alla bozza."
    assert text(answer, FILES).endswith("Il preventivo")
    (address,) = texts(answer, f"{FILES}/a/@href")
    response = signed_in(segretario).get(address)
    assert (response.content, response["Content-Type"]) == (PDF, "application/pdf")
    assert response["Content-Disposition"] == 'attachment; filename="preventivo.pdf"'
    assert response["Content-Security-Policy"].startswith("sandbox")


def test_a_file_that_is_not_taken_is_said_beside_the_form(signed_in, ufficio, change):
    client = signed_in(ufficio)
    missing = client.post(page_of(change, "allega"), {"descrizione": "Il preventivo"})
    assert (missing.status_code, texts(missing, WRONG)) == (422, ["Scegliere il file."])
    assert texts(missing, "//input[@name='descrizione']/@value") == ["Il preventivo"]
    empty = client.post(page_of(change, "allega"), {"file": upload(content=b"")})
    assert (empty.status_code, text(empty, ALERT)) == (
        422, "Il file «prova.pdf» è vuoto: controllare che sia quello giusto.",
    )  # fmt: skip
    assert not Enclosure.objects.exists()


def test_once_adopted_they_are_read_by_who_saw_the_draft_and_stand_on_no_page_of_the_act(
    signed_in, ufficio, lettura, proposta, approvata, segretario
):
    comment(approvata, "Detto tra noi.", by=segretario)
    enclose(approvata, upload("tra-noi.pdf"), by=segretario)
    adopt(with_opinions(proposta, segretario), SESSION, by=segretario)
    client = signed_in(ufficio)
    page = client.get(page_of(approvata, "commenti"))
    assert (len(texts(page, COMMENTS)), len(texts(page, FILES)), texts(page, "//main//form")) == (1, 1, [])
    late = client.post(page_of(approvata, "commenti"), {"commento": "Ancora una cosa."})
    assert (late.status_code, text(late, "//textarea")) == (422, "Ancora una cosa.")
    assert "è già adottata" in texts(late, ALERT)[0]
    for person in (ufficio, lettura):
        shown = signed_in(person).get(f"/caluso/schede/{approvata.pk}/").content.decode()
        assert ("Detto tra noi" in shown, "tra-noi.pdf" in shown) == (False, False)


def test_thirty_comments_and_files_take_no_more_queries_than_one(
    signed_in, segretario, ufficio, change, django_assert_num_queries
):
    client = signed_in(segretario)
    for number in range(30):
        comment(change, f"Commento {number} @segretario", by=ufficio)
        enclose(change, upload(f"{number}.pdf", PDF + bytes([number])), by=ufficio)
        if number in {0, 29}:
            with django_assert_num_queries(QUERIES):
                page = client.get(page_of(change, "commenti"))
    assert (len(texts(page, COMMENTS)), len(texts(page, FILES))) == (30, 30)
