"""The second factor: an entity says which roles must have one, and who has none sets it up before anything else.

Whether it is lacking is kept in the session: looked up at the sign-in, when it is switched off, each time the use of
the session is written down, and, once it is lacking, at each page. So who has it or needs none pays nothing, and a
setting that is changed holds within five minutes for who is inside.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_removed
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from organisation.access import person_of
from organisation.models import User

LACKING = "second_factor_lacking"
# One's own sign-in: where it is set up, the password changed, and the way out.
OPEN_WITHOUT = ("mfa_", "account_", "leave_others")


def why_needed(user: User) -> str:
    """Return which role of a person asks for a second factor, as a sentence; nothing, if none does."""
    for one in user.memberships.select_related("entity"):
        if one.role in one.entity.second_factor_roles:
            return f"{one.entity.name}: per il ruolo {one.get_role_display()} il secondo fattore è obbligatorio."
    return ""


def why_lacking(user: User) -> str:
    """Return why a person has to set up a second factor now; nothing, if they have one or need none."""
    why = why_needed(user)
    has = why and Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
    return "" if has else why


def look_up(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Keep in the session whether the second factor of the person is lacking."""
    request.session[LACKING] = why_lacking(user)


def lead_to_setup(request: HttpRequest) -> HttpResponse | None:
    """Return the way to one's own page, if the second factor is lacking and another page was asked for."""
    name = (request.resolver_match and request.resolver_match.url_name) or ""
    if not request.session.get(LACKING) or name.startswith(OPEN_WITHOUT):
        return None
    look_up(request, person_of(request))
    return redirect("mfa_index") if request.session[LACKING] else None


def listen() -> None:
    """Look it up at each sign-in, and when a second factor is switched off."""
    for signal in (user_logged_in, authenticator_removed):
        signal.connect(look_up, dispatch_uid="second_factor")
