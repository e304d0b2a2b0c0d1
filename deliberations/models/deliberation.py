"""Acts: what the Giunta adopted, when, with whom, and from which day it has effect."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.text import slugify

from deliberations.calendar import PUBLICATION_DAYS, ActDays, of_the
from deliberations.guards import CONTENT, IDENTITY, ONCE, ONCE_IN_WORDS
from organisation.counting import Counting
from organisation.models import Entity
from organisation.recording import Records, Tracked, TrackedQuerySet

BODY_ABBREVIATIONS = {"Giunta Comunale": "GC", "Consiglio Comunale": "CC"}


REGISTERED = "Una deliberazione registrata non si cambia: una modifica è un atto nuovo (R08)."


class ImmutableError(ValueError):
    """What an act adopted was about to be changed or deleted (R08). The message is a sentence for the user."""


class DeliberationQuerySet(TrackedQuerySet):
    """Acts, by legal time."""

    def proposals(self) -> "DeliberationQuerySet":
        """The proposals: acts that the Giunta has not adopted yet."""
        return self.filter(registered_at=None)

    def registered(self) -> "DeliberationQuerySet":
        """The acts that exist in law: no proposals."""
        return self.filter(registered_at__isnull=False)

    def up_to(self, act: "Deliberation") -> "DeliberationQuerySet":
        """The acts adopted up to and including `act`, whatever the day from which each has effect.

        One whose session is not known comes before all others, in the order of numbers.
        """
        earlier = Q(session_on=None)
        if act.session_on is None:
            earlier &= Q(year__lt=act.year) | Q(year=act.year, number__lte=act.number)
        else:
            earlier |= Q(session_on__lt=act.session_on)
            earlier |= Q(session_on=act.session_on, year=act.year, number__lte=act.number)
        return self.registered().filter(entity=act.entity_id).filter(earlier)

    def in_force_on(self, day: date) -> "DeliberationQuerySet":
        """The acts that have effect on `day` (R17)."""
        return self.registered().filter(in_force_from__lte=day)

    def in_order(self) -> "DeliberationQuerySet":
        """The acts in order of adoption."""
        return self.order_by("session_on", "year", "number")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete proposals; refuse when a registered act is among them."""
        if self.filter(registered_at__isnull=False).exists():
            raise ImmutableError("Una deliberazione registrata non si cancella.")
        return super().delete()


