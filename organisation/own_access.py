"""«Il mio accesso»: who one is, the second factor, where one is signed in, and how one signed in lately."""

import time
from typing import Any

from allauth.mfa.base.views import IndexView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from organisation.access import person_of
from organisation.own_sessions import end_others, open_sessions
from organisation.second_factor import why_needed

SHOWN = 30


class OwnAccess(IndexView):
    """allauth's page of the second factor, with the sessions and sign-ins of the person."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add them."""
        user = person_of(self.request)
        return super().get_context_data(
            sessions=open_sessions(user, time.time()),
            key=self.request.session.session_key,
            sign_ins=user.sign_ins.all()[:SHOWN],
            kept_days=settings.SIGN_INS_KEPT_DAYS,
            second_factor_needed=why_needed(user),
            idle_minutes=settings.SESSION_IDLE_MINUTES,
            **kwargs,
        )


@require_POST
def leave_others(request: HttpRequest) -> HttpResponse:
    """Sign the person out everywhere but here."""
    count = end_others(person_of(request), request.session.session_key or "", time.time())
    messages.success(request, f"Chiusi gli altri accessi: {count}." if count else "Non c'erano altri accessi aperti.")
    return redirect("mfa_index")
