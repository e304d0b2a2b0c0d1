"""The words of opinions and proposals that are stored as written."""

from django.db.models import TextChoices


class OpinionKind(TextChoices):
    """The two preventive opinions of TUEL 49."""

    TECNICA = "TECNICA", "regolarità tecnica"
    CONTABILE = "CONTABILE", "regolarità contabile"


class OpinionOutcome(TextChoices):
    """How an opinion came out; for the accounting one also the statement that none is needed (R11)."""

    FAVOREVOLE = "FAVOREVOLE", "favorevole"
    CONTRARIO = "CONTRARIO", "contrario"
    NON_NECESSARIO = "NON_NECESSARIO", "non necessario"


class ActTextKind(TextChoices):
    """Which kind of proposal a text is for."""

    APPROVAZIONE = "APPROVAZIONE", "approvazione del piano"
    MODIFICA = "MODIFICA", "modifica del piano"