class Deliberation(Tracked):
    """An act of the Giunta, or a proposal of one while it has no number.

    `on_file` is False for an act known only because another cites it: number, year and date are known, the rest is not.
    """

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="deliberations", verbose_name="ente")
    body = models.CharField("organo", max_length=60, default="Giunta Comunale")
    number = models.PositiveIntegerField("numero", null=True, blank=True)
    year = models.PositiveSmallIntegerField("anno", null=True, blank=True)
    on_file = models.BooleanField("testo in archivio", default=True)
    session_on = models.DateField("data della seduta", null=True, blank=True)
    session_time = models.TimeField("ora della seduta", null=True, blank=True)
    subject = models.TextField("oggetto", blank=True)
    secretary = models.CharField("segretario", max_length=150, blank=True)
    proposer = models.CharField("proponente", max_length=150, blank=True)
    plan_year = models.PositiveSmallIntegerField("anno del piano", null=True, blank=True)
    premises = models.TextField("premesse", blank=True)
    dispositions = models.TextField("dispositivo", blank=True)
    vote = models.CharField("votazione", max_length=60, blank=True)
    votes_for = models.PositiveSmallIntegerField("favorevoli", null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField("contrari", null=True, blank=True)
    abstained = models.PositiveSmallIntegerField("astenuti", null=True, blank=True)
    immediately_enforceable = models.BooleanField("immediatamente eseguibile", default=False)
    immediate_reason = models.TextField("motivo dell'immediata eseguibilità", blank=True)
    immediate_for = models.PositiveSmallIntegerField("favorevoli all'immediata eseguibilità", null=True, blank=True)
    immediate_against = models.PositiveSmallIntegerField("contrari all'immediata eseguibilità", null=True, blank=True)
    immediate_abstained = models.PositiveSmallIntegerField(
        "astenuti sull'immediata eseguibilità", null=True, blank=True
    )
    published_on = models.DateField("pubblicata dal", null=True, blank=True)
    publication_days = models.PositiveSmallIntegerField("giorni di pubblicazione", null=True, blank=True)
    group_leaders_informed_on = models.DateField("comunicata ai capigruppo il", null=True, blank=True)
    enforceable_on = models.DateField("esecutiva dal", null=True, blank=True)
    counting = models.CharField(
        "conteggio dell'esecutività", max_length=21, choices=[(way.value, way.label) for way in Counting], blank=True,
        help_text="Quello dell'ente quando l'atto fu registrato.",
    )  # fmt: skip
    enforceable_note = models.TextField("nota sull'esecutività", blank=True)
    in_force_from = models.DateField("in vigore dal", null=True, blank=True)
    registered_at = models.DateTimeField("registrata il", null=True, blank=True)
    row_version = models.PositiveIntegerField("versione della riga", default=1, editable=False)

    objects: ClassVar[Any] = DeliberationQuerySet.as_manager()
    history = Records()

    class Meta:
        verbose_name = "deliberazione"
        verbose_name_plural = "deliberazioni"
        ordering = ["-session_on", "-year", "-number"]
        indexes = [models.Index(fields=["entity", "in_force_from"], name="acts_in_force")]
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "body", "year", "number"],
                name="an_act_number_stands_once_a_year",
                violation_error_message="C'è già una deliberazione di questo organo con questo numero e anno.",
            ),
            models.CheckConstraint(
                condition=Q(registered_at=None)
                | Q(number__gt=0, year__isnull=False, session_on__isnull=False)
                | Q(number__gt=0, year__isnull=False, on_file=False),
                name="a_registered_act_has_number_year_and_session",
                violation_error_message="Per registrare l'atto servono numero, anno e data della seduta.",
            ),
            models.CheckConstraint(
                condition=Q(published_on=None) | Q(published_on__gte=models.F("session_on")),
                name="publication_does_not_precede_the_session",
                violation_error_message="La pubblicazione non può precedere la seduta (R14).",
            ),
            models.CheckConstraint(
                condition=Q(enforceable_on=None)
                | Q(published_on=None)
                | Q(enforceable_on__gte=models.F("published_on"))
                | Q(immediately_enforceable=True),
                name="enforceability_does_not_precede_publication",
                violation_error_message="L'esecutività non può precedere la pubblicazione (R14).",
            ),
            models.CheckConstraint(
                condition=Q(in_force_from=None) | Q(in_force_from__gte=models.F("session_on")),
                name="effect_does_not_precede_the_session",
                violation_error_message="Un atto non può avere effetto prima della seduta (R14, R17).",
            ),
        ]

    def __str__(self) -> str:
        return self.short

    @property
    def short(self) -> str:
        """How offices cite it: "GC 100/2022"."""
        abbreviation = BODY_ABBREVIATIONS.get(self.body, self.body)
        return f"{abbreviation} {self.number}/{self.year}" if self.number else f"Proposta {self.pk or 'nuova'}"

    @property
    def dated(self) -> str:
        """The same with the day of its session, where it is known: "GC 100/2022 del 18 ottobre 2022"."""
        return f"{self.short} {of_the(self.session_on)}" if self.session_on else self.short

    @property
    def place(self) -> tuple[str, int]:
        """Where it stands among the acts in order of adoption: by session, then by number."""
        return str(self.session_on or ""), self.number or 0

    @property
    def slug(self) -> str:
        """Its part of a URL: "gc-100-2022", "commissario-straordinario-5-2022"."""
        body = BODY_ABBREVIATIONS.get(self.body, self.body)
        return f"{slugify(body) or 'atto'}-{self.number}-{self.year}"

    @property
    def days(self) -> ActDays:
        """The act's days, computed and certified, explained in Italian. Raises ValueError without a session."""
        if self.session_on is None:
            raise ValueError(f"Della {self.short} non è nota la data della seduta.")
        return ActDays(
            session_on=self.session_on,
            immediately_enforceable=self.immediately_enforceable,
            published_on=self.published_on,
            publication_days=self.publication_days or PUBLICATION_DAYS,
            counting=Counting(self.counting or self.entity.counting),
            certified_on=self.enforceable_on,
            certified_note=self.enforceable_note,
            late_after=self.entity.late_after_days,
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save a proposal, or a date that comes after the adoption. Raises ImmutableError for the rest (R08)."""
        if self.pk:
            self._refuse_changes()
        super().save(*args, **kwargs)

    def _refuse_changes(self) -> None:
        """What the guards of the database refuse, said before they have to."""
        stored = Deliberation.objects.filter(pk=self.pk, registered_at__isnull=False).values().first()
        if stored is None:
            return
        fixed = [*IDENTITY, "registered_at"]
        if stored["on_file"]:
            fixed += CONTENT + [name for name in ONCE + ONCE_IN_WORDS if stored[name] not in (None, "")]
        if any(getattr(self, name) != stored[name] for name in fixed):
            raise ImmutableError(REGISTERED)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete a proposal; refuse for a registered act."""
        if self.registered_at:
            raise ImmutableError(f"{self.short} è registrata e non si cancella.")
        return super().delete(*args, **kwargs)
