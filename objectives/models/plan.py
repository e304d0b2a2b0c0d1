"""The plan of a year, and the objectives as identities."""

import uuid
from decimal import Decimal
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from deliberations.models import ImmutableError
from objectives.choices import ShareRule, State
from objectives.guards import GROUND
from organisation.models import Entity
from organisation.recording import Records, Tracked


class Plan(Tracked):
    """The Piano della Performance of an entity for a year; its container's name varies by entity and year."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="plans", verbose_name="ente")
    year = models.PositiveSmallIntegerField("anno")
    triennium_start = models.PositiveSmallIntegerField("triennio dal", null=True, blank=True)
    triennium_end = models.PositiveSmallIntegerField("triennio al", null=True, blank=True)
    name = models.CharField("nome", max_length=100, default="Piano della Performance")
    weight_total = models.DecimalField(
        "somma dei pesi di un settore", max_digits=6, decimal_places=2, null=True, blank=True, default=Decimal(100),
        help_text="Vuoto: nessun controllo (R01).",
    )  # fmt: skip
    weight_tolerance = models.DecimalField("tolleranza", max_digits=5, decimal_places=2, default=Decimal(0))
    cut_off = models.CharField(
        "modifiche entro", max_length=5, default="09-30", help_text="Mese e giorno, come 09-30 (R28).",
        validators=[RegexValidator(r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$", "Si scrive come 09-30: mese e giorno.")],
    )  # fmt: skip

    rules_off = models.JSONField(
        "regole spente", default=list, blank=True, help_text="I codici delle regole che qui non si controllano."
    )
    share_rule = models.CharField(
        "somma delle partecipazioni", max_length=11, choices=ShareRule, default=ShareRule.NESSUNA, help_text="R31."
    )

    history = Records()

    class Meta:
        verbose_name = "piano"
        verbose_name_plural = "piani"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "year"],
                name="an_entity_has_one_plan_a_year",
                violation_error_message="C'è già un piano di questo ente per questo anno.",
            ),
            models.CheckConstraint(
                condition=Q(triennium_end=None) | Q(triennium_end__gte=F("triennium_start")),
                name="a_triennium_ends_after_the_beginning",
                violation_error_message="La fine del triennio viene prima del suo inizio.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"

    def clean(self) -> None:
        """Refuse another entity or year once sheets of the plan are adopted (R08)."""
        moved = self.pk and not Plan.objects.filter(pk=self.pk, entity=self.entity_id, year=self.year).exists()
        if moved and self.objectives.filter(sheets__state=State.ADOTTATA).exists():
            raise ValidationError(GROUND)


class Objective(Tracked):
    """The identity of an objective through all versions of its sheet. Never deleted."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="objectives", verbose_name="piano")
    code = models.UUIDField("codice", default=uuid.uuid4, unique=True, editable=False)
    continues = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="continued_by", verbose_name="continua"
    )
    copied_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies", verbose_name="copiato da"
    )  # R34: one objective given to several settori, or taken up from another year
    copied_version = models.ForeignKey(
        "Sheet", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="versione copiata"
    )  # the text of the other that this one last took up, or was held against and left aside

    history = Records()

    class Meta:
        verbose_name = "obiettivo"
        verbose_name_plural = "obiettivi"

    def __str__(self) -> str:
        return f"obiettivo {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save. Raises ImmutableError for another plan or code once a sheet is adopted (R08)."""
        moved = self.pk and not Objective.objects.filter(pk=self.pk, plan=self.plan_id, code=self.code).exists()
        if moved and self.sheets.filter(state=State.ADOTTATA).exists():
            raise ImmutableError(GROUND)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: an objective stays in the history of the plan."""
        raise ImmutableError("Un obiettivo non si cancella: resta nella storia del piano.")
