"""A document that comes back in an envelope: the enclosed bytes are the document, and each signature holds."""

import base64

import pytest

from documents.models import SignatureKind
from documents.signatures.found import AnotherDocument, Refused
from documents.signatures.reading import read_signed

DOCUMENT = b"PK\x03\x04 il fascicolo in zip, o qualunque altro file " * 20


def flipped(content, place):
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def refusal(returned, original=DOCUMENT):
    with pytest.raises(Refused) as refused:
        read_signed(original, returned)
    return str(refused.value)


def armoured(content):
    return b"-----BEGIN PKCS7-----\n" + base64.encodebytes(content) + b"-----END PKCS7-----\n"


@pytest.mark.parametrize("write", [bytes, base64.b64encode, base64.encodebytes, armoured])
def test_an_envelope_is_accepted_as_programs_write_it(maria, write):
    found = read_signed(DOCUMENT, write(maria.envelope(DOCUMENT)))
    assert (found.kind, [signer.name for signer in found.signers]) == (SignatureKind.CADES, ["ROSSI MARIA"])


def test_two_signatures_in_one_envelope(maria, ugo):
    first, second = maria.envelope_asn1(DOCUMENT), ugo.envelope_asn1(DOCUMENT)
    for name in ("signer_infos", "certificates"):
        first["content"][name] = [*first["content"][name], *second["content"][name]]
    assert {signer.name for signer in read_signed(DOCUMENT, first.dump()).signers} == {"ROSSI MARIA", "NERI UGO"}


def test_an_envelope_in_an_envelope(maria, ugo):
    found = read_signed(DOCUMENT, ugo.envelope(maria.envelope(DOCUMENT)))
    assert [signer.name for signer in found.signers] == ["NERI UGO", "ROSSI MARIA"]


def test_one_bad_signature_spoils_the_envelope(maria, ugo):
    inner = maria.envelope(DOCUMENT)
    assert refusal(ugo.envelope(flipped(inner, len(inner) - 20))).startswith("La firma di ROSSI MARIA è rotta")


def test_envelopes_without_end_are_not_opened(maria):
    content = DOCUMENT
    for _ in range(6):
        content = maria.envelope(content)
    assert refusal(content).startswith("La busta .p7m contiene un altro documento")


def test_the_enclosed_document_changed(maria):
    content = maria.envelope(DOCUMENT)
    place = content.index(DOCUMENT) + 100
    assert refusal(flipped(content, place)).startswith("Ciò che ROSSI MARIA ha firmato non è ciò che il file contiene")


def test_the_signature_changed(maria):
    content = maria.envelope(DOCUMENT)
    assert refusal(flipped(content, len(content) - 20)).startswith("La firma di ROSSI MARIA è rotta")


@pytest.mark.parametrize("cut", [1, 50, 900])
def test_truncated(maria, cut):
    assert refusal(maria.envelope(DOCUMENT)[:-cut]).startswith("Il file è troncato o rovinato")
    assert "troncat" in refusal(base64.b64encode(maria.envelope(DOCUMENT))[: -cut - 2])


def test_something_after_the_envelope(maria):
    assert refusal(maria.envelope(DOCUMENT) + b"\x00").startswith("Il file è troncato o rovinato")


def test_another_document(maria):
    with pytest.raises(AnotherDocument) as refused:
        read_signed(DOCUMENT, maria.envelope(b"un altro"))
    assert refused.value.enclosed == b"un altro"


def test_the_signature_without_the_document(maria):
    assert refusal(maria.envelope(DOCUMENT, detached=True)).startswith("La busta contiene solo la firma")


def test_an_envelope_that_nobody_signed(maria):
    empty = maria.envelope_asn1(DOCUMENT)
    empty["content"]["signer_infos"] = []
    assert refusal(empty.dump()) == "La busta .p7m non porta nessuna firma."


def test_an_envelope_of_another_kind():
    assert refusal(bytes.fromhex("301206092a864886f70d010701a0050403616263")).startswith(
        "Il file è una busta, ma non di firma"
    )
