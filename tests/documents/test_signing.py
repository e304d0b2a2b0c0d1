"""Bringing a signed document back: both files are kept, once, by who may."""

import pytest

from documents.codes import new_code
from documents.models import DamagedDocumentError, SignatureKind, freeze
from documents.seal import SealUnavailable
from documents.signatures.found import Refused
from documents.signing import bring_back, seal_copy
from tests.certificates import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]


def refusal(document, content, by):
    with pytest.raises(Refused) as refused:
        bring_back(document, content, by=by)
    assert not document.signed_copies.exists()
    return str(refused.value)


@pytest.mark.parametrize("who", ["nucleo", "segretario"])
def test_the_signed_pdf_is_kept_beside_the_document(who, request, signable, maria, pdf):
    person, content = request.getfixturevalue(who), maria.sign(pdf)
    copy = bring_back(signable, content, by=person)
    assert (copy.kind, copy.received_by, copy.document) == (SignatureKind.PADES, person, signable)
    assert (copy.file.name, copy.file.mime, copy.file.code) == ("scheda-firmato.pdf", "application/pdf", None)
    assert (copy.file.read(), signable.read()) == (content, pdf)
    (signer,) = copy.signers
    assert (signer["name"], signer["issuer"], signer["stamped"]) == ("ROSSI MARIA", "Autorità di prova", False)
    written = copy.history.get()
    assert (written.history_user, written.history_change_reason) == (person, "Riportata la copia firmata")


def test_an_envelope_is_kept_as_it_came(signable, maria, pdf, nucleo):
    content = maria.envelope(pdf)
    copy = bring_back(signable, content, by=nucleo)
    assert (copy.kind, copy.file.name, copy.file.mime) == (
        SignatureKind.CADES, "scheda.pdf.p7m", "application/pkcs7-mime",
    )  # fmt: skip
    assert copy.file.read() == content


def test_what_the_file_as_a_whole_lacks_is_noted(signable, maria, pdf, nucleo):
    (signer,) = bring_back(signable, maria.sign(pdf, box=(9, 9, 99, 99)), by=nucleo).signers
    assert signer["notes"][-1].startswith("La firma si vede sulla pagina 1")


def test_the_same_file_is_taken_once(signable, maria, pdf, nucleo):
    content = maria.sign(pdf)
    bring_back(signable, content, by=nucleo)
    with pytest.raises(Refused, match="Questo file è già stato riportato il"):
        bring_back(signable, content, by=nucleo)
    bring_back(signable, maria.sign(pdf), by=nucleo)
    assert signable.signed_copies.count() == 2


@pytest.mark.parametrize("who", ["ufficio", "responsabile", "amministratore", "lettura", "estraneo"])
def test_others_bring_nothing_back(who, request, signable):
    sentence = refusal(signable, b"", request.getfixturevalue(who))
    assert sentence.endswith("lo può fare Nucleo di Valutazione o Segretario.")


def test_who_was_dismissed_brings_nothing_back(signable, nucleo):
    nucleo.is_active = False
    assert refusal(signable, b"", nucleo).startswith("Il suo ruolo non permette")


def test_only_what_has_a_code_or_is_in_a_package_is_signed(caluso, nucleo):
    paper = freeze(entity=caluso, subject="bozza", name="bozza.pdf", content=b"%PDF-1.7")
    assert refusal(paper, b"", nucleo).startswith("Questo documento non è tra quelli da firmare")


def test_the_copy_of_another_document_is_named(caluso, signable, other_pdf, maria, nucleo):
    other = freeze(entity=caluso, subject="altra", name="altra.pdf", content=other_pdf, code=new_code())
    named = "È la copia firmata di un altro documento, «altra.pdf»: riportarla nella sua pagina."
    assert refusal(signable, maria.sign(other_pdf), nucleo) == named
    assert refusal(signable, maria.envelope(other.read()), nucleo) == named


def test_another_document_that_is_not_to_be_signed_is_not_named(caluso, esempio, signable, other_pdf, maria, nucleo):
    freeze(entity=caluso, subject="bozza", name="bozza.pdf", content=other_pdf)
    freeze(entity=esempio, subject="altrui", name="altrui.pdf", content=other_pdf, code=new_code())
    assert refusal(signable, maria.sign(other_pdf), nucleo).startswith("Il PDF firmato non è questo documento.")


def test_nothing_is_compared_with_a_document_that_is_spoilt(signable, maria, pdf, nucleo):
    signable.file.storage.delete(signable.file.name)
    with pytest.raises(DamagedDocumentError, match="registrato"):
        bring_back(signable, maria.sign(pdf), by=nucleo)


def test_the_seal_is_put_once_on_a_copy(signable, pdf, maria, settings, tmp_path):
    assert seal_copy(signable) is None
    settings.SEALS_DIR, settings.SEAL_PASSWORDS = str(tmp_path), {"caluso": PASSWORD}
    (tmp_path / "caluso.p12").write_bytes(maria.p12)
    copy = seal_copy(signable)
    assert (copy.kind, copy.received_by, copy.file.name) == (SignatureKind.SEAL, None, "scheda-sigillato.pdf")
    assert copy.file.read().startswith(pdf)
    assert seal_copy(signable) == copy


def test_nobody_waits_while_the_seal_is_made(signable, settings, tmp_path, django_assert_num_queries):
    settings.SEALS_DIR, settings.SEAL_PASSWORDS = str(tmp_path), {"caluso": "sbagliata"}
    (tmp_path / "caluso.p12").write_bytes(b"spoilt")
    with django_assert_num_queries(1) as asked, pytest.raises(SealUnavailable):
        seal_copy(signable)
    assert asked.captured_queries[0]["sql"].startswith("SELECT")
