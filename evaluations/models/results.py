"""What was achieved, row by row: results point to the objective and to the key of the row, through all its versions.

Each keeps the version on which it was measured: an indicator that changes between two verifications keeps its earlier
result with the text it had.
"""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q

from documents.models import Document
from evaluations.choices import Measure
from evaluations.models.rounds import PERCENT_OF_SCORE, PERCENT_OF_WORK, Round
from objectives.choices import TargetKind
from objectives.models import Objective, Sheet
from objectives.models.path import Kept
from organisation.recording import Records, Tracked


class Measured(Tracked):
    """Something of one objective in one verification, on the version of its sheet that was in force on its day."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name="verifica")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="+", verbose_name="obiettivo")
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="+", verbose_name="versione misurata")
    row_version = models.PositiveIntegerField("versione della riga", default=1, editable=False)

    class Meta:
        abstract = True


class MeasuredRow(Measured):
    """The same of one row of a sheet, by its key."""

    key = models.UUIDField("chiave della riga", default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Result(MeasuredRow):
    """What an indicator achieved: as typed, and beside it how it was read (as R24 reads the expected value).

    The deviation is computed from the two; `deviation` is what somebody wrote in its place, with `deviation_note`.
    An empty `achieved` is "not entered", never zero. `not_applicable` leaves the indicator out of the scores, with the
    reason; what belongs to a later year is so by itself and needs no mark.
    """

    achieved = models.TextField("raggiunto", blank=True)
    kind = models.CharField("tipo di valore", max_length=12, choices=TargetKind, blank=True)
    number = models.DecimalField("valore numerico", max_digits=14, decimal_places=4, null=True, blank=True)
    date = models.DateField("data", null=True, blank=True)
    unit = models.CharField("unità", max_length=60, blank=True)
    percent = models.DecimalField(
        "giudizio %", max_digits=6, decimal_places=2, null=True, blank=True, validators=PERCENT_OF_WORK,
        help_text="Quanto è raggiunto un atteso che sta scritto a parole, e che il programma non sa misurare.",
    )  # fmt: skip
    not_applicable = models.BooleanField("non applicabile", default=False)
    not_applicable_note = models.TextField("perché non è applicabile", blank=True)
    deviation = models.TextField("scostamento corretto a mano", blank=True)
    deviation_note = models.TextField("perché lo scostamento è un altro", blank=True)
    evidence = models.TextField("come si prova", blank=True)

    history = Records()

    class Meta:
        verbose_name = "risultato"
        verbose_name_plural = "risultati"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "objective", "key"],
                name="an_indicator_has_one_result_in_a_verification",
                violation_error_message="Questo indicatore ha già un risultato in questa verifica.",
            ),
            models.CheckConstraint(
                condition=Q(not_applicable=False) | ~Q(not_applicable_note=""),
                name="what_is_not_applicable_says_why",
                violation_error_message="Di un indicatore non applicabile si scrive il perché.",
            ),
            models.CheckConstraint(
                condition=Q(deviation="") | ~Q(deviation_note=""),
                name="a_deviation_by_hand_says_why",
                violation_error_message="Uno scostamento corretto a mano vuole una nota.",
            ),
        ]

    def __str__(self) -> str:
        return self.achieved or "non inserito"


class PhaseProgress(MeasuredRow):
    """How far a phase has come, in per cent of its work."""

    percent = models.PositiveSmallIntegerField("avanzamento %", null=True, blank=True, validators=PERCENT_OF_WORK)
    note = models.TextField("nota", blank=True)

    history = Records()

    class Meta:
        verbose_name = "avanzamento di una fase"
        verbose_name_plural = "avanzamenti delle fasi"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "objective", "key"],
                name="a_phase_has_one_progress_in_a_verification",
                violation_error_message="Questa fase ha già un avanzamento in questa verifica.",
            ),
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__lte=100),
                name="a_phase_is_done_at_most_wholly",
                violation_error_message="L'avanzamento va da 0 a 100.",
            ),
        ]

    def __str__(self) -> str:
        return "non inserito" if self.percent is None else f"{self.percent} %"


class StaffShare(MeasuredRow):
    """The share a person really had in an objective, in per cent (R31). Never shown in public (R32)."""

    share = models.DecimalField(
        "partecipazione effettiva %", max_digits=5, decimal_places=2, null=True, blank=True, validators=PERCENT_OF_WORK
    )

    history = Records()

    class Meta:
        verbose_name = "partecipazione effettiva"
        verbose_name_plural = "partecipazioni effettive"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "objective", "key"],
                name="a_person_has_one_share_in_a_verification",
                violation_error_message="Questa persona ha già una quota in questa verifica.",
            ),
            models.CheckConstraint(
                condition=Q(share=None) | Q(share__gte=0, share__lte=100),
                name="a_share_is_a_percentage",
                violation_error_message="La quota va da 0 a 100.",
            ),
        ]

    def __str__(self) -> str:
        return "non inserita" if self.share is None else f"{self.share} %"


class SheetReview(Measured):
    """The verification of a sheet: the analysis of deviations (R30) and, once closed, its averages as computed then."""

    causes = models.TextField("cause", blank=True)
    effects = models.TextField("effetti", blank=True)
    taken = models.TextField("provvedimenti correttivi intrapresi", blank=True)
    to_take = models.TextField("provvedimenti correttivi da attivare", blank=True)
    # Empty while the round is open: scores are computed then. At the closing: averages, inputs, and words.
    outcome = models.JSONField("esito alla chiusura", default=dict, blank=True)

    history = Records()

    class Meta:
        verbose_name = "verifica di una scheda"
        verbose_name_plural = "verifiche delle schede"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "objective"],
                name="a_sheet_is_reviewed_once_in_a_verification",
                violation_error_message="Questa scheda è già in questa verifica.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.round}, {self.sheet}"


class ScoreOverride(Kept):
    """An average set by hand in the place of the computed one: both stay on record, with reason and author.

    The latest of an objective and measure holds; one without `value` gives the computed average back its place.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="overrides", verbose_name="verifica")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="+", verbose_name="obiettivo")
    measure = models.CharField("media", max_length=6, choices=Measure)
    computed = models.DecimalField("valore calcolato", max_digits=6, decimal_places=2, null=True)
    value = models.DecimalField(
        "valore scritto a mano", max_digits=6, decimal_places=2, null=True, blank=True, validators=PERCENT_OF_SCORE
    )

    history = Records()

    class Meta(Kept.Meta):
        verbose_name = "media scritta a mano"
        verbose_name_plural = "medie scritte a mano"

    def __str__(self) -> str:
        return f"{self.get_measure_display()}: {self.value if self.value is not None else 'come calcolata'}"


class EvidenceFile(Kept):
    """A file that proves a result; `key` is the indicator's, or empty for one of the whole sheet. `note` says of what.

    A file that was attached by mistake is put aside (`Aside`), never lost.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="files", verbose_name="verifica")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="+", verbose_name="obiettivo")
    key = models.UUIDField("chiave della riga", null=True, blank=True)
    name = models.CharField("nome del file", max_length=200)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", verbose_name="documento")

    history = Records()

    class Meta(Kept.Meta):
        verbose_name = "prova allegata"
        verbose_name_plural = "prove allegate"

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save once, with a name of at most 200 characters."""
        self.name = self.name[:200]
        super().save(*args, **kwargs)


class Aside(Kept):
    """That a file was put aside: it is no longer shown among the evidence, and stays on record."""

    file = models.OneToOneField(EvidenceFile, on_delete=models.PROTECT, related_name="aside", verbose_name="prova")

    history = Records()

    class Meta(Kept.Meta):
        verbose_name = "prova messa da parte"
        verbose_name_plural = "prove messe da parte"

    def __str__(self) -> str:
        return f"{self.file} messa da parte"
