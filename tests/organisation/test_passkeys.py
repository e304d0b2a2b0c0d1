"""Passkeys, shown by a device in small: second factor and way in, checked, and in nobody else's hands."""

import hashlib
import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.test import Client
from fido2.cose import ES256
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from organisation.passkeys import UNKNOWN
from organisation.roles import Role
from tests.pages import texts

pytestmark = pytest.mark.django_db

PASSWORD = "una-password-lunga"
OWN, ADD, ENTER = "/accesso/2fa/", "/accesso/2fa/webauthn/add/", "/accesso/2fa/webauthn/login/"
SECOND = "/accesso/2fa/authenticate/"
SIGNED = "/accesso/login/"
FLAG = AuthenticatorData.FLAG
THERE = FLAG.UP | FLAG.UV


def written(content):
    """Bytes, as browsers write them."""
    return urlsafe_b64encode(content).rstrip(b"=").decode()


class Device:
    """Keeps one key; `flags` say whether somebody was there, and who."""

    def __init__(self, origin="http://localhost"):
        self.key, self.id, self.origin = ec.generate_private_key(ec.SECP256R1()), os.urandom(16), origin

    def _client_data(self, kind, options):
        challenge = urlsafe_b64decode(options["publicKey"]["challenge"] + "==")
        return CollectedClientData.create(kind, challenge, self.origin)

    def made(self, options, flags=THERE):
        """The answer to a page that adds a passkey."""
        self.handle = options["publicKey"]["user"]["id"]
        public = AttestedCredentialData.create(Aaguid.NONE, self.id, ES256.from_cryptography_key(self.key.public_key()))
        told = AuthenticatorData.create(self._rp(), flags | FLAG.AT, 0, public)
        response = {
            "clientDataJSON": written(self._client_data("webauthn.create", options)),
            "attestationObject": written(AttestationObject.create("none", told, {})),
        }
        return self._credential(response)

    def shown(self, options, flags=THERE, handle=None, key=None):
        """The answer to a page that asks for one."""
        client_data = self._client_data("webauthn.get", options)
        told = AuthenticatorData.create(self._rp(), flags, 1)
        signature = (key or self.key).sign(told + client_data.hash, ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": written(client_data),
            "authenticatorData": written(told),
            "signature": written(signature),
            "userHandle": handle or self.handle,
        }
        return self._credential(response)

    def _rp(self):
        return hashlib.sha256(b"localhost").digest()

    def _credential(self, response):
        of_all = {"id": written(self.id), "rawId": written(self.id), "type": "public-key"}
        return json.dumps({**of_all, "clientExtensionResults": {}, "response": response})


@pytest.fixture(autouse=True)
def no_counts():
    cache.clear()


@pytest.fixture
def rossi(segretario):
    segretario.set_password(PASSWORD)
    segretario.save()
    return segretario


def browser():
    return Client(SERVER_NAME="localhost")


def entered(client, person):
    """The browser, after the password."""
    client.post(SIGNED, {"login": person.username, "password": PASSWORD})
    return client


def added(person, device):
    """The browser in which a person has added the passkey of a device."""
    client = entered(browser(), person)
    client.post(client.get(ADD)["Location"], {"password": PASSWORD})
    options = client.get(ADD).context["js_data"]["creation_options"]
    client.post(ADD, {"name": "Portatile", "credential": device.made(dict(options))})
    return client


def asked(client):
    """What the page of the sign-in asks of a device."""
    return client.get(ENTER, headers={"X-Requested-With": "XMLHttpRequest"}).json()["request_options"]


def alone(client, credential):
    """Try to enter with a passkey alone; whether it opened, and what was said."""
    answer = client.post(ENTER, {"credential": credential})
    return SESSION_KEY in client.session, answer["Location"]


def test_it_is_added_with_a_name_and_brings_recovery_codes(rossi):
    client = added(rossi, Device())
    assert Authenticator.objects.get(type="webauthn").wrap().name == "Portatile"
    assert texts(client.get(OWN), "//section[@aria-labelledby='passkey']//li/strong") == ["Portatile"]
    assert Authenticator.objects.filter(type="recovery_codes").count() == 1


