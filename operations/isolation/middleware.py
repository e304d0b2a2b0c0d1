"""Says of each request what it may see, where the database keeps entities apart itself (ROW_SECURITY)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from organisation.sight import EVERYTHING, NOTHING, Sight, see, seeing

# Anybody may ask here about what any entity made public: documents by their code, a list of what is published.
OF_ALL_ENTITIES = {"check", "check_code", "sitemap"}
ENTITY_IN_ADDRESS = ("slug", "entity", "ente")


class SightMiddleware:
    """The outermost: nothing is seen until it is known who asks, nor when the answer is made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and forget who asked."""
        with seeing(NOTHING):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """Say it, once it is known which page is asked for: before the page, and before it is asked who may."""
        see(_public(request, kwargs) if not getattr(view, "login_required", True) else _persons(request))


def _public(request: HttpRequest, kwargs: dict[str, Any]) -> Sight:
    """A public page reads no session: it sees the entity of its address."""
    if request.resolver_match and request.resolver_match.url_name in OF_ALL_ENTITIES:
        return EVERYTHING
    named = [kwargs[name] for name in ENTITY_IN_ADDRESS if name in kwargs]
    return Sight(slug=named[0]) if named else NOTHING


def _persons(request: HttpRequest) -> Sight:
    """A person sees their entities; on the management pages a superuser manages all of them."""
    if not request.user.is_authenticated:
        return NOTHING
    managing = request.resolver_match is not None and request.resolver_match.namespace == "admin"
    return EVERYTHING if managing and request.user.is_superuser else Sight(person=request.user.pk)
