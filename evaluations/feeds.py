"""How a person hears of their deadlines: the private address of a calendar, and how often an e-mail comes.

The address is a secret: who has it reads what the person may see. It is shown once; only its SHA-256 is kept.
"""

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from evaluations.choices import Digest
from evaluations.models import Subscription
from objectives.workflow import Refused
from organisation.holding import hold
from organisation.models import User
from organisation.recording import recording

SECRET_BYTES = 32


def new_address(*, by: User) -> str:
    """Make a new private address for the calendar of `by`; the one before stops working. Return its secret part."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with transaction.atomic(), recording(by=by, why="Nuovo indirizzo del calendario"):
        _store(_held(by), token_sha256=_fingerprint(secret), made_at=timezone.now())
    return secret


def revoke_address(*, by: User) -> None:
    """Have the address of the calendar of `by` lead nowhere. Raises Refused where there is none."""
    with transaction.atomic(), recording(by=by, why="Indirizzo del calendario revocato"):
        subscription = _held(by)
        if not subscription.token_sha256:
            raise Refused("Non c'è nessun indirizzo da revocare.")
        _store(subscription, token_sha256=None, made_at=None)


def choose_digest(choice: str, *, by: User) -> Subscription:
    """Choose how often `by` gets a digest by e-mail (a Digest). Raises Refused without an address to send it to."""
    with transaction.atomic(), recording(by=by, why="Riepilogo per e-mail scelto"):
        if choice not in Digest.values:
            raise Refused("Scegliere ogni quanto ricevere il riepilogo.")
        if choice != Digest.MAI and not by.email:
            raise Refused("Non c'è un indirizzo di e-mail a cui spedirlo: lo scrive l'Amministratore.")
        return _store(_held(by), digest=choice)


def subscription_of(user: User) -> Subscription:
    """Return what a person chose; nothing chosen yet is an unsaved row."""
    return Subscription.objects.filter(user=user).first() or Subscription(user=user)


def subscriber(secret: str) -> User | None:
    """Return whose calendar an address leads to: None for one that is not known, was revoked, or of who left."""
    found = Subscription.objects.filter(token_sha256=_fingerprint(secret), user__is_active=True)
    subscription = found.filter(user__memberships__isnull=False).select_related("user").first()
    return subscription.user if subscription else None


def sent(subscription: Subscription, on: dt.date) -> None:
    """Note the day of the last digest. Call it inside the deed's transaction, on a row that is held."""
    _store(subscription, digest_sent_on=on)


def _held(user: User) -> Subscription:
    """The row of a person, held until the transaction ends; made where there is none."""
    hold(User.objects.filter(pk=user.pk))  # two first requests at once would both make one
    hold(Subscription.objects.filter(user=user))
    return subscription_of(user)


def _store(subscription: Subscription, **values: object) -> Subscription:
    for name, value in values.items():
        setattr(subscription, name, value)
    subscription.save()
    return subscription


def _fingerprint(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
