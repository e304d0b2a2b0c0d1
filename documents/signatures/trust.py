"""How far a certificate is traced: to the authorities of SIGNATURE_ROOTS_DIR, or not at all where there are none.

Revocation is not looked up: the program asks nobody on the network.
"""

from datetime import UTC, datetime
from pathlib import Path

from asn1crypto.x509 import Certificate
from django.conf import settings
from pyhanko.keys import load_certs_from_pemder
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.validation.status import StandardCMSSignatureStatus
from pyhanko_certvalidator import ValidationContext

from documents.signatures.found import Refused, Signer

NO_ROOTS = "catena non verificata: questa installazione non conosce autorità di certificazione"
TRUSTED = "catena verificata fino a un'autorità riconosciuta (la revoca non è stata controllata)"
UNKNOWN = "catena non riconosciuta: l'autorità non è tra quelle di questa installazione"
BROKEN = "La firma è rotta: non corrisponde al certificato che porta, o il file è stato cambiato. Firmare di nuovo."
Authorities = list[Certificate]
"""The certificates of the authorities that are trusted."""
_TOO_WEAK = {AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE, AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE}


def roots() -> Authorities:
    """Return the certificates of the authorities to trust. Raises Refused when a file of the folder is none."""
    if not settings.SIGNATURE_ROOTS_DIR:
        return []
    certificates: Authorities = []
    for path in sorted(Path(settings.SIGNATURE_ROOTS_DIR).glob("*.*")):
        try:
            certificates += load_certs_from_pemder([str(path)])
        except (ValueError, TypeError, OSError) as error:
            raise Refused(
                f"La firma non si può controllare: «{path.name}», nella cartella delle autorità riconosciute, non è un "
                "certificato. Avvisare chi gestisce il programma."
            ) from error
    return certificates


def context(authorities: Authorities) -> ValidationContext:
    """Return the context in which pyHanko judges one signature: our authorities, no network."""
    return ValidationContext(trust_roots=authorities, allow_fetching=False)


def judged(status: StandardCMSSignatureStatus, *, traced: bool) -> Signer:
    """Return who made a signature, if it holds; `traced` says whether there are authorities to trace it to.

    Raises Refused when what was signed is not what is in the file, or the signature is broken or too weak.
    """
    name = _name(status.signing_cert)
    if not status.valid:
        raise Refused(f"La firma di {name} è rotta: non è stata fatta con il certificato che porta. Firmare di nuovo.")
    if not status.intact:
        raise Refused(f"Ciò che {name} ha firmato non è ciò che il file contiene: il file è stato cambiato.")
    if status.trust_problem_indic in _TOO_WEAK:
        raise Refused(f"La firma di {name} usa un algoritmo che non è più sicuro: firmare con SHA-256 o migliore.")
    stamp = status.timestamp_validity
    stamped = bool(stamp and stamp.valid and stamp.intact)
    at = stamp.timestamp if stamp and stamped else status.signer_reported_dt
    trust = NO_ROOTS if not traced else TRUSTED if status.trusted else UNKNOWN
    return Signer(name, _issuer(status.signing_cert), at, stamped, trust, _notes(status.signing_cert, at))


def _notes(certificate: Certificate, at: datetime | None) -> tuple[str, ...]:
    notes = []
    if at is None:
        notes.append("La firma non dice quando è stata fatta.")
    when = at or datetime.now(UTC)
    if not certificate.not_valid_before <= when <= certificate.not_valid_after:
        expired = f"dal {certificate.not_valid_before:%d/%m/%Y} al {certificate.not_valid_after:%d/%m/%Y}"
        notes.append(f"In quel momento il certificato non era valido: vale {expired}.")
    return tuple(notes)


def _name(certificate: Certificate) -> str:
    return _common_name(certificate.subject.native) or certificate.subject.human_friendly


def _issuer(certificate: Certificate) -> str:
    return _common_name(certificate.issuer.native) or certificate.issuer.human_friendly


def _common_name(name: dict[str, object]) -> str:
    """The name by which people know the holder; of several the last, the most particular."""
    found = name.get("common_name") or ""
    return str(found[-1] if isinstance(found, list) else found).strip()
