"""Sign-in through an entity's provider, a real one in small: for its own people, by a verified e-mail, else refused."""

import json
import logging
import os
import subprocess
import sys
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount, SocialApp
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.contrib.auth import SESSION_KEY
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.test import Client

from organisation.identity_provider import FAILED, UNKNOWN, nonce_of
from organisation.models import User
from organisation.roles import Role
from tests.identity_provider import CLIENT, KEY, OTHER_KEY, SECRET, known_as, serving
from tests.page_flaws import flaws
from tests.pages import texts

pytestmark = pytest.mark.django_db

LOGIN = "/accesso/login/"
BEGIN = "/accesso/oidc/caluso/login/"
BACK = "/accesso/oidc/caluso/login/callback/"
ENTERED = "/caluso/"


@pytest.fixture
def provider(settings):
    """The provider of Caluso, on the loopback."""
    cache.clear()
    with serving() as server:
        settings.OIDC_PROVIDERS = {"caluso": known_as(server)}
        yield server


@pytest.fixture
def rossi(segretario):
    segretario.email = "rossi@comune.caluso.it"
    segretario.save()
    return segretario


def led_back(client, **sent):
    """Press the button, say at the provider who one is, and return the address that leads back."""
    page = requests.get(client.post(BEGIN, sent)["Location"], timeout=5).text
    return unescape(page.split("href='")[1].split("'")[0]).removeprefix("http://testserver")


def enter(client, **sent):
    """The whole way; returns the answer to who comes back."""
    return client.get(led_back(client, **sent))


def inside(client):
    return client.get(ENTERED).status_code == 200


def refused(client, answer, sentence=FAILED):
    """Whether the person is led to the sign-in again, where this is said, and is not inside."""
    said = [str(one) for one in get_messages(answer.wsgi_request)][-1:]
    return (answer.headers.get("Location"), said, SESSION_KEY in client.session) == (LOGIN, [sentence], False)


def test_it_is_off_until_it_is_configured(client):
    assert texts(client.get(LOGIN), "//main//form//button") == ["Entra", "Entra con una passkey"]
    assert [client.post(BEGIN).status_code, client.get(BACK).status_code] == [404, 404]


def test_who_has_an_account_enters_and_nothing_of_the_provider_is_kept(provider, rossi, client):
    assert texts(client.get(LOGIN), f"//form[@action='{BEGIN}']/button") == ["Entra con l'accesso di Comune di Caluso"]
    enter(client)
    assert inside(client)
    assert [SocialAccount.objects.count(), User.objects.count()] == [0, 1]
    assert list(rossi.sign_ins.values_list("outcome", "way")) == [("ENTRATO", "Accesso dell'ente")]


def test_it_leads_to_the_page_that_was_asked_for_and_to_no_other_site(provider, rossi, client):
    assert enter(client, next="/caluso/atti/")["Location"] == "/caluso/atti/"
    assert enter(Client(), next="https://example.org/")["Location"] == "/"


def test_what_is_added_to_the_address_changes_nothing(provider, rossi, client):
    more = "?process=connect&scope=offline_access&auth_params=client_id%3Daltro"
    led = parse_qs(urlsplit(client.post(BEGIN + more)["Location"]).query)
    assert (led["client_id"], "offline_access" in led["scope"][0]) == ([CLIENT], False)


def test_only_a_button_of_our_page_begins_it(provider):
    assert Client(enforce_csrf_checks=True).post(BEGIN).status_code == 403
    assert Client().get(BEGIN).status_code == 405


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "altri@comune.caluso.it"},
        {"email": ""},
        {"email": None},
        {"email": "\0rossi@comune.caluso.it"},
        {"email": "ros\u017fi@comune.caluso.it"},  # a long s, which is an S in capitals
        {"email_verified": False},
        {"email_verified": None},
        {"email_verified": "true"},
    ],
    ids=str,
)
def test_an_address_that_nobody_has_or_nobody_verified_is_refused_and_makes_no_account(provider, rossi, client, claims):
    provider.claims |= claims
    assert refused(client, enter(client), UNKNOWN)
    assert User.objects.count() == 1


def test_a_refusal_is_a_sentence_on_the_page_of_the_sign_in(provider, rossi, client):
    provider.claims["email_verified"] = False
    page = client.get(led_back(client), follow=True)
    assert texts(page, "//*[contains(@class, 'alert-danger')][not(@hidden)]") == [UNKNOWN]
    assert flaws(page.content.decode()) == []


def test_it_opens_nobody_who_works_in_another_entity_or_administers_everything(provider, rossi, esempio, client):
    membership = rossi.memberships.create(entity=esempio, role=Role.LETTURA)
    assert refused(client, enter(client), UNKNOWN)
    membership.delete()
    rossi.is_superuser = True
    rossi.save()
    assert refused(client, enter(client), UNKNOWN)


def test_it_opens_nobody_of_another_entity(provider, rossi, esempio, client):
    membership = rossi.memberships.get()
    membership.entity = esempio
    membership.save()
    assert refused(client, enter(client), UNKNOWN)


def test_an_address_of_two_people_is_neither(provider, rossi, ufficio, client):
    ufficio.email = "Rossi@comune.caluso.it"
    ufficio.save()
    assert refused(client, enter(client), UNKNOWN)


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "un-altro"},
        {"aud": [CLIENT, "un-altro"], "azp": "un-altro"},
        {"iss": "https://un-altro.it"},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"iat": 4_000_000_000},
        {"nonce": nonce_of("di-un-altro-tentativo")},
        {"nonce": None},
        {"sub": None},
        {"email": ["rossi@comune.caluso.it"]},
    ],
    ids=str,
)
def test_a_token_for_somebody_else_of_somebody_else_or_of_another_time_is_refused(provider, rossi, client, claims):
    provider.claims |= claims
    assert refused(client, enter(client))


