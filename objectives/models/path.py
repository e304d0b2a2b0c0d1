"""The path of a proposed change: who handed it to whom, with which words; what was acknowledged; what was corrected."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q

from deliberations.models import Deliberation, ImmutableError
from documents.models import Document
from objectives.choices import PassageKind
from objectives.models.plan import Objective
from objectives.models.sheet import Sheet
from organisation.recording import Records, Tracked

KEPT = "Ciò che è stato annotato resta: si aggiunge un'altra annotazione."


class Kept(Tracked):
    """A remark that is written once and never changed or removed."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="da"
    )
    at = models.DateTimeField("il", auto_now_add=True)
    note = models.TextField("nota", blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save once. Raises ImmutableError for a second time."""
        if self.pk:
            raise ImmutableError(KEPT)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise ImmutableError(KEPT)


class Passage(Kept):
    """A step of a proposed change, with the note given with it. It outlives a draft that was withdrawn."""

    objective = models.ForeignKey(
        Objective, on_delete=models.PROTECT, related_name="passages", verbose_name="obiettivo"
    )
    # A withdrawn draft leaves the table of sheets; its history and its passages stay and go on naming it.
    sheet = models.ForeignKey(
        Sheet, on_delete=models.DO_NOTHING, db_constraint=False, related_name="passages", verbose_name="scheda"
    )
    kind = models.CharField("passaggio", max_length=12, choices=PassageKind)
    deliberation = models.ForeignKey(
        Deliberation,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
        verbose_name="proposta o atto",
    )

    history = Records()

    class Meta(Kept.Meta):
        verbose_name = "passaggio"
        verbose_name_plural = "passaggi"
        indexes = [models.Index(fields=["sheet", "kind"], name="passages_by_sheet")]

    def __str__(self) -> str:
        return self.get_kind_display()


class Acknowledgement(Kept):
    """A warning (W) that somebody took note of, with the reason. It holds for that message, in those words, alone."""

    sheet = models.ForeignKey(
        Sheet,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="acknowledgements",
        verbose_name="scheda",
    )
    deliberation = models.ForeignKey(
        Deliberation,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="acknowledgements",
        verbose_name="proposta o atto",
    )
    rule = models.CharField("regola", max_length=8)
    message = models.TextField("avviso")

    history = Records()

    class Meta(Kept.Meta):
        verbose_name = "presa d'atto"
        verbose_name_plural = "prese d'atto"
        constraints = [
            models.CheckConstraint(
                condition=Q(sheet=None, deliberation__isnull=False) | Q(sheet__isnull=False, deliberation=None),
                name="an_acknowledgement_is_of_a_sheet_or_of_an_act",
                violation_error_message="Una presa d'atto riguarda una scheda o un atto.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.message}"


class Correction(Kept):
    """A clerical error of an adopted sheet (errata corrige): the text stays as adopted, the correction beside it.

    What an act adopted is immutable (R08): a change of substance is a new change, by a new act.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="corrections", verbose_name="scheda")
    place = models.CharField("dove", max_length=200)
    written = models.TextField("testo registrato", blank=True)
    right = models.TextField("testo corretto")

    history = Records()

    class Meta(Kept.Meta):
        verbose_name = "rettifica"
        verbose_name_plural = "rettifiche"

    def __str__(self) -> str:
        return f"{self.place}: {self.right}"


class Comment(Kept):
    """What somebody says about a proposed change while it is on its way; `mentions` are those named with @."""

    sheet = models.ForeignKey(
        Sheet, on_delete=models.DO_NOTHING, db_constraint=False, related_name="comments", verbose_name="scheda"
    )
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name="citati")

    history = Records(m2m_fields=["mentions"])

    class Meta(Kept.Meta):
        verbose_name = "commento"
        verbose_name_plural = "commenti"
        indexes = [models.Index(fields=["sheet"], name="comments_by_sheet")]

    def __str__(self) -> str:
        return self.note


class Enclosure(Kept):
    """A file enclosed with a proposed change, for whoever reads the draft; it is never part of the sheet."""

    sheet = models.ForeignKey(
        Sheet, on_delete=models.DO_NOTHING, db_constraint=False, related_name="enclosures", verbose_name="scheda"
    )
    name = models.CharField("nome del file", max_length=200)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", verbose_name="documento")

    history = Records()

    class Meta(Kept.Meta):
        verbose_name = "allegato della bozza"
        verbose_name_plural = "allegati della bozza"
        indexes = [models.Index(fields=["sheet"], name="enclosures_by_sheet")]

    def __str__(self) -> str:
        return self.name
