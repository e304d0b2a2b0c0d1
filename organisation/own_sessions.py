"""How long a session lasts, which ones a person has open, and how they end all but one.

A session ends when it was not used for SESSION_IDLE_MINUTES, and SESSION_LONGEST_HOURS after the sign-in in any case
(ASVS 4.0, 3.3.2). Its use is written down once every five minutes at most, so it may end up to five minutes early,
never late. Moments are seconds since 1970, as `time.time()` counts them.
"""

import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from organisation.models import SignIn, SignInOutcome, User

BEGAN, SEEN, KEY = "began_at", "seen_at", "noted_key"
WRITTEN_EVERY = 300
TYPED_IS_KEPT = "Ciò che si stava scrivendo in una scheda o nei risultati è conservato in questo browser."


def why_over(session: Mapping[str, Any] | SessionBase, now: float) -> str:
    """Return why a session is over, as a sentence for whose it was; nothing, if it goes on."""
    if now - session.get(SEEN, now) > settings.SESSION_IDLE_MINUTES * 60:
        return f"L'accesso è scaduto dopo {settings.SESSION_IDLE_MINUTES} minuti senza attività. {TYPED_IS_KEPT}"
    if now - session.get(BEGAN, now) > settings.SESSION_LONGEST_HOURS * 3600:
        return f"L'accesso dura al massimo {settings.SESSION_LONGEST_HOURS} ore: entrare di nuovo. {TYPED_IS_KEPT}"
    return ""


def is_due(session: SessionBase, now: float) -> bool:
    """Whether the use of a session is to be written down again; also after a clock that was put back."""
    return abs(now - session.get(SEEN, now)) >= WRITTEN_EVERY


def used(session: SessionBase, now: float) -> None:
    """Write down, with the answer, that a session was used now."""
    session[SEEN] = now


def follow_key(session: SessionBase) -> None:
    """Keep the sign-in with its session when that got another key, as a change of password gives it."""
    key = session.session_key or ""
    if session.get(KEY, key) != key:
        SignIn.objects.filter(session_key=session[KEY]).update(session_key=key)
        session[KEY] = key


def open_sessions(user: User, now: float) -> list[SignIn]:
    """Return the sign-ins whose session is open, the latest first, each with `used_at`, within five minutes."""
    rows = {row.session_key: row for row in _sign_ins(user, now)}
    found = []
    for stored in Session.objects.filter(session_key__in=rows, expire_date__gt=timezone.now()):
        content = stored.get_decoded()
        row: Any = rows[stored.session_key]
        row.used_at = datetime.fromtimestamp(content.get(SEEN, now), timezone.get_current_timezone())
        same_password = constant_time_compare(content.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())
        if same_password and not why_over(content, now):
            found.append(row)
    return sorted(found, key=lambda row: -row.pk)


def end_others(user: User, key: str, now: float) -> int:
    """End all sessions of a person but the one with this key. Returns how many were open."""
    others = [row.session_key for row in open_sessions(user, now) if row.session_key != key]
    Session.objects.filter(session_key__in=others).delete()
    return len(others)


def _sign_ins(user: User, now: float) -> "list[SignIn]":
    earliest = datetime.fromtimestamp(now, timezone.get_current_timezone()) - timedelta(
        hours=settings.SESSION_LONGEST_HOURS
    )
    return list(user.sign_ins.filter(outcome=SignInOutcome.ENTERED, at__gte=earliest).exclude(session_key=""))


def _began(request: HttpRequest, **kwargs: Any) -> None:
    request.session[BEGAN] = request.session[SEEN] = time.time()
    request.session[KEY] = request.session.session_key


def listen() -> None:
    """Write into each session when it began."""
    user_logged_in.connect(_began, dispatch_uid="own_sessions")
