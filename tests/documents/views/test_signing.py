"""The page of a document's signatures: who sees it, what it says, how it refuses."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.models import SignatureKind, SignedCopy, freeze
from tests.pages import text, texts

pytestmark = pytest.mark.django_db


def page(document):
    return f"/caluso/documenti/{document.pk}/firma/"


def file(document):
    return f"/caluso/documenti/{document.pk}/file/"


def a_copy(document, number):
    content = f"copia {number}".encode()
    kept = freeze(entity=document.entity, subject=f"copia {number}", name=f"scheda-{number}.pdf", content=content)
    signer = {
        "name": f"FIRMA <{number}>",
        "issuer": "CA",
        "at": "2026-10-18T10:00:00+00:00",
        "stamped": number % 2 == 0,
    }
    signers = [{**signer, "trust": "catena non verificata", "notes": ["Nota."]}]
    copy = SignedCopy(document=document, file=kept, kind=SignatureKind.PADES, signers=signers)
    copy.save()
    return copy


def brought(client, document, content):
    return client.post(page(document), {"file": SimpleUploadedFile("firmato.pdf", content)})


@pytest.mark.pdf
def test_a_document_goes_out_is_signed_and_comes_back(signed_in, nucleo, signable, maria, pdf):
    client = signed_in(nucleo)
    out = client.get(file(signable))
    assert (out.content, out["Content-Disposition"]) == (pdf, 'attachment; filename="scheda.pdf"')
    response = client.post(page(signable), {"file": SimpleUploadedFile("f.pdf", maria.sign(out.content))}, follow=True)
    assert text(response, "//*[contains(@class, 'alert-success')]") == (
        "La copia firmata è accettata: è lo stesso documento, firmato da ROSSI MARIA."
    )
    assert texts(response, "//main//li/strong") == ["ROSSI MARIA"]
    copy = signable.signed_copies.get()
    assert client.get(file(copy.file)).content == copy.file.read()
    refused = brought(client, signable, copy.file.read())
    assert (refused.status_code, texts(refused, "//ul[@class='wrong']/li")[0][:37]) == (
        422, "Questo file è già stato riportato il ",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "Il file è vuoto: scegliere quello firmato."),
        (b"%PDF-1.7 prova", "È il documento come era uscito, senza firme: firmarlo e riportarlo."),
        (b"%PDF-1.7 pro", "Il file è troncato: finisce dopo 12 byte, il documento ne ha 14. Caricarlo di nuovo."),
        (b"%PDF-1.7 prova e altro", "Il file è troncato o rovinato: non si legge fino in fondo. Caricarlo di nuovo."),
        (b"GIF89a", "Non è un documento firmato: si riporta il PDF firmato (PAdES) o la busta .p7m (CAdES)."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(signed_in, segretario, document, content, why):
    response = brought(signed_in(segretario), document, content)
    assert (response.status_code, texts(response, "//ul[@class='wrong']/li")) == (422, [why])
    assert not document.signed_copies.exists()


def test_a_file_far_too_large_is_not_read(signed_in, nucleo, document, settings):
    settings.EVIDENCE_MAX_BYTES = 1000
    response = brought(signed_in(nucleo), document, b"%PDF-1.7 prova" * 100)
    assert texts(response, "//ul[@class='wrong']/li")[0].startswith("Il file è di 1,4 KB, il documento di 14 byte")


@pytest.mark.parametrize("who", ["ufficio", "responsabile", "amministratore", "lettura"])
def test_other_roles_are_refused(who, request, signed_in, document):
    client = signed_in(request.getfixturevalue(who))
    statuses = [client.get(page(document)), client.get(file(document)), client.post(page(document))]
    assert [response.status_code for response in statuses] == [403, 403, 403]


def test_for_a_stranger_there_is_nothing(signed_in, estraneo, client, document):
    stranger = signed_in(estraneo)
    elsewhere = page(document).replace("caluso", "esempio")
    answers = [stranger.get(page(document)), stranger.get(file(document)), stranger.get(elsewhere)]
    assert [response.status_code for response in answers] == [404, 404, 404]
    assert client.get(page(document)).status_code == 302


def test_papers_that_are_not_to_be_signed_stay_where_they_are(signed_in, nucleo, caluso):
    draft = freeze(entity=caluso, subject="bozza", name="bozza.pdf", content=b"%PDF-1.7 bozza")
    copy = a_copy(draft, 1)
    client = signed_in(nucleo)
    asked = [page(draft), file(draft), page(copy.file), file(copy.file)]
    assert [client.get(path).status_code for path in asked] == [404, 404, 404, 404]


def test_a_spoilt_file_is_not_sent(signed_in, nucleo, document):
    with document.file.storage.open(document.file.name, "wb") as stored:
        stored.write(b"%PDF-1.7 Prova")
    response = signed_in(nucleo).get(file(document))
    assert (response.status_code, text(response, "//h1")) == (503, "Il file registrato è rovinato")
    refused = brought(signed_in(nucleo), document, b"%PDF-1.7 Prova firmata")
    assert "non è più quello registrato" in texts(refused, "//ul[@class='wrong']/li")[0]


def test_signers_are_shown_with_their_moment_as_text(signed_in, nucleo, document):
    a_copy(document, 1)
    a_copy(document, 2)
    response = signed_in(nucleo).get(page(document))
    assert texts(response, "//main//li/strong") == ["FIRMA <1>", "FIRMA <2>"]
    told = texts(response, "//main//li/p[1]")
    assert told[0].startswith(
        "Firma del 18 ottobre 2026, 12:00 (ora dichiarata da chi ha firmato, senza marca temporale)"
    )
    assert told[1].startswith("Firma del 18 ottobre 2026, 12:00 (marca temporale)")


def test_the_page_takes_as_many_queries_for_thirty_copies_as_for_one(
    signed_in, nucleo, document, django_assert_num_queries
):
    client = signed_in(nucleo)
    a_copy(document, 0)
    with django_assert_num_queries(8):
        client.get(page(document))
    for number in range(1, 30):
        a_copy(document, number)
    with django_assert_num_queries(8):
        client.get(page(document))
