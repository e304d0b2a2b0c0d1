"""The verifications of an entity, and one of them: who has to enter, confirm or close what."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from evaluations.entered import Beside
from evaluations.measuring import measure
from evaluations.overview import overview, plan_rounds
from evaluations.rounds.closing import why_not_reopened
from evaluations.views.finding import get_round
from objectives.permissions import standing_at
from organisation.access import get_place
from organisation.roles import Deed


@never_cache
@require_safe
def rounds(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the verifications of the entity's plans, the latest plan first."""
    place = get_place(request, slug)
    context = {"plans": plan_rounds(place.entity), "may_open": place.may(Deed.EVALUATE)}
    return render(request, "evaluations/rounds.html", context)


@never_cache
@require_safe
def round_page(request: HttpRequest, slug: str, year: int, kind: str) -> HttpResponse:
    """Show a verification: its settori, what is missing, what the person may do, the steps it took."""
    place = get_place(request, slug)
    verification = get_round(place, year, kind)
    person, may_evaluate = standing_at(place), place.may(Deed.EVALUATE)
    context = {
        "round": verification,
        "plan": verification.plan,
        "view": overview(measure(verification, Beside.PHASES), person),
        "may_evaluate": may_evaluate,
        "why_not_reopened": why_not_reopened(verification) if may_evaluate and verification.is_closed else None,
        "passages": verification.passages.select_related("by", "sector").order_by("-pk"),
    }
    return render(request, "evaluations/round.html", context)
