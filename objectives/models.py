"""The plan: objectives as identities, sheets as versions of their content, each adopted by an act."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from deliberations.models import Deliberation, DeliberationQuerySet, ImmutableError
from objectives.choices import Change, Direction, Family, Motive, State, TargetKind
from organisation.models import Entity, Manager, Sector
from organisation.recording import Records, Tracked, TrackedQuerySet

FROZEN = "Una scheda adottata non si cambia e non si cancella: una modifica è una scheda nuova, con un atto nuovo (R08)."
SLOTS = 8
PERCENT = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))]
MONTH = RegexValidator(r"^\d{4}-(0[1-9]|1[0-2])$", "Un mese si scrive come 2022-10.")


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


class Objective(Tracked):
    """The identity of an objective through all versions of its sheet. Never deleted."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="objectives", verbose_name="piano")
    code = models.UUIDField("codice", default=uuid.uuid4, unique=True, editable=False)
    continues = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="continued_by", verbose_name="continua"
    )

    history = Records()

    class Meta:
        verbose_name = "obiettivo"
        verbose_name_plural = "obiettivi"

    def __str__(self) -> str:
        return f"obiettivo {self.pk}"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: an objective stays in the history of the plan."""
        raise ImmutableError("Un obiettivo non si cancella: resta nella storia del piano.")


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
        Deliberation, on_delete=models.PROTECT, null=True, blank=True, related_name="sheets", verbose_name="deliberazione"
    )
    on_file = models.BooleanField("testo in archivio", default=True)
    position = models.PositiveSmallIntegerField("posizione nell'atto", default=1)
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="sheets", verbose_name="settore")
    manager = models.ForeignKey(
        Manager, on_delete=models.PROTECT, null=True, blank=True, related_name="sheets", verbose_name="responsabile"
    )
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
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="substituted_by", verbose_name="sostituisce"
    )
    printed_reviews = models.JSONField("verifiche come stampate nell'atto", default=list, blank=True)
    fingerprint = models.CharField("impronta", max_length=64, blank=True, editable=False)
    search_text = models.TextField(editable=False, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="creata da"
    )
    created_at = models.DateTimeField("creata il", auto_now_add=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="inviata da"
    )
    submitted_at = models.DateTimeField("inviata il", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="approvata da"
    )
    approved_at = models.DateTimeField("approvata il", null=True, blank=True)
    approval_exception = models.TextField("deroga scritta", blank=True)
    row_version = models.PositiveIntegerField("versione della riga", default=1, editable=False)

    objects = SheetQuerySet.as_manager()
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
                violation_error_message="Solo una scheda INSERITA è senza base; una MODIFICATA o ELIMINATA ne ha una (R06).",
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
    def from_db(cls, db: str | None, field_names: Any, values: Any) -> "Sheet":
        """Remember whether the stored version is frozen."""
        sheet = super().from_db(db, field_names, values)
        sheet._frozen = sheet.__dict__.get("state") == State.ADOTTATA and sheet.__dict__.get("on_file", True)
        return sheet

    _frozen = False

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save a version that is not adopted yet. Raises ImmutableError for an adopted one (R08)."""
        if self._frozen:
            raise ImmutableError(FROZEN)
        super().save(*args, **kwargs)
        self._frozen = self.state == State.ADOTTATA and self.on_file

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
    def is_adopted(self) -> bool:
        """Whether an act adopted this version."""
        return self.state == State.ADOTTATA

    @property
    def in_force_from(self) -> date | None:
        """The day from which this version has effect (R17); None for a draft or while its act waits for it."""
        return self.deliberation.in_force_from if self.deliberation and self.is_adopted else None


class Row(Tracked):
    """A row of a sheet. `key` is the same in every version, so that versions are compared row by row."""

    key = models.UUIDField("chiave", default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField("posizione")

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save a row of a version that is not adopted. Raises ImmutableError otherwise (R08)."""
        self._refuse_if_adopted()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete a row of a version that is not adopted. Raises ImmutableError otherwise (R08)."""
        self._refuse_if_adopted()
        return super().delete(*args, **kwargs)

    def _refuse_if_adopted(self) -> None:
        if self.sheet.is_adopted and self.sheet.on_file:  # type: ignore[attr-defined]
            raise ImmutableError(FROZEN)


class Phase(Row):
    """A phase of an objective, in one of the form's 8 slots, with the months the document states."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="phases")
    text = models.TextField("descrizione della fase")
    months = models.JSONField("mesi", default=list, blank=True)

    history = Records()

    class Meta(Row.Meta):
        verbose_name = "fase"
        verbose_name_plural = "fasi"
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "position"],
                name="a_slot_holds_one_phase",
                violation_error_message="C'è già una fase in questa casella.",
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=SLOTS),
                name="a_form_has_eight_slots",
                violation_error_message="Le fasi sono al massimo 8.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.text}"

    def clean(self) -> None:
        """Refuse months that are not written as YYYY-MM, or lie outside the plan's year and the two after it."""
        year = self.sheet.objective.plan.year
        for month in self.months:
            MONTH(month)
            if not year <= int(month[:4]) <= year + 2:
                raise ValidationError({"months": f"Il mese {month} è fuori dagli anni {year}–{year + 2} del piano."})
        self.months = sorted(set(self.months))


class Indicator(Row):
    """An indicator of result: the values exactly as written, and beside them how they were read (R24)."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="indicators")
    family = models.CharField("famiglia", max_length=10, choices=Family)
    text = models.TextField("indicatore")
    expected = models.TextField("atteso", blank=True)
    achieved = models.TextField("raggiunto", blank=True)
    deviation = models.TextField("scostamento", blank=True)
    target_kind = models.CharField("tipo di valore", max_length=12, choices=TargetKind, blank=True)
    target_number = models.DecimalField("valore numerico", max_digits=14, decimal_places=4, null=True, blank=True)
    target_date = models.DateField("data", null=True, blank=True)
    target_unit = models.CharField("unità", max_length=60, blank=True)
    direction = models.CharField("direzione", max_length=10, choices=Direction, blank=True)
    year = models.PositiveSmallIntegerField("anno", null=True, blank=True)
    weight = models.DecimalField("peso", max_digits=5, decimal_places=2, null=True, blank=True, validators=PERCENT)

    history = Records()

    class Meta(Row.Meta):
        verbose_name = "indicatore"
        verbose_name_plural = "indicatori"

    def __str__(self) -> str:
        return self.text


class Participation(Row):
    """A person involved in an objective, with their share as written. Never shown in public (R32)."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="participations")
    category = models.CharField("categoria", max_length=30, blank=True)
    name = models.CharField("cognome e nome", max_length=150)
    share = models.CharField("% partecipazione", max_length=30, blank=True)

    history = Records()

    class Meta(Row.Meta):
        verbose_name = "partecipazione"
        verbose_name_plural = "partecipazioni"

    def __str__(self) -> str:
        return self.name
