"""The first page of an entity: its plan at a glance, what comes due, what waits for the person, the last act."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from objectives import upper_rooms
from objectives.first_steps import first_steps
from objectives.front_page import glance, plans_of
from objectives.inbox import open_sheets, waiting
from objectives.permissions import Standing, standing_at
from organisation.access import Place, get_place
from organisation.roles import Deed

WORK = (Deed.DRAFT, Deed.APPROVE, Deed.VALIDATE)


@never_cache
@require_safe
def entity(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the entity to a person: a picture of its plan for all, for who works here also what comes and what waits.

    To who works here what waits comes first; to the Amministratore the first steps, until they are taken.
    """
    place = get_place(request, slug)
    person, plans = standing_at(place), plans_of(place.entity)
    opened = open_sheets(place.entity, person)
    context = {
        "plans": plans,
        "glance": glance(plans, opened, person),
        "steps": first_steps(place.entity, has_plan=bool(plans)) if person.may(Deed.MANAGE) else [],
        "has_work": any(person.may(deed) for deed in WORK),
        "manages": request.user.is_staff and person.may(Deed.MANAGE),
    }
    if context["has_work"]:
        context |= _work(place, person, opened)
    return render(request, "objectives/entity.html", context)


def _work(place: Place, person: Standing, opened: list[Any]) -> dict[str, Any]:
    """What waits for the person, and what comes due."""
    added = [more(place.entity, person, timezone.localdate()) for more in upper_rooms.work]
    trays = waiting(place.entity, person, opened) + [tray for one in added for tray in one.trays if tray.items]
    return {
        "trays": trays,
        "waiting_count": sum(len(tray.items) for tray in trays if not tray.to_come),
        "coming": [one.coming for one in added],
    }
