"""Frozen files: what was made once is kept byte for byte, with its SHA-256 (R35)."""

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, models, transaction

from organisation.models import Entity
from organisation.recording import Records, Tracked


class SignatureKind(models.TextChoices):
    """How a document was signed elsewhere."""

    PADES = "PADES", "PAdES, dentro il PDF"
    CADES = "CADES", "CAdES, in una busta .p7m"
    SEAL = "SEAL", "sigillo dell'ente"


class DamagedDocumentError(OSError):
    """The bytes on disk are lost, or no longer those whose hash is on record. The message is a sentence for users."""


class Document(Tracked):
    """A file made from one subject at one moment. `subject` says exactly what of ("scheda 12 · 3f9a… · …")."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="documents", verbose_name="ente")
    subject = models.CharField("oggetto", max_length=200)
    name = models.CharField("nome del file", max_length=200)
    mime = models.CharField("tipo", max_length=100, default="application/pdf")
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("dimensione in byte")
    file = models.FileField("file", max_length=200)
    code = models.CharField(
        "codice di controllo", max_length=20, null=True, blank=True, unique=True,
        help_text="Chi ha il codice può controllare il file nella pagina pubblica; senza codice il file è riservato.",
    )  # fmt: skip
    created_at = models.DateTimeField("creato il", auto_now_add=True)

    history = Records()

    class Meta:
        verbose_name = "documento"
        verbose_name_plural = "documenti"
        indexes = [models.Index(fields=["sha256"], name="documents_by_hash")]  # the check page asks for it
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "subject"],
                name="a_subject_has_one_frozen_file",
                violation_error_message="Questo documento è già stato congelato.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def read(self) -> bytes:
        """Return the bytes, checked against the hash on record. Raises DamagedDocumentError."""
        try:
            with self.file.storage.open(str(self.file.name), "rb") as stored:
                content = stored.read()
        except FileNotFoundError as lost:
            raise self._damaged() from lost
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise self._damaged()
        return content

    def read_or_restore(self, make: Callable[[], bytes]) -> bytes:
        """Return the bytes; lost or damaged ones are made again and, if they are the same to the last byte, put back.

        Raises DamagedDocumentError when what `make` gives is not what was registered.
        """
        try:
            return self.read()
        except DamagedDocumentError:
            content = make()
            if hashlib.sha256(content).hexdigest() != self.sha256:
                raise
        storage, place = self.file.storage, str(self.file.name)
        storage.delete(place)
        storage.save(place, ContentFile(content))
        return content

    def _damaged(self) -> DamagedDocumentError:
        return DamagedDocumentError(f"Il file «{self.name}» non è più quello registrato: rivolgersi all'assistenza.")


class SignedCopy(Tracked):
    """A document that came back signed: the file as it came, who signed it, and when it was checked.

    Both files stay, each with its hash. `signers` is a list of what was found: name, moment, certificate.
    """

    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="signed_copies", verbose_name="documento"
    )
    file = models.OneToOneField(
        Document, on_delete=models.PROTECT, related_name="signed_of", verbose_name="file firmato"
    )
    kind = models.CharField("firma", max_length=6, choices=SignatureKind)
    signers = models.JSONField("firmatari", default=list)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="riportato da",
    )  # fmt: skip
    received_at = models.DateTimeField("riportato il", auto_now_add=True)

    history = Records()

    class Meta:
        verbose_name = "copia firmata"
        verbose_name_plural = "copie firmate"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.document} ({self.get_kind_display()})"


def freeze(
    *,
    entity: Entity,
    subject: str,
    name: str,
    content: bytes,
    mime: str = "application/pdf",
    code: str | None = None,
) -> Document:
    """Keep `content` for ever as the file of `subject`; if two make it at once, the first one stands.

    `code` makes it one that whoever has the code may check in public.
    """
    digest = hashlib.sha256(content).hexdigest()
    document = Document(
        entity=entity, subject=subject, name=name, mime=mime, sha256=digest, size=len(content), code=code
    )
    document.file.save(f"{entity.slug}/{digest[:2]}/{digest}", ContentFile(content), save=False)
    try:
        with transaction.atomic():
            document.save()
    except IntegrityError:  # Another request froze the same subject between our look and our insert.
        first = Document.objects.get(entity=entity, subject=subject)
        if first.file.name != document.file.name:  # a store without If-None-Match gives both the same name
            document.file.delete(save=False)
        return first
    return document
