"""The rows of an act: who was there, the opinions, the acts it cites."""

from typing import Any, ClassVar

from django.db import models

from deliberations.choices import OpinionKind, OpinionOutcome
from deliberations.models.deliberation import REGISTERED, Deliberation, ImmutableError
from organisation.recording import Records, Tracked, TrackedQuerySet


class ActRowQuerySet(TrackedQuerySet):
    """Rows of acts."""

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete rows of proposals; refuse when one of a registered act is among them."""
        if self.filter(deliberation__registered_at__isnull=False, deliberation__on_file=True).exists():
            raise ImmutableError(REGISTERED)
        return super().delete()


class ActRow(Tracked):
    """A row of an act: it stands in the order in which the act prints it."""

    position = models.PositiveSmallIntegerField("posizione")

    objects: ClassVar[Any] = ActRowQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save a row of a proposal. Raises ImmutableError for a registered act (R08)."""
        self._refuse_if_registered()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete a row of a proposal. Raises ImmutableError for a registered act (R08)."""
        self._refuse_if_registered()
        return super().delete(*args, **kwargs)

    def _refuse_if_registered(self) -> None:
        act: Deliberation = self.deliberation  # type: ignore[attr-defined]
        if act.registered_at and act.on_file:
            raise ImmutableError(REGISTERED)


class Attendance(ActRow):
    """A member of the Giunta, present or absent (R12)."""

    deliberation = models.ForeignKey(Deliberation, on_delete=models.CASCADE, related_name="attendances")
    name = models.CharField("cognome e nome", max_length=150)
    office = models.CharField("carica", max_length=60, blank=True)
    present = models.BooleanField("presente")

    history = Records()

    class Meta(ActRow.Meta):
        verbose_name = "presenza"
        verbose_name_plural = "presenze"

    def __str__(self) -> str:
        return self.name


class Opinion(ActRow):
    """A preventive opinion on the proposal (TUEL 49; R10, R11)."""

    deliberation = models.ForeignKey(Deliberation, on_delete=models.CASCADE, related_name="opinions")
    kind = models.CharField("parere di", max_length=10, choices=OpinionKind)
    outcome = models.CharField("esito", max_length=15, choices=OpinionOutcome)
    signer = models.CharField("firmatario", max_length=150, blank=True)
    given_on = models.DateField("data", null=True, blank=True)
    content_hash = models.CharField("impronta del testo", max_length=64, blank=True)

    history = Records()

    class Meta(ActRow.Meta):
        verbose_name = "parere"
        verbose_name_plural = "pareri"
        constraints = [
            models.UniqueConstraint(
                fields=["deliberation", "kind"],
                name="an_act_has_one_opinion_of_a_kind",
                violation_error_message="C'è già un parere di questo tipo.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_outcome_display()}"


class Citation(ActRow):
    """An act that another cites; the first one cited is the act it amends (R09)."""

    deliberation = models.ForeignKey(Deliberation, on_delete=models.CASCADE, related_name="citations")
    cited = models.ForeignKey(Deliberation, on_delete=models.PROTECT, related_name="cited_by")

    history = Records()

    class Meta(ActRow.Meta):
        verbose_name = "atto citato"
        verbose_name_plural = "atti citati"
        constraints = [
            models.UniqueConstraint(
                fields=["deliberation", "cited"],
                name="an_act_cites_another_once",
                violation_error_message="Questo atto è già citato.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.deliberation} cita {self.cited}"
