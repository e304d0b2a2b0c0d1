"""Hand a notice to the mail server: once.

A notice is claimed, and the claim committed, before the server sees it. What the server certainly did not take (no
connection, or an answer that refuses it) is put back and tried again after a growing wait. Where the connection broke
in between nobody knows: the notice stays claimed and not sent, is never sent again, and the management pages show it.
"""

from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from organisation.models import Notice
from organisation.recording import recording

WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
"""After the first, second, third and fourth attempt. There is no sixth."""
REFUSED = (SMTPResponseException, SMTPRecipientsRefused)
"""The server answered, and the answer was no."""
NOT_WAITING = "non era da spedire"
NO_ADDRESS = "La persona non ha più un indirizzo di e-mail, o il suo accesso è disattivato: l'avviso non parte."
WHY = "Spedizione di un avviso"


def send(pk: int, again: Callable[[timedelta], None]) -> str:
    """Send the notice `pk` if it waits to be sent. Return how it went, as the record of the job keeps it.

    `again` is called with the wait before the next attempt, in the transaction that puts the notice back.
    """
    notice = _claim(pk)
    if notice is None:
        return NOT_WAITING
    connection = get_connection()
    try:
        connection.open()
    except (OSError, SMTPException) as problem:
        return _put_back(notice, problem, again)
    try:
        connection.send_messages([_message(notice)])
    except REFUSED as problem:
        return _put_back(notice, problem, again)
    except (OSError, SMTPException) as problem:
        return _leave(notice, f"Non si sa se il messaggio è partito: {_said(problem)}")
    _store(notice, sent_at=timezone.now(), problem="")
    connection.close()
    return "spedito"


def standing(notice: Notice) -> str:
    """Say what became of a notice."""
    if notice.sent_at:
        return "spedito"
    if notice.claimed_at:
        return "incerto: la spedizione si è interrotta, non si ripete"
    if notice.attempts > len(WAITS):
        return "non spedito: nessun altro tentativo"
    return "in attesa" if not notice.attempts else "in attesa di un altro tentativo"


def _claim(pk: int) -> Notice | None:
    """Take the notice, alone: a second worker waits for the lock here, and then finds it claimed."""
    with transaction.atomic():
        waiting = Notice.objects.filter(pk=pk, claimed_at=None, sent_at=None).select_related("to", "entity")
        notice: Notice | None = waiting.select_for_update(of=("self",)).first()
        if notice is None or notice.attempts > len(WAITS):
            return None
        if not (notice.to.is_active and notice.to.email):
            _store(notice, problem=NO_ADDRESS)
            return None
        _store(notice, claimed_at=timezone.now(), attempts=notice.attempts + 1)
        return notice


def _put_back(notice: Notice, problem: Exception, again: Callable[[timedelta], None]) -> str:
    with transaction.atomic():
        said = f"Tentativo {notice.attempts}: {_said(problem)}"
        _store(notice, claimed_at=None, problem=said)
        if notice.attempts <= len(WAITS):
            again(WAITS[notice.attempts - 1])
    return said


def _leave(notice: Notice, problem: str) -> str:
    _store(notice, problem=problem)
    return problem


def _store(notice: Notice, **values: object) -> None:
    for name, value in values.items():
        setattr(notice, name, value)
    with recording(by=None, why=WHY):
        notice.save()


def _said(problem: Exception) -> str:
    return f"{type(problem).__name__}: {problem}"[:500]


def _message(notice: Notice) -> EmailMessage:
    demo = "[DATI DIMOSTRATIVI] " if notice.entity.is_demo else ""
    page = f"\n\nPagina: {settings.SITE_URL.rstrip('/')}{notice.path}" if notice.path else ""
    foot = f"\n\n-- \nCaluso Perf per {notice.entity.name}. Messaggio automatico: le risposte non le legge nessuno.\n"
    return EmailMessage(f"{demo}{notice.subject}", f"{notice.body}{page}{foot}", to=[notice.to.email])
