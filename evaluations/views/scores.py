"""The scores of a verification: of the plan, its settori and sheets, each with how it was computed; of persons."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from evaluations.entered import Beside
from evaluations.measures import SectorMeasure, people_of
from evaluations.measuring import measure
from evaluations.permissions import why_not_read
from evaluations.views.finding import get_round
from objectives.permissions import Standing, standing_at
from organisation.access import get_place
from organisation.roles import Deed, roles_that_may


@dataclass(frozen=True)
class SectorScores:
    """A settore on the page: its sheets are shown to who may read its results, and to all once it is closed."""

    measure: SectorMeasure
    is_open_to_reader: bool


@never_cache
@require_safe
def round_scores(request: HttpRequest, slug: str, year: int, kind: str) -> HttpResponse:
    """Show the scores of a verification, provisional while it is open."""
    place = get_place(request, slug)
    verification = get_round(place, year, kind)
    person, measured = standing_at(place), measure(verification, Beside.NOTHING)
    context = {
        "round": verification,
        "plan": verification.plan,
        "measure": measured,
        "sectors": [
            SectorScores(one, verification.is_closed or why_not_read(person, one.sector) is None)
            for one in measured.sectors
        ],
        "sees_people": _sees_people(person),
    }
    return render(request, "evaluations/scores.html", context)


@never_cache
@require_safe
def round_people(request: HttpRequest, slug: str, year: int, kind: str) -> HttpResponse:
    """Show the scores of persons by their shares: to the Segretario, the Nucleo, a responsabile for their settori."""
    place = get_place(request, slug)
    verification = get_round(place, year, kind)
    person = standing_at(place)
    if not _sees_people(person):
        who = dict.fromkeys(name for deed in _SEEING for name in roles_that_may(deed))
        raise PermissionDenied(f"I punteggi delle persone li vede solo chi è {' o '.join(who)}.")
    own = _own_sectors(person)
    sectors = [one for one in measure(verification, Beside.STAFF).sectors if own is None or one.sector.pk in own]
    context = {
        "round": verification,
        "plan": verification.plan,
        "people": people_of([sheet for sector in sectors for sheet in sector.sheets]),
        "only": [one.sector.short_name for one in sectors] if own is not None else [],
    }
    return render(request, "evaluations/scores_people.html", context)


_SEEING = (Deed.EVALUATE, Deed.VALIDATE, Deed.CONFIRM)


def _sees_people(person: Standing) -> bool:
    return any(person.may(deed) for deed in _SEEING)


def _own_sectors(person: Standing) -> frozenset[int] | None:
    """The settori of which a person sees the people: None for all."""
    whole = person.may(Deed.EVALUATE) or person.may(Deed.VALIDATE)
    return None if whole else person.sectors_for(Deed.CONFIRM)
