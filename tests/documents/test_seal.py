"""The entity's seal: appended to what was validated, or a sentence that says why it can't be used."""

from datetime import timedelta

import pytest

from documents.seal import SealUnavailable, seal
from documents.signatures.reading import read_signed
from organisation.models import Entity
from tests.certificates import PASSWORD, person
from tests.conformance import failures

pytestmark = pytest.mark.pdf
CALUSO = Entity(name="Comune di Caluso", slug="caluso-to")


@pytest.fixture
def sealed_with(settings, tmp_path):
    """Configures a seal: the content of its file, and its password."""

    def configure(p12, password=PASSWORD):
        settings.SEALS_DIR = str(tmp_path)
        settings.SEAL_PASSWORDS = {"caluso-to": password}
        if p12 is not None:
            (tmp_path / "caluso-to.p12").write_bytes(p12)

    return configure


def unavailable(pdf):
    with pytest.raises(SealUnavailable) as reason:
        seal(CALUSO, pdf)
    return str(reason.value)


def test_an_entity_without_a_seal_seals_nothing(pdf, settings, sealed_with, maria):
    assert seal(CALUSO, pdf) is None
    sealed_with(maria.p12)
    assert seal(Entity(name="Comune di Esempio", slug="esempio"), pdf) is None


def test_a_sealed_document_signed_by_a_person_is_still_pdf_a_and_pdf_ua(pdf, sealed_with, ca, maria):
    sealed_with(person("COMUNE DI CALUSO", ca).p12)
    sealed = seal(CALUSO, pdf)
    assert [signer.name for signer in read_signed(pdf, sealed).signers] == ["COMUNE DI CALUSO"]
    both = maria.sign(sealed)
    assert [signer.name for signer in read_signed(pdf, both).signers] == ["COMUNE DI CALUSO", "ROSSI MARIA"]
    assert (failures(both, "3a"), failures(both, "ua1")) == ({}, {})


@pytest.mark.parametrize(
    ("holder", "password", "why"),
    [
        (lambda _: None, PASSWORD, "c'è la sua password ma non il file caluso-to.p12"),
        (lambda ca: person("X", ca).p12, "sbagliata", "la password è sbagliata"),
        (lambda ca: person("X", ca).p12[:-40], PASSWORD, "è rovinato"),
        (lambda _: b"", PASSWORD, "è rovinato"),
        (lambda ca: person("X", ca, since=timedelta(9), until=timedelta(-1)).p12, PASSWORD, "il certificato è scaduto"),
        (lambda ca: person("X", ca, since=timedelta(-1)).p12, PASSWORD, "il certificato vale solo dal"),
    ],
)
def test_a_seal_that_cannot_be_used_is_never_left_out_in_silence(pdf, sealed_with, ca, holder, password, why):
    sealed_with(holder(ca), password)
    sentence = unavailable(pdf)
    assert sentence.startswith("Il sigillo di Comune di Caluso non si può usare: ")
    assert why in sentence
