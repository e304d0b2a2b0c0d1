"""The words of verifications and validations that are stored as written."""

from django.db.models import TextChoices


class RoundKind(TextChoices):
    """The two verifications of a plan's year, as the form names them."""

    INTERMEDIA = "INTERMEDIA", "Verifica intermedia"
    FINALE = "FINALE", "Verifica finale"


class RoundStep(TextChoices):
    """A step of a verification."""

    APERTA = "APERTA", "aperta"
    CONFERMATA = "CONFERMATA", "risultati confermati"
    RIPRESA = "RIPRESA", "conferma tolta"
    CHIUSA = "CHIUSA", "chiusa"
    RIAPERTA = "RIAPERTA", "riaperta"
    SPOSTATA = "SPOSTATA", "data spostata"


class Measure(TextChoices):
    """The two averages of a sheet, kept apart (R29)."""

    VALORE = "VALORE", "Media valore raggiunto %"
    TEMPI = "TEMPI", "Media rispetto dei tempi %"


class PartialRule(TextChoices):
    """What a value that is not reached is worth."""

    PROPORZIONALE = "PROPORZIONALE", "in proporzione a quanto è stato raggiunto"
    TUTTO_O_NIENTE = "TUTTO_O_NIENTE", "tutto o niente"


class LateRule(TextChoices):
    """What a day that was missed is worth."""

    TUTTO_O_NIENTE = "TUTTO_O_NIENTE", "tutto o niente"
    A_SCAGLIONI = "A_SCAGLIONI", "a scaglioni, secondo i giorni di ritardo"


class ValidationKind(TextChoices):
    """What the Nucleo validates."""

    ATTO = "ATTO", "piano vigente dopo un atto"
    RELAZIONE = "RELAZIONE", "Relazione sulla performance"


class ValidationState(TextChoices):
    """How far a validation has come."""

    IN_PREPARAZIONE = "IN_PREPARAZIONE", "fascicolo in preparazione"
    DA_VALIDARE = "DA_VALIDARE", "da validare"
    VALIDATA = "VALIDATA", "validata"
    CON_RILIEVI = "CON_RILIEVI", "validata con rilievi"
    RESTITUITA = "RESTITUITA", "restituita"


VALID = frozenset({ValidationState.VALIDATA, ValidationState.CON_RILIEVI})
DECIDED = VALID | {ValidationState.RESTITUITA}


class FileRole(TextChoices):
    """What a file of a package is."""

    SCHEDA = "SCHEDA", "scheda"
    ATTO = "ATTO", "atto e sue carte"
    RELAZIONE = "RELAZIONE", "Relazione"
    ALTRO = "ALTRO", "altro"


class ReportState(TextChoices):
    """How far the Relazione of a year has come."""

    BOZZA = "BOZZA", "bozza"
    CONGELATA = "CONGELATA", "testo definitivo"
    APPROVATA = "APPROVATA", "approvata"


class Digest(TextChoices):
    """How often a person hears of their deadlines by e-mail."""

    MAI = "MAI", "mai"
    SETTIMANALE = "SETTIMANALE", "ogni lunedì"
    GIORNALIERO = "GIORNALIERO", "ogni giorno in cui c'è qualcosa"
