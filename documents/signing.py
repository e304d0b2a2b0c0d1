"""The deeds of signatures: bringing back what was signed elsewhere, and sealing what was validated.

Both files are kept, each with its hash; neither takes the other's place.
"""

import hashlib
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from documents.models import Document, SignatureKind, SignedCopy, freeze
from documents.seal import seal
from documents.signatures.found import AnotherDocument, Refused, Signed
from documents.signatures.reading import PDF, read_signed
from documents.upper_rooms import known
from organisation.holding import hold
from organisation.models import Entity, Membership, User
from organisation.recording import recording
from organisation.roles import Deed, roles_that_may

MAY_SIGN = (Deed.VALIDATE, Deed.EVALUATE)
"""Who may do either of these takes documents out to be signed, and brings them back."""
_ENDS = (b"", b"\n", b"\r\n")


def can_be_signed(document: Document) -> bool:
    """Tell whether a document is one to sign: it has a code, or another room knows it (a package of the Nucleo)."""
    return document.code is not None or known(document) is not None


def bring_back(document: Document, content: bytes, *, by: User) -> SignedCopy:
    """Keep `content`, the document signed elsewhere, with who signed it and when.

    Raises Refused with the reason where it is no signed copy of this document, DamagedDocumentError where the document
    itself is no longer what was frozen.
    """
    if not _may_sign(by, document.entity):
        who = dict.fromkeys(role for deed in MAY_SIGN for role in roles_that_may(deed))
        raise Refused(f"Il suo ruolo non permette di riportare documenti firmati: lo può fare {' o '.join(who)}.")
    if not can_be_signed(document):
        raise Refused("Questo documento non è tra quelli da firmare: lo sono quelli trasmessi al Nucleo e validati.")
    try:
        signed = read_signed(document.read(), content)
    except AnotherDocument as refusal:
        raise Refused(_whose(refusal, document)) from refusal
    with transaction.atomic(), recording(by=by, why="Riportata la copia firmata"):
        _hold(document)
        _refuse_twice(document, content)
        return _keep(document, content, signed.kind, _signers(signed), by)


def seal_copy(document: Document) -> SignedCopy | None:
    """Keep a copy of a PDF with the seal of its entity, once; None where the entity has no seal.

    The seal is made before anything is held: SQLite would let nobody else write meanwhile. Raises SealUnavailable where
    the seal is configured and can't be used, DamagedDocumentError.
    """
    if made := _sealed_already(document):
        return made
    original = document.read()
    sealed = seal(document.entity, original)
    if sealed is None:
        return None
    signers = _signers(read_signed(original, sealed))
    with transaction.atomic(), recording(by=None, why="Sigillo dell'ente"):
        _hold(document)
        return _sealed_already(document) or _keep(document, sealed, SignatureKind.SEAL, signers, None)


def _sealed_already(document: Document) -> SignedCopy | None:
    copies = document.signed_copies.filter(kind=SignatureKind.SEAL)
    found: SignedCopy | None = copies.select_related("file").first()
    return found


def _may_sign(person: User, entity: Entity) -> bool:
    if not person.is_active:
        return False
    places = Membership.objects.filter(user=person, entity=entity)
    return any(place.may(deed) for place in places for deed in MAY_SIGN)


def _hold(document: Document) -> None:
    """Let one signed copy after the other come to a document."""
    hold(Document.objects.filter(pk=document.pk))


def _refuse_twice(document: Document, content: bytes) -> None:
    earlier = document.signed_copies.filter(file__sha256=hashlib.sha256(content).hexdigest()).first()
    if earlier:
        raise Refused(f"Questo file è già stato riportato il {timezone.localtime(earlier.received_at):%d/%m/%Y}.")


def _keep(
    document: Document, content: bytes, kind: SignatureKind, signers: list[object], by: User | None
) -> SignedCopy:
    """Keep a signed file and what was found in it."""
    digest = hashlib.sha256(content).hexdigest()
    file = freeze(
        entity=document.entity,
        subject=f"copia firmata di {document.pk} · {digest}",
        name=_name(document, kind),
        content=content,
        mime="application/pkcs7-mime" if kind == SignatureKind.CADES else document.mime,
    )
    copy = SignedCopy(document=document, file=file, kind=kind, signers=signers, received_by=by)
    copy.save()
    return copy


def _name(document: Document, kind: SignatureKind) -> str:
    if kind == SignatureKind.CADES:
        return f"{document.name}.p7m"
    stem, _, extension = document.name.rpartition(".")
    return f"{stem}-{'sigillato' if kind == SignatureKind.SEAL else 'firmato'}.{extension}"


def _signers(signed: Signed) -> list[object]:
    """The signers as they are kept; what was found about the file as a whole stands with the last of them."""
    stored = [signer.as_stored() for signer in signed.signers]
    stored[-1]["notes"] = [*signed.signers[-1].notes, *signed.warnings]
    return list(stored)


def _whose(refusal: AnotherDocument, document: Document) -> str:
    """The refusal, with the name of the document that was signed instead, where it is one of the entity to sign."""
    sums = [hashlib.sha256(text).hexdigest() for text in _as_frozen(refusal.enclosed)]
    other = Document.objects.filter(Q(sha256__in=sums), entity=document.entity).exclude(pk=document.pk).first()
    if other is None or not can_be_signed(other):
        return str(refusal)
    return f"È la copia firmata di un altro documento, «{other.name}»: riportarla nella sua pagina."


def _as_frozen(enclosed: bytes) -> Sequence[bytes]:
    return [enclosed + end for end in _ENDS] if enclosed.startswith(PDF) else [enclosed]
