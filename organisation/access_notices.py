"""E-mails about a person's own access: it was opened, or its password or second factor is not what it was.

No message holds a password or a link that opens the door: who reads somebody else's post gains nothing.
"""

from allauth.account.adapter import get_adapter
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from organisation.browsers import browser_words
from organisation.models import Entity, User
from organisation.notices import write_notices
from organisation.recording import recording
from organisation.sign_in_log import network_of

CHANGED = "Il Suo accesso a Caluso Perf è cambiato"
OPENED = "Il Suo accesso a Caluso Perf"
SET_BY_OTHERS = "l'amministratore ha cambiato la password"
FACTOR_BY_OTHERS = "l'amministratore ha azzerato il secondo fattore"


def tell_changed(request: HttpRequest, user: User, what: str) -> None:
    """Tell a person what changed in their access, when and from where; one without a role is told nothing.

    `what` is a half sentence: «la password è stata cambiata».
    """
    at = timezone.localtime()
    where = network_of(get_adapter().get_client_ip(request))
    browser = browser_words(request.headers.get("User-Agent", ""))
    body = (
        f"Buongiorno,\n\nil {date_format(at, 'j F Y')} alle {at:%H:%M}, per l'accesso «{user.username}», {what}.\n"
        f"Rete: {where}. Programma: {browser}.\n\nSe non è stato Lei, né l'ha chiesto, scegliere subito un'altra "
        "password con «Password dimenticata?» e avvisare l'amministratore dell'ente."
    )
    _write(user, CHANGED, body, reverse("mfa_index"), by=request.user)


def invite(user: User, by: User) -> None:
    """Tell a person that they have an access now, and how to choose its password."""
    body = (
        f"Buongiorno,\n\nè stato aperto un accesso a Suo nome: il nome utente è «{user.username}». Per scegliere la "
        f"password aprire la pagina qui sotto e scrivere questo indirizzo e-mail ({user.email}): arriverà un "
        "collegamento."
    )
    _write(user, OPENED, body, reverse("account_reset_password"), by=by)


def _write(user: User, subject: str, body: str, path: str, *, by: object) -> None:
    entity = Entity.objects.filter(memberships__user=user).order_by("memberships__pk").first()
    if entity is None:
        return
    with transaction.atomic(), recording(by=by if isinstance(by, User) else user, why=subject):
        write_notices(entity, [user], subject, body, path)
