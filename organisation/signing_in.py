"""Asks everybody to sign in, but on the pages that say they are public; and again, once a session is over."""

import time
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from organisation import second_factor
from organisation.access import person_of
from organisation.own_sessions import follow_key, is_due, used, why_over


class SignInMiddleware(LoginRequiredMiddleware):
    """Django's own, which looks at the person first: on a public page it looks at nobody.

    So a public page reads no session, its answer doesn't vary with cookies, and caches between may keep it.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase], view_args: Any, view_kwargs: Any
    ) -> Any:
        """Let a public view pass; end a session that is over; lead who lacks the second factor to set it up."""
        if not getattr(view_func, "login_required", True):
            return None
        if request.user.is_authenticated and self._goes_on(request):
            return second_factor.lead_to_setup(request)
        return super().process_view(request, view_func, view_args, view_kwargs)

    def _goes_on(self, request: HttpRequest) -> bool:
        """Whether the session goes on; if it does, write down now and then that it is used."""
        now = time.time()
        if why := why_over(request.session, now):
            logout(request)
            messages.info(request, why)
            return False
        follow_key(request.session)
        if is_due(request.session, now):
            used(request.session, now)
            second_factor.look_up(request, person_of(request))
        return True
