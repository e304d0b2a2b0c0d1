"""How a person hears of their deadlines: a private calendar address, a digest by e-mail."""

from django.conf import settings
from django.db import models

from evaluations.choices import Digest
from organisation.recording import Records, Tracked


class Subscription(Tracked):
    """The private iCal address of a person and how often they get a digest.

    Of the address only the SHA-256 of its secret part is kept: it is shown once, when it is made; a new one revokes it.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="subscription", verbose_name="utente"
    )
    token_sha256 = models.CharField("impronta dell'indirizzo", max_length=64, null=True, blank=True, unique=True)
    made_at = models.DateTimeField("indirizzo creato il", null=True, blank=True)
    digest = models.CharField("riepilogo per e-mail", max_length=11, choices=Digest, default=Digest.MAI)
    digest_sent_on = models.DateField("ultimo riepilogo del", null=True, blank=True)

    history = Records(excluded_fields=["token_sha256"])

    class Meta:
        verbose_name = "abbonamento alle scadenze"
        verbose_name_plural = "abbonamenti alle scadenze"

    def __str__(self) -> str:
        return f"scadenze di {self.user}"
