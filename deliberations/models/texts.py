"""The words of proposals, as an entity wants them."""

from django.db import models

from deliberations.choices import ActTextKind
from organisation.models import Entity
from organisation.recording import Records, Tracked


class ActText(Tracked):
    """The words of an entity's proposals, as its Segretario wants them: placeholders in braces are filled in.

    Where an entity has none of a kind, the program's own words are used (deliberations.wording).
    """

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="act_texts", verbose_name="ente")
    kind = models.CharField("tipo di atto", max_length=15, choices=ActTextKind)
    subject = models.TextField("oggetto")
    premises = models.TextField("premesse")
    dispositions = models.TextField("dispositivo")

    history = Records()

    class Meta:
        verbose_name = "testo degli atti"
        verbose_name_plural = "testi degli atti"
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "kind"],
                name="an_entity_has_one_text_of_a_kind",
                violation_error_message="C'è già un testo di questo tipo.",
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
