"""Refuses requests that are too large before anything of them is read.

Django reads a form with its files whole, to look for the token against forgery, before any view or rule about sizes
comes to see it: without a limit whoever knows the address of the sign-in could fill the disk.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat


class BodySizeMiddleware:
    """Answer 413 to what says of itself that it is larger than REQUEST_MAX_BYTES.

    What does not say how long it is counts as empty (WSGI); servers end a longer one where it said it ends.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let a request pass that is small enough."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length[:18]) <= settings.REQUEST_MAX_BYTES:
            return self.get_response(request)
        return render(request, "413.html", {"most": filesizeformat(settings.REQUEST_MAX_BYTES)}, status=413)
