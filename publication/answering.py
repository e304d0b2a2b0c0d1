"""How the public addresses answer: nobody signs in, no session is read, any cache may keep the answer for a while."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.http import http_date
from django.views.decorators.http import conditional_page, require_safe

from publication.plans import NoLongerPublished

KEPT_SECONDS = 600
View = Callable[..., HttpResponse]


def kept(view: View) -> View:
    """Have what was found kept for a while, and asked for again by its ETag.

    Its Last-Modified (see `changed`) is put beside it and never believed of itself: an answer also changes with the
    day, and with the program.
    """

    @conditional_page
    @wraps(view)
    def whole(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        told = {"public": True, "max_age": KEPT_SECONDS} if response.status_code == 200 else {"no_store": True}
        patch_cache_control(response, **told)
        return response

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = whole(request, *args, **kwargs)
        moment = getattr(response, "changed_at", None)
        if moment:
            response["Last-Modified"] = http_date(moment.timestamp())
        return response

    return answer


def changed(response: HttpResponse, *moments: datetime) -> HttpResponse:
    """Say when what `response` tells last changed: the latest of the `moments`, if there is one."""
    response.changed_at = max(moments, default=None)  # type: ignore[attr-defined]
    return response


def open_to_all(response: HttpResponse) -> HttpResponse:
    """Let pages of other sites read this answer: open data alone."""
    response["Access-Control-Allow-Origin"] = "*"
    return response


def in_public(view: View) -> View:
    """Let anybody in; answer what is not there, or not any more, with a public page that says so."""
    answer = kept(view)

    @login_not_required
    @require_safe
    @wraps(view)
    def public(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return answer(request, *args, **kwargs)
        except Http404 as missing:
            status = 410 if isinstance(missing, NoLongerPublished) else 404
            response = render(request, "publication/missing.html", {"reason": str(missing)}, status=status)
            patch_cache_control(response, no_store=True)
            return response

    return public
