"""The words of the plan that are stored as written, and the measures of its form."""

from django.db.models import TextChoices

SLOTS = 8
"""Numbered places for phases in the form, in two columns: 1 to 4 at the left, 5 to 8 at the right."""


class Change(TextChoices):
    """What an act does with a sheet."""

    INSERITO = "INSERITO", "inserito"
    MODIFICATO = "MODIFICATO", "modificato"
    ELIMINATO = "ELIMINATO", "eliminato"


def how_many(count: int, change: str) -> str:
    """Return "11 MODIFICATE", "1 ELIMINATA": said of schede, so in the feminine."""
    return f"{count} {change[:-1]}{'A' if count == 1 else 'E'}"


class State(TextChoices):
    """How far a version of a sheet has come."""

    BOZZA = "BOZZA", "bozza"
    INVIATA = "INVIATA", "inviata"
    APPROVATA = "APPROVATA", "approvata"
    ADOTTATA = "ADOTTATA", "adottata"


class Family(TextChoices):
    """The four blocks of indicators, in the order of the form."""

    QUANTITA = "QUANTITA", "Quantità"
    TEMPO = "TEMPO", "Tempo"
    COSTO = "COSTO", "Costo"
    QUALITA = "QUALITA", "Qualità"


class Motive(TextChoices):
    """Why a sheet changes (R07; GC 100/2022, premise)."""

    CAUSA_ESTERNA = "CAUSA_ESTERNA", "cause esterne"
    SLITTAMENTO = "SLITTAMENTO", "slittamento dei tempi"
    SOSTITUZIONE = "SOSTITUZIONE", "sostituzione per volontà dell'Amministrazione"


class TargetKind(TextChoices):
    """What an expected value is (R24)."""

    DATE = "DATE", "data"
    NUMBER = "NUMBER", "numero"
    PERCENT = "PERCENT", "percentuale"
    COUNT = "COUNT", "quantità con unità"
    FREQUENCY = "FREQUENCY", "frequenza"
    NONE_AT_ALL = "NONE_AT_ALL", "nessuno"
    YES_NO = "YES_NO", "sì/no"
    TEXT = "TEXT", "testo"


class Direction(TextChoices):
    """On which side of the expected value a result is good (R24)."""

    AT_LEAST = "AT_LEAST", "almeno"
    AT_MOST = "AT_MOST", "al massimo"
    EQUAL = "EQUAL", "esattamente"
    BY = "BY", "entro"


class PassageKind(TextChoices):
    """A step on the path of a proposed change, from the first draft to the act."""

    AVVIATA = "AVVIATA", "bozza avviata"
    MODIFICATA = "MODIFICATA", "modificata dopo l'invio"
    INVIATA = "INVIATA", "inviata al Segretario"
    RINVIATA = "RINVIATA", "rinviata con nota"
    RIPRESA = "RIPRESA", "invio ritirato"
    APPROVATA = "APPROVATA", "approvata"
    RACCOLTA = "RACCOLTA", "raccolta in una proposta"
    TOLTA = "TOLTA", "tolta dalla proposta"
    ADOTTATA = "ADOTTATA", "adottata"
    RITIRATA = "RITIRATA", "ritirata"
    RETTIFICATA = "RETTIFICATA", "rettificata"


class ShareRule(TextChoices):
    """What the staff shares must add up to (R31)."""

    NESSUNA = "NESSUNA", "nessun controllo della somma"
    PER_SCHEDA = "PER_SCHEDA", "100 in ogni scheda"
    PER_PERSONA = "PER_PERSONA", "al massimo 100 per persona, su tutte le schede"