def test_alone_it_opens_and_is_told_as_the_way(rossi):
    device = Device()
    added(rossi, device)
    client = browser()
    assert alone(client, device.shown(asked(client))) == (True, "/")
    assert rossi.sign_ins.first().way == "Passkey"


def test_after_the_password_it_is_the_second_factor_and_enough_for_a_role_that_must_have_one(rossi, caluso):
    device = Device()
    caluso.second_factor_roles = [Role.SEGRETARIO]
    caluso.save()
    first = added(rossi, device)
    assert first.get("/caluso/").status_code == 200
    client = entered(browser(), rossi)
    assert SESSION_KEY not in client.session
    options = client.get(SECOND).context["js_data"]["request_options"]
    assert client.post(SECOND, {"credential": device.shown(dict(options), key=Device().key)}).status_code == 200
    assert SESSION_KEY not in client.session
    options = client.get(SECOND).context["js_data"]["request_options"]
    assert client.post(SECOND, {"credential": device.shown(dict(options))})["Location"] == "/"
    assert client.get("/caluso/").status_code == 200
    assert [(one.outcome, one.way) for one in rossi.sign_ins.all()[:2]] == [
        ("ENTRATO", "Password e passkey"),
        ("FATTORE", ""),
    ]


def test_it_opens_to_nobody_else(rossi, ufficio):
    device, other = Device(), Device()
    added(rossi, device)
    ufficio.set_password(PASSWORD)
    ufficio.save()
    added(ufficio, other)
    client = browser()
    tries = [
        lambda: device.shown(asked(client), flags=FLAG.UP),  # without fingerprint, face or PIN
        lambda: device.shown(asked(client), key=other.key),
        lambda: device.shown(asked(client), handle=other.handle),
        lambda: device.shown(asked(browser())),  # asked of another browser
    ]
    for number, credential in enumerate(tries):
        assert alone(client, credential()) == (False, SIGNED), number
    device.origin = "https://caluso.example"
    assert alone(client, device.shown(asked(client))) == (False, SIGNED)


def test_what_was_shown_once_is_worth_nothing(rossi):
    device = Device()
    added(rossi, device)
    client = browser()
    shown = device.shown(asked(client))
    assert alone(client, shown)[0]
    client.post("/accesso/logout/")
    assert alone(client, shown) == (False, SIGNED)


def test_who_is_switched_off_stays_out(rossi):
    device = Device()
    added(rossi, device)
    rossi.is_active = False
    rossi.save()
    client = browser()
    assert alone(client, device.shown(asked(client))) == (False, "/accesso/inactive/")


def test_one_without_its_owner_is_not_added(rossi):
    client = entered(browser(), rossi)
    client.post(client.get(ADD)["Location"], {"password": PASSWORD})
    options = dict(client.get(ADD).context["js_data"]["creation_options"])
    page = client.post(ADD, {"credential": Device().made(options, flags=FLAG.UP)})
    assert UNKNOWN in page.content.decode()
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "{",
        "[]",
        "7",
        '{"response": 7}',
        "[" * 19_000,
        '{"a": NaN}',
        '{"a": "\\u0000"}',
        "è",
        '"' + "a" * 30_000 + '"',
    ],
    ids=lambda one: one[:9],
)
def test_what_is_no_passkey_is_a_sentence(rossi, credential):
    client = browser()
    asked(client)
    assert alone(client, credential) == (False, SIGNED)
    client = entered(client, rossi)
    client.post(client.get(ADD)["Location"], {"password": PASSWORD})
    client.get(ADD)
    assert client.post(ADD, {"credential": credential}).status_code == 200
    assert not Authenticator.objects.exists()


def test_a_passkey_of_somebody_else_is_neither_named_nor_taken_away(rossi, ufficio):
    added(rossi, Device())
    key = Authenticator.objects.get(type="webauthn").pk
    ufficio.set_password(PASSWORD)
    ufficio.save()
    client = entered(browser(), ufficio)
    client.post("/accesso/reauthenticate/", {"password": PASSWORD})
    for deed in ("edit", "remove"):
        assert client.post(f"{OWN}webauthn/keys/{key}/{deed}/", {"name": "mia"}).status_code == 404
    assert Authenticator.objects.get(pk=key).wrap().name == "Portatile"
