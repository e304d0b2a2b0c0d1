"""One door for all that comes back signed: whatever is wrong with the file, the answer is a sentence."""

import logging
from collections.abc import Callable

from documents.signatures.found import Refused, Signed

logger = logging.getLogger(__name__)
PDF = b"%PDF-"


def read_signed(original: bytes, returned: bytes) -> Signed:
    """Return who signed the document in the returned file. Raises Refused when it is not a signed copy of it."""
    if returned == original:
        raise Refused("È il documento come era uscito, senza firme: firmarlo e riportarlo.")
    read = _reader(original, returned)
    try:
        return read(original, returned)
    except Refused:
        raise
    except Exception as error:  # a broken file breaks its reader in any way; the answer is the same
        logger.info("unreadable signed copy", exc_info=error)
        raise Refused("Il file è troncato o rovinato: non si legge fino in fondo. Caricarlo di nuovo.") from error


def _reader(original: bytes, returned: bytes) -> Callable[[bytes, bytes], Signed]:
    # What reads them is slow to load: not every process of the program meets a signature.
    from documents.signatures.cades import looks_like_an_envelope, read_envelope
    from documents.signatures.pades import read_pdf

    if returned.startswith(PDF):
        if not original.startswith(PDF):
            raise Refused("Questo documento non è un PDF: si firma in una busta .p7m.")
        return read_pdf
    if looks_like_an_envelope(returned):
        return read_envelope
    raise Refused("Non è un documento firmato: si riporta il PDF firmato (PAdES) o la busta .p7m (CAdES).")
