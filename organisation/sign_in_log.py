"""The attempts to sign in as a person: noted as they happen, shown to that person alone, and forgotten in time.

Kept are moment, outcome, family of the browser and network, for SIGN_INS_KEPT_DAYS: six months, as the Garante wants
for who administers systems (provvedimento 27/11/2008), and no longer, as art. 5 of the GDPR wants.
"""

from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import user_logged_in
from allauth.mfa.signals import authentication_failed
from django.conf import settings
from django.http import HttpRequest

from organisation.browsers import browser_words
from organisation.models import SignIn, SignInOutcome, User

SAME_NETWORK = {4: 24, 6: 48}
"""How many bits of an address are kept, by its version: those of a household or an office, not of a machine."""


def network_of(address: str) -> str:
    """Return the network of an address, «192.0.2.0/24». An IPv4 address that is written as IPv6 is taken as IPv4."""
    one = ip_address(address.split("%", maxsplit=1)[0])
    one = getattr(one, "ipv4_mapped", None) or one
    return str(ip_network(f"{one}/{SAME_NETWORK[one.version]}", strict=False))


FIRST = {"password": "Password", "socialaccount": "Accesso dell'ente", "mfa": "Passkey"}
SECOND = {"totp": " e codice", "recovery_codes": " e codice di recupero", "webauthn": " e passkey"}


def way_of(request: HttpRequest, user: User) -> str:
    """Return how a person has just entered, in words: «Password e codice»; nothing, if it was in none of our ways."""
    steps = get_authentication_records(request, user)
    first = FIRST.get(steps[0]["method"], "") if steps else ""
    return first + "".join(SECOND[step["type"]] for step in steps[1:] if step["method"] == "mfa")


def note(request: HttpRequest, user: User, outcome: SignInOutcome) -> None:
    """Put an attempt on record. Whoever goes on trying while the sign-in is stopped fills no table: one row says it."""
    if outcome == SignInOutcome.STOPPED and user.sign_ins.values_list("outcome", flat=True).first() == outcome:
        return
    SignIn(
        user=user,
        outcome=outcome,
        browser=browser_words(request.headers.get("User-Agent", "")),
        address=network_of(get_adapter().get_client_ip(request)),
        session_key=(request.session.session_key or "") if outcome == SignInOutcome.ENTERED else "",
        way=way_of(request, user) if outcome == SignInOutcome.ENTERED else "",
    ).save()


def forget(now: datetime) -> int:
    """Delete what is older than it is kept. Returns how many attempts."""
    return SignIn.objects.filter(at__lt=now - timedelta(days=settings.SIGN_INS_KEPT_DAYS)).delete()[0]


def _entered(request: HttpRequest, user: User, **kwargs: Any) -> None:
    note(request, user, SignInOutcome.ENTERED)


def _wrong_code(request: HttpRequest, user: User, **kwargs: Any) -> None:
    note(request, user, SignInOutcome.SECOND_FACTOR)


def listen() -> None:
    """Note who enters, and wrong codes of a second factor; wrong passwords are told by organisation.accounts."""
    user_logged_in.connect(_entered, dispatch_uid="sign_in_log")
    authentication_failed.connect(_wrong_code, dispatch_uid="sign_in_log")
