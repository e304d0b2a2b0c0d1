"""What the Nucleo validates: one frozen package, named by its hash, and what the Nucleo said of it (R22)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from deliberations.models import Deliberation
from documents.models import Document
from evaluations.choices import DECIDED, VALID, FileRole, ReportState, ValidationKind, ValidationState
from evaluations.models.rounds import Round
from objectives.models import Plan, Sheet
from organisation.models import Sector
from organisation.recording import Records, Tracked


class Report(Tracked):
    """The Relazione sulla performance of a year (D.Lgs. 150/2009, art. 10 c. 1 lett. b): due by 30/06 of the next.

    While it is a draft its texts are edited; then a PDF is frozen, an act approves it, the Nucleo validates it.
    """

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="report", verbose_name="piano")
    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="verifica"
    )
    state = models.CharField("stato", max_length=10, choices=ReportState, default=ReportState.BOZZA)
    presentation = models.TextField("presentazione", blank=True)
    context = models.TextField("contesto e risorse", blank=True)
    conclusions = models.TextField("conclusioni", blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="testo definitivo"
    )
    act = models.ForeignKey(
        Deliberation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="approvata con"
    )
    row_version = models.PositiveIntegerField("versione della riga", default=1, editable=False)

    history = Records()

    class Meta:
        verbose_name = "Relazione sulla performance"
        verbose_name_plural = "Relazioni sulla performance"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="BOZZA", document=None, act=None)
                | Q(state="CONGELATA", document__isnull=False, act=None)
                | Q(state="APPROVATA", document__isnull=False, act__isnull=False),
                name="a_final_report_has_a_file_and_an_approved_one_an_act",
                violation_error_message="La Relazione definitiva ha un file, quella approvata anche un atto.",
            )
        ]

    def __str__(self) -> str:
        return f"Relazione sulla performance {self.plan.year}"


class ReportText(Tracked):
    """What a settore says of its year in the Relazione."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="texts", verbose_name="Relazione")
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+", verbose_name="settore")
    text = models.TextField("testo", blank=True)
    row_version = models.PositiveIntegerField("versione della riga", default=1, editable=False)

    history = Records()

    class Meta:
        verbose_name = "testo di un settore nella Relazione"
        verbose_name_plural = "testi dei settori nella Relazione"
        constraints = [
            models.UniqueConstraint(
                fields=["report", "sector"],
                name="a_settore_has_one_text_in_a_report",
                violation_error_message="Questo settore ha già il suo testo.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.report}, {self.sector}"


class Validation(Tracked):
    """What the Nucleo was asked to validate, and what it said. A later act asks for a new one; this one stays (R22).

    `bound` is the package as one PDF, `archive` as a zip; both are frozen before the Nucleo sees them, and
    `package_sha256` is the hash of its index, which names every file with its own. After the decision the two validated
    files hold the same sheets with the words of the validation, its code and its QR.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="validations", verbose_name="piano")
    kind = models.CharField("che cosa", max_length=9, choices=ValidationKind)
    act = models.ForeignKey(
        Deliberation, on_delete=models.PROTECT, null=True, blank=True, related_name="validations", verbose_name="atto"
    )
    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, null=True, blank=True, related_name="validations", verbose_name="Relazione"
    )
    state = models.CharField("stato", max_length=15, choices=ValidationState, default=ValidationState.IN_PREPARAZIONE)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="trasmessa da",
    )  # fmt: skip
    requested_at = models.DateTimeField("trasmessa il", auto_now_add=True)
    package_sha256 = models.CharField("impronta del fascicolo", max_length=64, blank=True)
    bound = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="fascicolo in PDF"
    )
    archive = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="fascicolo in zip"
    )
    code = models.CharField("codice di controllo", max_length=20, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="decisa da",
    )  # fmt: skip
    decided_at = models.DateTimeField("decisa il", null=True, blank=True)
    minutes_number = models.CharField("numero del verbale", max_length=40, blank=True)
    minutes_on = models.DateField("data del verbale", null=True, blank=True)
    members = models.JSONField("componenti presenti", default=list, blank=True)
    reasons = models.TextField("motivi", blank=True)
    exception = models.TextField("deroga scritta", blank=True, help_text="R20.")
    validated_bound = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="PDF validato"
    )
    validated_archive = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="zip validato"
    )
    problem = models.TextField("problema della preparazione", blank=True)
    row_version = models.PositiveIntegerField("versione della riga", default=1, editable=False)

    history = Records()

    class Meta:
        verbose_name = "validazione"
        verbose_name_plural = "validazioni"
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="ATTO", act__isnull=False, report=None)
                | Q(kind="RELAZIONE", report__isnull=False, act=None),
                name="a_validation_is_of_an_act_or_of_a_report",
                violation_error_message="Si valida il piano dopo un atto, o una Relazione.",
            ),
            models.CheckConstraint(
                condition=Q(state="IN_PREPARAZIONE")
                | (Q(bound__isnull=False, archive__isnull=False) & ~Q(package_sha256="")),
                name="what_is_validated_is_frozen",
                violation_error_message="Il Nucleo valida solo un fascicolo congelato (R22).",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["IN_PREPARAZIONE", "DA_VALIDARE"], decided_at=None, decided_by=None)
                | (
                    Q(state__in=sorted(DECIDED), decided_at__isnull=False, decided_by__isnull=False)
                    & Q(minutes_on__isnull=False)
                    & ~Q(minutes_number="")
                ),
                name="a_decision_has_its_minutes",
                violation_error_message="Una decisione del Nucleo ha data e numero del verbale.",
            ),
            models.UniqueConstraint(
                fields=["plan", "act"],
                condition=Q(state__in=["IN_PREPARAZIONE", "DA_VALIDARE"], kind="ATTO"),
                name="an_act_waits_for_one_validation_of_a_plan",
                violation_error_message="Per questo atto c'è già una validazione in corso.",
            ),
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(state__in=["IN_PREPARAZIONE", "DA_VALIDARE"], kind="RELAZIONE"),
                name="a_report_waits_for_one_validation",
                violation_error_message="Per questa Relazione c'è già una validazione in corso.",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=~Q(code=""),
                name="a_validation_has_its_own_code",
                violation_error_message="Questo codice è già di un'altra validazione.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} dopo la {self.act.short}" if self.act else str(self.report)

    @property
    def is_decided(self) -> bool:
        """Whether the Nucleo has spoken."""
        return self.state in DECIDED

    @property
    def is_valid(self) -> bool:
        """Whether the Nucleo validated it, with remarks or without."""
        return self.state in VALID


class PackageFile(Tracked):
    """A file of a package, in its place. `validated` is the same text with the words of the validation on it."""

    validation = models.ForeignKey(
        Validation, on_delete=models.PROTECT, related_name="files", verbose_name="validazione"
    )
    position = models.PositiveSmallIntegerField("posizione")
    role = models.CharField("che cos'è", max_length=9, choices=FileRole)
    path = models.CharField("percorso nello zip", max_length=200)
    title = models.CharField("titolo", max_length=300)
    sheet = models.ForeignKey(
        Sheet, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="scheda"
    )
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", verbose_name="documento")
    validated = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="documento validato"
    )

    history = Records()

    class Meta:
        verbose_name = "file di un fascicolo"
        verbose_name_plural = "file dei fascicoli"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["validation", "path"],
                name="a_path_stands_once_in_a_package",
                violation_error_message="Questo percorso c'è già nel fascicolo.",
            )
        ]

    def __str__(self) -> str:
        return self.path


class Remark(Tracked):
    """What the Nucleo says of one sheet of a package. Until the decision only the Nucleo sees it; then it stays."""

    validation = models.ForeignKey(
        Validation, on_delete=models.PROTECT, related_name="remarks", verbose_name="validazione"
    )
    sheet = models.ForeignKey(
        Sheet, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="scheda"
    )
    text = models.TextField("rilievo")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="da")
    at = models.DateTimeField("il", auto_now=True)
    row_version = models.PositiveIntegerField("versione della riga", default=1, editable=False)

    history = Records()

    class Meta:
        verbose_name = "rilievo"
        verbose_name_plural = "rilievi"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text
