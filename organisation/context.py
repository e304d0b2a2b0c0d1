"""What every page knows: the entity it shows, and whether this installation is a demonstration."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from organisation.access import Place
from organisation.roles import Deed


def appearance(request: HttpRequest) -> dict[str, Any]:
    """Return the place put on the request by `get_place`, and the demo flag."""
    place: Place | None = getattr(request, "place", None)
    return {
        "place": place,
        "entity": place.entity if place else None,
        "sees_proposals": bool(place and (place.may(Deed.PROPOSE) or place.may(Deed.DRAFT))),
        "sees_rounds": bool(place and any(place.may(deed) for deed in (Deed.RESULTS, Deed.EVALUATE, Deed.VALIDATE))),
        "sees_validations": bool(place and (place.may(Deed.EVALUATE) or place.may(Deed.VALIDATE))),
        "sends_to_nucleo": bool(place and place.may(Deed.EVALUATE)),
        "may_import": bool(place and place.may(Deed.IMPORT)),
        "may_propose": bool(place and place.may(Deed.PROPOSE)),
        "DEMO": settings.DEMO,
    }
