"""Who may do what in a verification: a sentence for the person where they may not, None where they may.

Deeds (evaluations.rounds) ask again under their lock; pages only to show a button or to say why it is not there.
"""

from evaluations.models import Round, SectorReview
from objectives.permissions import Standing
from organisation.models import Sector
from organisation.roles import Deed, roles_that_may


def why_not_read(person: Standing, sector: Sector) -> str | None:
    """Return why the person may not read what is entered of a settore, and its evidence, or None.

    Those who enter or confirm it read it, the Segretario and the Nucleo read all of it.
    """
    if person.may(Deed.EVALUATE) or person.may(Deed.VALIDATE):
        return None
    return person.why_not_sector(Deed.RESULTS, sector)


def sectors_read(person: Standing) -> frozenset[int] | None:
    """Return the settori of which why_not_read has nothing to say, by key; None for all of them."""
    judges = person.may(Deed.EVALUATE) or person.may(Deed.VALIDATE)
    return None if judges else person.sectors_for(Deed.RESULTS)


def why_not_enter(person: Standing, verification: Round, review: SectorReview | None, sector: Sector) -> str | None:
    """Return why the person may not enter results of the settore now, or None. `review`: None where nobody began."""
    if refusal := person.why_not_sector(Deed.RESULTS, sector):
        return refusal
    if verification.is_closed:
        return closed(verification)
    if review is not None and review.confirmed_at:
        return (
            f"I risultati di {sector.short_name} sono confermati da {review.confirmed_by}: per cambiarli la conferma "
            "va prima tolta, dal responsabile del settore o dal Segretario."
        )
    return None


def why_not_confirm(person: Standing, verification: Round, review: SectorReview) -> str | None:
    """Return why the person may not confirm the results of a settore now, or None."""
    if refusal := person.why_not_sector(Deed.CONFIRM, review.sector):
        return refusal
    if verification.is_closed:
        return closed(verification)
    if review.confirmed_at:
        return f"I risultati di {review.sector.short_name} sono già confermati da {review.confirmed_by}."
    return None


def why_not_take_back(person: Standing, verification: Round, review: SectorReview) -> str | None:
    """Return why the person may not take the confirmation of a settore back now, or None."""
    if not person.may(Deed.EVALUATE) and (refusal := person.why_not_sector(Deed.CONFIRM, review.sector)):
        return f"{refusal} La conferma può toglierla anche il Segretario."
    if verification.is_closed:
        return closed(verification)
    if not review.confirmed_at:
        return f"I risultati di {review.sector.short_name} non sono confermati: non c'è niente da togliere."
    return None


def why_not_evaluate(person: Standing) -> str | None:
    """Return why the person may not open, move, close and reopen verifications, or None."""
    if person.may(Deed.EVALUATE):
        return None
    who = " o ".join(roles_that_may(Deed.EVALUATE))
    return f"Aprire, spostare, chiudere e riaprire una verifica spetta a chi è {who}."


def needs_exception(person: Standing, sector: int, confirmed_by: int | None = None) -> bool:
    """Tell whether the person would judge what is their own: who answers for a settore, or confirmed it (R20)."""
    own = person.sectors_for(Deed.CONFIRM) if person.may(Deed.CONFIRM) else frozenset()
    return confirmed_by == person.user or sector in person.answers_for or own is None or sector in own


def closed(verification: Round) -> str:
    """Say that the verification is closed, and who can reopen it."""
    name = str(verification)
    return f"La {name[0].lower()}{name[1:]} è chiusa: per cambiarne i risultati la riapre il Segretario, con un motivo."
