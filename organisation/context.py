"""What every page knows: the entity it shows, its menu, and whether this installation is a demonstration."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from organisation.access import Place
from organisation.menu import menu_of
from organisation.roles import Deed


def appearance(request: HttpRequest) -> dict[str, Any]:
    """Return the place put on the request by `get_place`, what the person finds there, and the demo flag."""
    place: Place | None = getattr(request, "place", None)
    here = request.resolver_match.url_name if request.resolver_match else None
    return {
        "place": place,
        "entity": place.entity if place else None,
        "menu": menu_of(place, here or "") if place else [],
        "sees_proposals": bool(place and (place.may(Deed.PROPOSE) or place.may(Deed.DRAFT))),
        "sends_to_nucleo": bool(place and place.may(Deed.EVALUATE)),
        "may_import": bool(place and place.may(Deed.IMPORT)),
        "may_propose": bool(place and place.may(Deed.PROPOSE)),
        "DEMO": settings.DEMO,
    }
