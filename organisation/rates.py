"""How often one person, or one address, may ask for what costs the program work or could be tried out by force.

Each server process counts for itself, in its memory: nothing that strangers do writes to the database. So what is
allowed in all is at most the limit times the processes (ADR 0036). Sign-in has its own lockout, which all share.
"""

import hashlib
import time
from collections.abc import Callable
from functools import wraps

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

WINDOW = 60
"""Seconds for which RATES_PER_MINUTE holds."""
View = Callable[..., HttpResponse]


def address_of(request: HttpRequest) -> str:
    """Return the network address of who asks: the one that the proxy saw, where there is one (BEHIND_PROXY).

    Those of whom none is known, as through a socket file without a proxy in front, count as one.
    """
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return ""


def seconds_to_wait(what: str, who: str) -> int:
    """Count a question of `who`; return the seconds until they may ask again, 0 while they have not asked too often.

    `what` is a name of RATES_PER_MINUTE; where 0 stands there, nothing is counted.
    """
    most = settings.RATES_PER_MINUTE[what]
    if not most:
        return 0
    window, since = divmod(int(time.time()), WINDOW)
    key = hashlib.sha256(f"{what} {who} {window}".encode()).hexdigest()
    counters = caches["rates"]
    counters.add(key, 0, timeout=WINDOW)
    try:
        asked = counters.incr(key)
    except ValueError:  # The counter was put out to make room for others.
        return 0
    return WINDOW - since if asked > most else 0


def too_often(request: HttpRequest, seconds: int) -> HttpResponse:
    """Refuse a question with the page that says when to come back."""
    response = render(request, "429.html", {"seconds": seconds}, status=429)
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    return response


def limited(what: str, *, only: str = "") -> Callable[[View], View]:
    """Have a view of signed-in people count each person's questions, and refuse beyond the limit.

    `only` is the method that counts; without it each does.
    """

    def decorated(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            counts = only in ("", request.method)
            seconds = seconds_to_wait(what, f"person {request.user.pk}") if counts else 0
            return too_often(request, seconds) if seconds else view(request, *args, **kwargs)

        return counted

    return decorated


def limited_by_address(what: str) -> Callable[[View], View]:
    """Have a public view count each address's questions, and refuse beyond the limit. No session is read."""

    def decorated(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            seconds = seconds_to_wait(what, address_of(request))
            return too_often(request, seconds) if seconds else view(request, *args, **kwargs)

        return counted

    return decorated
