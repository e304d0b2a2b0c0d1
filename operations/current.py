"""The request that is being answered, for the lines of the log: they are written also before there are any models."""

from contextvars import ContextVar

from django.http import HttpRequest

KEPT = "operations.request_id"
"""Where the request itself keeps its number: Django writes of a refusal after every middleware is done."""
request_number: ContextVar[str] = ContextVar("request_number", default="")


def route_of(request: HttpRequest) -> str:
    """Return the form of the address ("<slug:slug>/atti/"): no names, no codes, no secret addresses are in it."""
    return request.resolver_match.route if request.resolver_match else "-"
