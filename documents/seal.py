"""The seal of an entity: its own certificate, with which the program signs what was validated (PAdES, baseline B)."""

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings

from documents.apart import apart
from organisation.models import Entity

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner

FIELD = "Sigillo"


class SealUnavailable(RuntimeError):
    """An entity has a seal and it can't be used; the message says why and what to do, in Italian."""


def seal(entity: Entity, pdf: bytes) -> bytes | None:
    """Return `pdf` with the entity's seal, or None when the entity has none.

    The seal is appended and shows on no page: the file stays PDF/A-3a and PDF/UA-1, its first bytes are those of `pdf`.
    Raises SealUnavailable when a seal is configured and can't be used: nothing is left unsealed in silence.
    """
    signer = _signer(entity)
    if signer is None:
        return None
    # pyHanko is slow to load: where there is no seal, nobody waits for it.
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    metadata = PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, name=entity.name, location=None
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    signed = apart(lambda: PdfSigner(metadata, signer=signer).sign_pdf(writer))
    return bytes(signed.getvalue())


def _signer(entity: Entity) -> "SimpleSigner | None":
    password = settings.SEAL_PASSWORDS.get(entity.slug)
    path = Path(settings.SEALS_DIR, f"{entity.slug}.p12") if settings.SEALS_DIR else None
    if path is None or not path.exists():
        if password is None:
            return None
        raise _unavailable(entity, f"c'è la sua password ma non il file {entity.slug}.p12 nella cartella dei sigilli")
    signer = _opened(entity, path, password)
    _still_valid(entity, signer.signing_cert)
    return signer


def _opened(entity: Entity, path: Path, password: str | None) -> "SimpleSigner":
    """The key and certificates of a .p12; cryptography reads it first, because pyHanko tells of a failure in a log."""
    from pyhanko.sign.signers import SimpleSigner

    secret = password.encode() if password else None
    try:
        content = path.read_bytes()
        pkcs12.load_key_and_certificates(content, secret)
        signer = SimpleSigner.load_pkcs12_data(content, other_certs=[], passphrase=secret)
    except (ValueError, TypeError, OSError) as error:
        raise _unavailable(entity, f"il file {path.name} non si apre: è rovinato, o la password è sbagliata") from error
    if signer is None or signer.signing_cert is None:
        raise _unavailable(entity, f"nel file {path.name} non c'è un certificato con la sua chiave")
    return signer


def _still_valid(entity: Entity, certificate: x509.Certificate) -> None:
    now = datetime.now(UTC)
    if now > certificate.not_valid_after:
        raise _unavailable(entity, f"il certificato è scaduto il {certificate.not_valid_after:%d/%m/%Y}")
    if now < certificate.not_valid_before:
        raise _unavailable(entity, f"il certificato vale solo dal {certificate.not_valid_before:%d/%m/%Y}")


def _unavailable(entity: Entity, why: str) -> SealUnavailable:
    return SealUnavailable(
        f"Il sigillo di {entity.name} non si può usare: {why}. Chi gestisce il programma deve metterlo a posto, o "
        "toglierlo dalla configurazione; poi riprovare."
    )
