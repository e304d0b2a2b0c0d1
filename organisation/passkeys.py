"""Passkeys (WebAuthn): keys that a device keeps and opens with fingerprint, face or PIN. One is a second factor after
the password, and enough by itself, since device and PIN are two factors. A passkey always asks who holds the device.
"""

import json
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.views import LoginWebAuthnView
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError

UNKNOWN = "La passkey non è stata riconosciuta: riprovare, o entrare in un altro modo."
LONGEST = 20_000
"""Characters of what a browser sends for a passkey; they are a few hundred bytes in base64."""
NAME_LENGTH = 60
STRANGE = (
    ArithmeticError, AssertionError, AttributeError, InvalidSignature, LookupError, TypeError, UnsupportedAlgorithm,
    ValueError, struct.error,
)  # fmt: skip


class CredentialField(forms.JSONField):
    """What the browser says of a passkey: JSON that any database can keep."""

    def to_python(self, value: Any) -> Any:
        """Read it. Raises ValidationError."""
        text = str(value or "")
        if len(text) > LONGEST or not text.isascii() or "\\" in text:
            raise ValidationError(UNKNOWN)
        try:
            found = super().to_python(value)
            json.dumps(found, allow_nan=False)
        except (RecursionError, ValueError, ValidationError) as strange:
            raise ValidationError(UNKNOWN) from strange
        return found

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return nothing: what was sent once is worth nothing on the page that comes back."""

    def prepare_value(self, value: Any) -> str:
        """Begin empty."""
        return ""


@contextmanager
def _recognised() -> Iterator[None]:
    """Say in one sentence whatever is wrong with a passkey; who tried too often is told so."""
    try:
        yield
    except ValidationError as refused:
        raise refused if refused.code == "too_many_login_attempts" else ValidationError(UNKNOWN) from refused
    except STRANGE as strange:
        raise ValidationError(UNKNOWN) from strange


class AddPasskey(AddWebAuthnForm):
    """A passkey that a person adds, with a name to know it by."""

    name = forms.CharField(
        label="Nome", max_length=NAME_LENGTH, required=False, help_text="Per riconoscerla: «Portatile dell'ufficio»."
    )
    credential = CredentialField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Check what the device answered."""
        with _recognised():
            cleaned: dict[str, Any] = super().clean()
            return cleaned


class EditPasskey(EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(label="Nome", max_length=NAME_LENGTH)


class _Shown(AuthenticateWebAuthnForm):
    credential = CredentialField(widget=forms.HiddenInput)

    def clean_credential(self) -> Authenticator:
        """Return the passkey that was shown; tell the person of one that is wrong."""
        try:
            with _recognised():
                return super().clean_credential()
        except ValidationError:
            if self.user:
                authentication_failed.send(
                    sender=Authenticator,
                    request=context.request,
                    user=self.user,
                    authenticator_type=Authenticator.Type.WEBAUTHN,
                )
            raise


class AuthenticatePasskey(_Shown):
    """After the password."""


class ReauthenticatePasskey(_Shown, ReauthenticateWebAuthnForm):
    """Before a sensitive deed."""


class LoginPasskey(_Shown, LoginWebAuthnForm):
    """In place of the password."""


enter = login_not_required(LoginWebAuthnView.as_view())
