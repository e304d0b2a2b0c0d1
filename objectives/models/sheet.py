"""The versions of a sheet, and which of them are in force."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from deliberations.models import Deliberation, DeliberationQuerySet, ImmutableError
from objectives.choices import Change, Motive, State
from objectives.guards import ENTRANCE
from objectives.models.plan import Objective, Plan
from organisation.models import Manager, Sector
from organisation.recording import Records, Tracked, TrackedQuerySet

FROZEN = (
    "Una scheda adottata non si cambia e non si cancella: una modifica è una scheda nuova, con un atto nuovo (R08)."
)
PERCENT = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))]


class SheetQuerySet(TrackedQuerySet):
    """Versions of sheets, by legal time."""

    def in_force(self, acts: DeliberationQuerySet) -> "SheetQuerySet":
        """The versions in force when exactly `acts` have effect, in one query.

        Adopted by one of them, not superseded by another of them, not ELIMINATO. "After act N" is
        `in_force(acts.up_to(n))`, "on day D" is `in_force(acts.in_force_on(d))`.
        """
        adopted = Q(state=State.ADOTTATA, deliberation__in=acts.order_by().values("pk"))
        superseded = Exists(Sheet.objects.filter(adopted, base=OuterRef("pk")))
        return self.filter(adopted, ~superseded).exclude(change=Change.ELIMINATO)

    def adopted(self) -> "SheetQuerySet":
        """The versions that an act adopted: the legal history."""
        return self.filter(state=State.ADOTTATA)

    def of(self, plan: Plan) -> "SheetQuerySet":
        """The versions of a plan's sheets."""
        return self.filter(objective__plan=plan)

    def with_rows(self) -> "SheetQuerySet":
        """With everything a sheet shows, in a constant number of queries."""
        related = self.select_related("objective__plan__entity", "sector", "manager", "deliberation__entity")
        return related.prefetch_related("phases", "indicators", "participations")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete drafts; refuse when an adopted version is among them."""
        if self.filter(state=State.ADOTTATA).exists():
            raise ImmutableError(FROZEN)
        return super().delete()


class Sheet(Tracked):
    """One version of the content of an objective (scheda obiettivo).

    Without an adopted act it is a proposed change; adopted it is part of the legal history; adopted and not
    superseded it is in force. `on_file` is False where the text is "non in archivio": settore and number are known
    because a later act changes the sheet, the rest (weight included) is not.
    """

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="sheets", verbose_name="obiettivo")
    base = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successor", verbose_name="modifica la"
    )
    change = models.CharField("variazione", max_length=10, choices=Change)
    state = models.CharField("stato", max_length=10, choices=State, default=State.BOZZA)
    deliberation = models.ForeignKey(
        Deliberation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sheets",
        verbose_name="deliberazione",
    )
    on_file = models.BooleanField("testo in archivio", default=True)
    position = models.PositiveSmallIntegerField("posizione nell'atto", default=1)
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="sheets", verbose_name="settore")
    manager = models.ForeignKey(
        Manager, on_delete=models.PROTECT, null=True, blank=True, related_name="sheets", verbose_name="responsabile"
    )
    sector_printed = models.CharField("settore come stampato", max_length=200, blank=True)
    manager_printed = models.CharField("responsabile come stampato", max_length=180, blank=True)
    number = models.PositiveSmallIntegerField("numero")
    weight = models.DecimalField("peso", max_digits=5, decimal_places=2, null=True, blank=True, validators=PERCENT)
    kind = models.CharField("tipo", max_length=30, default="STRATEGICO")
    title = models.TextField("obiettivo", blank=True)
    description = models.TextField("descrizione", blank=True)
    dup_link = models.TextField("collegamento con Rel. Prev. Prog./DUP", blank=True)
    multi_year = models.BooleanField("pluriennale", default=False)
    motive = models.CharField("motivo", max_length=15, choices=Motive, blank=True)
    motive_text = models.TextField("motivazione", blank=True)
    substitutes = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="substituted_by",
        verbose_name="sostituisce",
    )
    printed_reviews = models.JSONField("verifiche come stampate nell'atto", default=list, blank=True)
    fingerprint = models.CharField("impronta", max_length=64, blank=True, editable=False)
    search_text = models.TextField(editable=False, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="creata da",
    )
    created_at = models.DateTimeField("creata il", auto_now_add=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="inviata da",
    )
    submitted_at = models.DateTimeField("inviata il", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="approvata da",
    )
    approved_at = models.DateTimeField("approvata il", null=True, blank=True)
    approval_exception = models.TextField("deroga scritta", blank=True)
    row_version = models.PositiveIntegerField("versione della riga", default=1, editable=False)

    objects: ClassVar[Any] = SheetQuerySet.as_manager()
    history = Records(excluded_fields=["search_text"])

    class Meta:
        verbose_name = "scheda obiettivo"
        verbose_name_plural = "schede obiettivo"
        ordering = ["sector__name", "number", "pk"]
        indexes = [models.Index(fields=["objective", "state", "deliberation"], name="sheets_by_objective")]
        constraints = [
            models.CheckConstraint(
                condition=Q(change=Change.INSERITO, base=None) | Q(~Q(change=Change.INSERITO), base__isnull=False),
                name="only_an_inserted_sheet_has_no_base",
                violation_error_message="Solo una scheda INSERITA è senza base: le altre ne hanno una (R06).",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ADOTTATA) | Q(deliberation__isnull=False),
                name="an_adopted_sheet_has_its_act",
                violation_error_message="Una scheda adottata ha la sua deliberazione.",
            ),
            models.CheckConstraint(
                condition=Q(weight=None) | Q(weight__gte=0, weight__lte=100),
                name="a_weight_is_between_0_and_100",
                violation_error_message="Il peso va da 0 a 100.",
            ),
            models.CheckConstraint(
                condition=Q(weight__isnull=False) | Q(on_file=False) | Q(state=State.BOZZA),
                name="a_text_on_file_has_its_weight",
                violation_error_message="Manca il peso: solo un testo non in archivio può non averlo.",
            ),
            models.CheckConstraint(
                condition=Q(submitted_by=None, submitted_at=None)
                | Q(submitted_by__isnull=False, submitted_at__isnull=False),
                name="who_submitted_and_when_go_together",
                violation_error_message="Chi ha inviato la scheda e quando vanno insieme.",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="who_approved_and_when_go_together",
                violation_error_message="Chi ha approvato la scheda e quando vanno insieme.",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None)
                | Q(submitted_by=None)
                | ~Q(approved_by=F("submitted_by"))
                | ~Q(approval_exception=""),
                name="nobody_approves_what_they_submitted",
                violation_error_message="Nessuno approva ciò che ha inviato, se non con una deroga scritta (R20).",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sector.short_name} n° {self.number}"

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> "Sheet":
        """Remember whether the stored version is frozen."""
        sheet = super().from_db(*args, **kwargs)
        sheet.stored()
        return sheet

    _adopted = _frozen = False

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save a version that is not adopted yet, or the text of a stub.

        Raises ImmutableError for an adopted one, and for one that would enter a registered act on file (R08).
        """
        if self._frozen:
            raise ImmutableError(FROZEN)
        if not self._adopted and self.__dict__.get("state") == State.ADOTTATA:
            self._refuse_entrance()
        super().save(*args, **kwargs)
        self.stored()

    def _refuse_entrance(self) -> None:
        act = self.deliberation
        if act and act.registered_at and act.on_file:
            raise ImmutableError(ENTRANCE)

    def stored(self) -> None:
        """Remember what the database holds now: an adopted version, and whether it is frozen."""
        self._adopted = self.__dict__.get("state") == State.ADOTTATA
        self._frozen = self._adopted and self.__dict__.get("on_file", True)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete a draft. Raises ImmutableError for an adopted version (R05)."""
        if self.state == State.ADOTTATA:
            raise ImmutableError(FROZEN)
        return super().delete(*args, **kwargs)

    @property
    def version_id(self) -> str:
        """What a PDF and a page print to say exactly which version they show (R35)."""
        return self.fingerprint[:12]

    @property
    def mark(self) -> str:
        """The word its act prints on it: MODIFICATO, ELIMINATO, INSERITO; empty where the act is not on file."""
        return self.change if self.deliberation and self.deliberation.on_file else ""

    @property
    def is_adopted(self) -> bool:
        """Whether an act adopted this version."""
        return self.state == State.ADOTTATA

    @property
    def in_force_from(self) -> date | None:
        """The day from which this version has effect (R17); None for a draft or while its act waits for it."""
        return self.deliberation.in_force_from if self.deliberation and self.is_adopted else None
