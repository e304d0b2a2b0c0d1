"""PAdES: the signature stands in the PDF itself, in what was appended to the document's own bytes (ETSI EN 319 142)."""

import io

import pikepdf
from asn1crypto import parser
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import ValueErrorWithMessage
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from documents.apart import apart
from documents.models import SignatureKind
from documents.signatures import sameness, trust
from documents.signatures.found import AnotherDocument, Refused, Signed, Signer

REWRITTEN = (
    "Può essere un altro documento, oppure il programma di firma lo ha riscritto: riprovare senza altre modifiche, o "
    "firmare in una busta .p7m."
)
SPOILT = "La firma di {name} è stata cambiata: lo spazio che avanza dopo di essa non è vuoto. Caricarla di nuovo."
START_AGAIN = "Ripartire dal documento registrato."
PIECE = 512
"""Bytes that are compared at once."""


def read_pdf(original: bytes, returned: bytes) -> Signed:
    """Return the signatures that the returned PDF adds to the document, if it is the document and all of them hold.

    Raises Refused with the reason; pyHanko and pikepdf raise what they like on a file that is no PDF.
    """
    if not returned.startswith(original):
        raise _another(original, returned)
    if changed := sameness.what_changed(original, returned):
        raise Refused(f"Oltre a portare una firma, il PDF {changed}: non è più il documento che era uscito.")
    reader = PdfFileReader(io.BytesIO(returned))
    signatures = reader.embedded_regular_signatures
    if len(signatures) == len(PdfFileReader(io.BytesIO(original)).embedded_regular_signatures):
        raise Refused("Nel PDF non c'è nessuna firma nuova. Firmarlo e riportarlo.")
    authorities = trust.roots()
    signers = tuple(_judged(signature, returned, authorities) for signature in signatures)
    return Signed(SignatureKind.PADES, signers, _warnings(original, returned))


def _judged(signature: EmbeddedPdfSignature, returned: bytes, authorities: trust.Authorities) -> Signer:
    """Who made one signature; it covers all that stood in the file then, and what came later only adds signatures.

    pyHanko would look for later changes as well, but takes half a minute for a plan of thirty sheets signed twice.
    """
    try:
        status = apart(lambda: validate_pdf_signature(signature, trust.context(authorities), skip_diff=True))
    except ValueErrorWithMessage as error:
        raise Refused(trust.BROKEN) from error
    signer = trust.judged(status, traced=bool(authorities))
    if _left_over(signature).strip(b"\0"):
        raise Refused(SPOILT.format(name=signer.name))
    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return signer
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        raise Refused(f"La firma di {signer.name} non copre tutto il documento: firmarlo di nuovo per intero.")
    if signature.signed_revision == signature.reader.xrefs.total_revisions - 1:
        raise Refused(f"Dopo la firma di {signer.name} il file continua con byte che nessuno ha firmato. Ricaricarlo.")
    if sameness.what_changed(_as_signed(signature, returned), returned):
        raise Refused(f"Il PDF è stato modificato dopo la firma di {signer.name}. {START_AGAIN}")
    return signer


def _left_over(signature: EmbeddedPdfSignature) -> bytes:
    """What fills the room kept for a signature after its own bytes, zeros by ETSI EN 319 142-1; nobody signs it."""
    kept: bytes = signature.pkcs7_content
    _, _, _, header, content, trailer = parser.parse(kept)
    return kept[len(header) + len(content) + len(trailer) :]


def _as_signed(signature: EmbeddedPdfSignature, returned: bytes) -> bytes:
    """The file as it was when it was signed: its beginning, to the end of what the signature covers."""
    _, _, start, length = (int(one) for one in signature.byte_range)
    return returned[: start + length]


def _another(original: bytes, returned: bytes) -> Refused:
    """Why a PDF that does not begin with the document's bytes is refused."""
    if original.startswith(returned):
        return Refused(
            f"Il file è troncato: finisce dopo {len(returned)} byte, il documento ne ha {len(original)}. "
            "Caricarlo di nuovo."
        )
    if _mostly_alike(original, returned):
        first = next(at for at, (one, other) in enumerate(zip(original, returned, strict=False), 1) if one != other)
        return Refused(f"Il documento è stato cambiato: al byte {first} non è più quello registrato. {START_AGAIN}")
    return AnotherDocument(f"Il PDF firmato non è questo documento. {REWRITTEN}", _first_revision(returned))


def _mostly_alike(original: bytes, returned: bytes) -> bool:
    """Tell whether most pieces of the document stand where they stood: then it was changed, not another one."""
    starts = range(0, len(original), PIECE)
    alike = sum(original[start : start + PIECE] == returned[start : start + PIECE] for start in starts)
    return alike > len(starts) // 2


def _first_revision(returned: bytes) -> bytes:
    """The PDF as it was before something was appended to it, as far as its end mark tells."""
    end = returned.find(b"%%EOF")
    return returned[: end + len(b"%%EOF")] if end >= 0 else returned


def _warnings(original: bytes, returned: bytes) -> tuple[str, ...]:
    try:
        pages = sameness.visible_on(returned, original)
        claims = sameness.keeps_its_claims(returned)
    except pikepdf.PdfError:
        return ()
    warnings = []
    if pages:
        warnings.append(
            f"La firma si vede sulla pagina {', '.join(map(str, pages))}: il PDF firmato non è più PDF/UA-1 e forse "
            "nemmeno PDF/A. La firma vale; per conservarli, firmare senza riquadro visibile."
        )
    if not claims:
        warnings.append("Il programma di firma ha tolto dai metadati le dichiarazioni PDF/A e PDF/UA. La firma vale.")
    return tuple(warnings)
