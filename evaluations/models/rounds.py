"""The verifications of a plan: their dates, who confirmed what, and how scores are computed."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from deliberations.calendar import to_the
from evaluations.choices import LateRule, PartialRule, RoundKind, RoundStep
from objectives.models import Plan
from objectives.models.path import Kept
from organisation.models import Sector
from organisation.recording import Records, Tracked


def default_late_steps() -> list[list[int]]:
    """Up to so many days late, so many per cent: within a month half, within two a quarter, later nothing."""
    return [[30, 50], [60, 25]]


HIGHEST_CAP = 200
"""The highest that an indicator, and so an average, may ever count for, in per cent."""


class ScoreRules(Tracked):
    """How the scores of a plan are computed. A plan without a row of its own has the defaults written here."""

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="score_rules", verbose_name="piano")
    cap = models.PositiveSmallIntegerField(
        "tetto di un indicatore", default=100, validators=[MinValueValidator(100), MaxValueValidator(HIGHEST_CAP)],
        help_text="In percento: 100 vuol dire che fare più dell'atteso non compensa altro.",
    )  # fmt: skip
    partial = models.CharField(
        "valore non raggiunto", max_length=14, choices=PartialRule, default=PartialRule.PROPORZIONALE
    )
    late = models.CharField("termine non rispettato", max_length=14, choices=LateRule, default=LateRule.TUTTO_O_NIENTE)
    late_steps = models.JSONField(
        "scaglioni di ritardo", default=default_late_steps, blank=True, help_text="Coppie: fino a giorni, percento."
    )
    indicator_weights = models.BooleanField("conta il peso degli indicatori, dove è scritto", default=True)
    row_version = models.PositiveIntegerField("versione della riga", default=1, editable=False)

    history = Records()

    class Meta:
        verbose_name = "criteri di punteggio"
        verbose_name_plural = "criteri di punteggio"

    def __str__(self) -> str:
        return f"criteri di punteggio del {self.plan}"


class Round(Tracked):
    """A verification of a plan: the results of the sheets in force on its day. Closed, nothing in it moves."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="rounds", verbose_name="piano")
    kind = models.CharField("verifica", max_length=10, choices=RoundKind)
    on = models.DateField("data della verifica")
    closed_at = models.DateTimeField("chiusa il", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="chiusa da",
    )  # fmt: skip
    # The score rules and the averages of settori and plan, as they were computed when the round was closed.
    outcome = models.JSONField("esito alla chiusura", default=dict, blank=True)

    history = Records()

    class Meta:
        verbose_name = "verifica"
        verbose_name_plural = "verifiche"
        ordering = ["plan", "on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "kind"],
                name="a_plan_has_one_verification_of_a_kind",
                violation_error_message="Questa verifica è già stata aperta per questo piano.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="a_verification_is_closed_by_somebody",
                violation_error_message="Di una verifica chiusa si sa chi l'ha chiusa e quando.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.plan.year}"

    @property
    def dated(self) -> str:
        """Its name with its day: "Verifica finale 2022, al 31 dicembre 2022"."""
        return f"{self}, {to_the(self.on)}"

    @property
    def is_closed(self) -> bool:
        """Whether its results are fixed."""
        return self.closed_at is not None

    @property
    def slug(self) -> str:
        """Its part of a URL: "intermedia", "finale"."""
        return self.kind.lower()


class RoundPassage(Kept):
    """A step of a verification, with the note given with it; of one settore, or of the whole plan."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="passages", verbose_name="verifica")
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="settore")
    kind = models.CharField("passaggio", max_length=10, choices=RoundStep)

    history = Records()

    class Meta(Kept.Meta):
        verbose_name = "passaggio di verifica"
        verbose_name_plural = "passaggi di verifica"

    def __str__(self) -> str:
        return self.get_kind_display()


class SectorReview(Tracked):
    """The results of a settore in a verification: confirmed by its responsabile, or not yet."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="sectors", verbose_name="verifica")
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+", verbose_name="settore")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="confermata da",
    )  # fmt: skip
    confirmed_at = models.DateTimeField("confermata il", null=True, blank=True)

    history = Records()

    class Meta:
        verbose_name = "verifica di un settore"
        verbose_name_plural = "verifiche dei settori"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "sector"],
                name="a_settore_is_confirmed_once_in_a_verification",
                violation_error_message="Questo settore è già in questa verifica.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="results_are_confirmed_by_somebody",
                violation_error_message="Di una conferma si sa chi l'ha data e quando.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}, {self.sector}"


PERCENT_OF_WORK = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))]
PERCENT_OF_SCORE = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(HIGHEST_CAP))]
