"""CAdES: the document stands in an envelope (.p7m) with its signatures (RFC 5652, ETSI EN 319 122)."""

import asyncio
import base64
import binascii
import re

from asn1crypto import cms, core
from pyhanko.sign.general import ValueErrorWithMessage
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms

from documents.apart import apart
from documents.models import SignatureKind
from documents.signatures import trust
from documents.signatures.found import AnotherDocument, Refused, Signed, Signer
from documents.signatures.pades import read_pdf

MOST_ENVELOPES = 5
"""One person may sign another's envelope; nobody signs so often."""
_ARMOUR = re.compile(rb"-----[^-\n]+-----")


def looks_like_an_envelope(content: bytes) -> bool:
    """Tell whether a file is ASN.1, as DER or as base64, so that it may be an envelope."""
    return content[:1] == b"\x30" or content[:5] == b"-----" or content[:2] == b"MI"


def read_envelope(original: bytes, returned: bytes) -> Signed:
    """Return the signatures of an envelope, if what it encloses is the document, or a signed copy of it, and all hold.

    Raises Refused with the reason; asn1crypto and pyHanko raise what they like on a file that is no envelope.
    """
    authorities = trust.roots()
    signers: list[Signer] = []
    content = _der(returned)
    for _ in range(MOST_ENVELOPES):
        signed = _opened(content)
        content = _enclosed(signed)
        signers += _judged(signed, content, authorities)
        if content == original:
            return Signed(SignatureKind.CADES, tuple(signers))
        if not looks_like_an_envelope(content):
            break
    if original.startswith(b"%PDF-") and content.startswith(original):  # the copy that was signed or sealed before
        inner = read_pdf(original, content)
        return Signed(SignatureKind.CADES, (*inner.signers, *signers), inner.warnings)
    raise AnotherDocument("La busta .p7m contiene un altro documento, o il documento cambiato.", content)


def _der(content: bytes) -> bytes:
    if content[:1] == b"\x30":
        return content
    try:
        return base64.b64decode(_ARMOUR.sub(b"", content), validate=False)
    except binascii.Error as error:
        raise Refused("La busta .p7m è troncata o rovinata: caricarla di nuovo.") from error


def _opened(content: bytes) -> cms.SignedData:
    envelope = cms.ContentInfo.load(content, strict=True)
    if envelope["content_type"].native != "signed_data":
        raise Refused("Il file è una busta, ma non di firma (.p7m): caricare il documento firmato.")
    return envelope["content"]


def _enclosed(signed: cms.SignedData) -> bytes:
    content = signed["encap_content_info"]["content"]
    if content is core.VOID or content.native is None:
        raise Refused(
            "La busta contiene solo la firma, non il documento: firmare con il documento dentro la busta (firma "
            "«attached» o «implicita»)."
        )
    return bytes(content)


def _judged(signed: cms.SignedData, content: bytes, authorities: trust.Authorities) -> list[Signer]:
    """Each of the signatures, by itself: pyHanko judges one at a time, with the content beside it."""
    if not len(signed["signer_infos"]):
        raise Refused("La busta .p7m non porta nessuna firma.")
    return [_judged_alone(signed, number, content, authorities) for number in range(len(signed["signer_infos"]))]


def _judged_alone(signed: cms.SignedData, number: int, content: bytes, authorities: trust.Authorities) -> Signer:
    alone = signed.copy()
    alone["signer_infos"] = [signed["signer_infos"][number]]
    alone["encap_content_info"] = {"content_type": signed["encap_content_info"]["content_type"].native}
    try:
        status = apart(lambda: asyncio.run(async_validate_detached_cms(content, alone, trust.context(authorities))))
    except ValueErrorWithMessage as error:
        raise Refused(trust.BROKEN) from error
    return trust.judged(status, traced=bool(authorities))