def test_a_token_that_the_provider_did_not_sign_is_refused(provider, rossi, client):
    provider.key = OTHER_KEY
    assert refused(client, enter(client))


def test_nor_one_signed_with_what_everybody_knows_or_the_secret_or_not_at_all(provider, rossi, client):
    public = KEY.public_key().public_bytes(Encoding.DER, PublicFormat.PKCS1)
    for key, algorithm in ((public, "HS256"), (SECRET.ljust(32), "HS256"), (None, "none")):
        provider.key, provider.algorithm = key, algorithm
        assert refused(client, enter(client)), algorithm


def test_an_answer_that_nobody_asked_for_or_that_comes_twice_or_that_is_an_error_is_refused(provider, rossi, client):
    assert refused(client, client.get(BACK, {"code": "abc", "state": "inventato"}))
    assert refused(client, client.get(BACK))
    assert refused(client, client.get(led_back(Client()))), "begun in another browser"
    state = parse_qs(urlsplit(client.post(BEGIN)["Location"]).query)["state"]
    assert refused(client, client.get(BACK, {"error": "access_denied", "state": state}))
    used = led_back(client)
    client.get(used)
    client.post("/accesso/logout/")
    assert refused(client, client.get(used))
    code = parse_qs(urlsplit(used).query)["code"]
    state = parse_qs(urlsplit(client.post(BEGIN)["Location"]).query)["state"]
    assert refused(client, client.get(BACK, {"code": code, "state": state}))


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/token", (500, b"")),
        ("/token", (200, b"[]")),
        ("/token", (200, b'{"access_token": "x"}')),
        ("/token", (200, b'{"access_token": "x", "id_token": "a.b.c"}')),
        ("/chiavi", (500, b"")),
        ("/chiavi", (200, b'{"keys": []}')),
        ("/chiavi", (200, b"no")),
        ("/.well-known/openid-configuration", (200, b"[]")),
        ("/.well-known/openid-configuration", (200, b'{"issuer": 7}')),
        ("/.well-known/openid-configuration", (404, b"")),
    ],
    ids=str,
)
def test_a_provider_that_answers_nonsense_is_a_sentence(provider, rossi, client, path, answer):
    back = led_back(client)
    provider.changes[path] = answer
    assert refused(client, client.get(back))
    if path.startswith("/."):
        assert refused(client, client.post(BEGIN))


def test_a_provider_that_is_down_is_a_sentence_and_a_line_of_the_log_without_what_was_sent(
    settings, rossi, client, caplog
):
    with serving() as server:
        settings.OIDC_PROVIDERS = {"caluso": known_as(server)}
        back = led_back(client)
    assert refused(client, client.get(back))
    assert refused(client, client.post(BEGIN))
    said = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert said == [
        "The provider of caluso cannot be asked: ConnectionError",
        "The provider of caluso cannot be asked: ConnectionError",
    ]


def test_who_is_switched_off_stays_out_and_the_second_factor_is_asked(provider, rossi, client):
    rossi.is_active = False
    rossi.save()
    assert enter(client)["Location"] == "/accesso/inactive/"
    assert not inside(client)
    rossi.is_active = True
    rossi.save()
    TOTP.activate(rossi, "JBSWY3DPEHPK3PXP")
    assert enter(client)["Location"] == "/accesso/2fa/authenticate/"
    assert not inside(client)


def test_a_role_that_must_have_a_second_factor_sets_it_up_first(provider, rossi, caluso, client):
    caluso.second_factor_roles = [Role.SEGRETARIO]
    caluso.save()
    enter(client)
    assert client.get(ENTERED)["Location"] == "/accesso/2fa/"


def test_a_provider_written_into_the_database_is_no_way_in(rossi, client):
    SocialApp.objects.create(provider="openid_connect", provider_id="caluso", name="Falso", client_id="x")
    assert "Falso" not in client.get(LOGIN).content.decode()
    assert client.post(BEGIN).status_code == 404


def settings_with(tmp_path, providers, demo="1"):
    """What the settings say of form-action, or why they refuse."""
    told = {"DEMO": demo, "DATA_DIR": str(tmp_path), "SECRET_KEY": "x" * 50, "OIDC_PROVIDERS": json.dumps(providers)}
    code = "from caluso_perf import settings; print(settings.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'][1:])"
    ran = subprocess.run([sys.executable, "-c", code], env={**os.environ, **told}, capture_output=True, check=False)
    return ran.stdout.decode().strip() or ran.stderr.decode().strip().splitlines()[-1]


def test_the_policy_lets_the_button_lead_to_the_provider_and_half_a_setting_is_refused(tmp_path):
    one = {"name": "x", "server_url": "https://login.it/realms/a", "client_id": "c", "secret": "s"}
    assert settings_with(tmp_path, {"a": one}, "0") == "['https://login.it']"
    elsewhere = {"a": {**one, "sign_in_url": "https://entra.it/x"}}
    assert settings_with(tmp_path, elsewhere) == "['https://entra.it']"
    assert "«a» must begin with https://" in settings_with(tmp_path, {"a": {**one, "server_url": "http://x"}}, "0")
    assert "«a» lacks secret" in settings_with(tmp_path, {"a": {k: v for k, v in one.items() if k != "secret"}})
