"""What every page knows: the entity it shows, and whether this installation is a demonstration."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def appearance(request: HttpRequest) -> dict[str, Any]:
    """Return the place put on the request by `get_place`, and the demo flag."""
    place = getattr(request, "place", None)
    return {"place": place, "entity": place.entity if place else None, "DEMO": settings.DEMO}
