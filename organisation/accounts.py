"""How people get an account: the Amministratore makes it. Nobody signs up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import filter_users_by_email, filter_users_by_username
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from organisation.access_notices import tell_changed
from organisation.models import SignInOutcome, User
from organisation.sign_in_log import note

WRONG = "Il nome o la password non sono giusti."
CHANGES = {
    "account/email/password_changed": "la password è stata cambiata",
    "account/email/password_reset": "la password è stata scelta di nuovo, con il collegamento ricevuto per e-mail",
    "account/email/password_set": "la password è stata scelta",
    "mfa/email/totp_activated": "il secondo fattore è stato attivato",
    "mfa/email/totp_deactivated": "il secondo fattore è stato disattivato",
    "mfa/email/recovery_codes_generated": "i codici di recupero sono stati fatti di nuovo",
    "mfa/email/webauthn_added": "è stata aggiunta una chiave di accesso",
    "mfa/email/webauthn_removed": "è stata tolta una chiave di accesso",
}
"""What allauth tells people of, by the prefix of its templates, as half a sentence."""


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Sign-in without sign-up, in the words of an office. What is wrong never tells whether the name exists."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Questo accesso è disattivato: rivolgersi all'amministratore dell'ente.",
        "email_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "too_many_login_attempts": "Troppe password sbagliate: l'accesso è fermo. Riprovare fra cinque minuti.",
        "rate_limited": "Troppe richieste in poco tempo: riprovare fra qualche minuto.",
        "incorrect_password": "La password non è giusta.",
        "enter_current_password": "Scrivere la password attuale.",
        "incorrect_code": "Il codice non è giusto.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: accounts are made by an Amministratore."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Stop who tried too often, and note it for the person whose name it was."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            self._note(request, credentials, SignInOutcome.STOPPED)
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note a wrong password for the person whose name it was."""
        self._note(request, credentials, SignInOutcome.PASSWORD)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell a person that their access changed, by the e-mails of the program."""
        tell_changed(self.request, user, CHANGES[template_prefix])

    def _note(self, request: HttpRequest, credentials: dict[str, Any], outcome: SignInOutcome) -> None:
        if person := _person(credentials):
            note(request, person, outcome)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong passwords by person, however they are called: user name and e-mail share the five attempts.

        A name that nobody has is counted as it is typed, so that it is stopped like the others.
        """
        person = _person(credentials)
        return f"person:{person.pk}" if person else super()._get_login_attempts_cache_key(request, **credentials)


def _person(credentials: dict[str, Any]) -> User | None:
    """Who is meant by a user name or an e-mail."""
    person: User | None = filter_users_by_username(credentials.get("username") or "").first()
    if person is None and credentials.get("email"):
        person = next(iter(filter_users_by_email(credentials["email"])), None)
    return person
