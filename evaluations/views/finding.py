"""Fetch what an address of the verifications names, through the entity that the person may see."""

from django.db.models import BigIntegerField
from django.http import Http404

from evaluations.models import Round
from evaluations.rounds.active import sheets_by_objective
from objectives.models import Sheet
from organisation.access import Place
from organisation.models import Sector


def get_round(place: Place, year: int, kind: str) -> Round:
    """Return the verification that an address calls "2026", "intermedia". Raises Http404 with a sentence."""
    named = Round.objects.filter(plan__entity=place.entity, plan__year=year, kind=kind.upper())
    found: Round | None = (
        named.select_related("plan__entity", "plan__score_rules", "closed_by").first() if kind.islower() else None
    )
    if found is None:
        raise Http404(f"La verifica {kind} {year} non è stata aperta.")
    return found


def get_sector(place: Place, pk: int) -> Sector:
    """Return a settore of the entity. Raises Http404 with a sentence."""
    sector: Sector | None = place.entity.sectors.filter(pk=pk).first()
    if sector is None:
        raise Http404("Questo settore non c'è.")
    return sector


def get_measured(verification: Round, objective: int) -> Sheet:
    """Return the sheet of an objective that a verification measures. Raises Http404 with a sentence."""
    sheet = sheets_by_objective(verification, [as_key(objective)]).get(objective)
    if sheet is None:
        raise Http404("Questa scheda non è tra quelle che la verifica misura.")
    return sheet


def as_key(number: int) -> int:
    """Return what an address calls an objective, if it can be a key. Raises Http404 for what SQLite could not ask."""
    if number > BigIntegerField.MAX_BIGINT:
        raise Http404("Questa scheda non c'è.")
    return number
