"""The verifications of an entity, and one of them: who has to enter, confirm or close what."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from evaluations.views.finding import get_round
from organisation.access import get_place


@never_cache
@require_safe
def rounds(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the verifications of the entity's plans."""
    place = get_place(request, slug)
    return render(request, "evaluations/rounds.html", {"plans": place.entity.plans.prefetch_related("rounds")})


@never_cache
@require_safe
def round_page(request: HttpRequest, slug: str, year: int, kind: str) -> HttpResponse:
    """Show a verification."""
    place = get_place(request, slug)
    return render(request, "evaluations/round.html", {"round": get_round(place, year, kind)})
