"""Sign-in: everything is private, five wrong passwords stop it, a second factor if one wants, nobody signs up."""

import os
import subprocess
import sys
import time

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from organisation.management.commands.create_demo_users import PASSWORD as DEMO_PASSWORD

pytestmark = pytest.mark.django_db

LOGIN = "/accesso/login/"
PASSWORD = "una-password-lunga"


@pytest.fixture(autouse=True)
def no_counts():
    cache.clear()


@pytest.fixture
def rossi(segretario):
    segretario.set_password(PASSWORD)
    segretario.email = "rossi@comune.esempio.it"
    segretario.save()
    return segretario


def sign_in(client, login="segretario", password=PASSWORD, **more):
    return client.post(LOGIN, {"login": login, "password": password, **more})


@pytest.mark.parametrize("demo", [True, False])
def test_only_a_demonstration_tells_its_password(client, settings, demo):
    settings.DEMO = demo
    page = client.get(LOGIN).content.decode()
    assert [words in page for words in (DEMO_PASSWORD, "ufficio.esempio", "autofocus")] == [demo, demo, True]


@pytest.mark.parametrize("login", ["segretario", "SEGRETARIO", "rossi@comune.esempio.it"])
def test_a_person_enters_with_name_or_email(client, rossi, login):
    response = sign_in(client, login)
    assert (response.status_code, response["Location"]) == (302, "/")


def test_and_comes_to_the_page_that_was_asked_for(client, rossi):
    assert sign_in(client, next="/caluso/atti/")["Location"] == "/caluso/atti/"


def test_but_never_to_another_site(client, rossi):
    assert sign_in(client, next="https://example.org/")["Location"] == "/"


@pytest.mark.parametrize("login", ["segretario", "nessuno"])
def test_what_is_wrong_does_not_tell_whether_the_name_exists(client, rossi, login):
    page = sign_in(client, login, "sbagliata").content.decode()
    assert "Il nome o la password non sono giusti." in page


def test_after_five_wrong_passwords_the_right_one_is_refused_too(client, rossi):
    for _ in range(5):
        sign_in(client, password="sbagliata")
    page = sign_in(client)
    assert page.status_code == 200
    assert (
        "Troppe password sbagliate: l'accesso è fermo. Riprovare fra cinque minuti."
        in page.content.decode().replace("&#x27;", "'")
    )


@pytest.mark.parametrize(("behind", "proxies"), [("true", "1"), ("false", "0")])
def test_behind_a_proxy_wrong_passwords_are_counted_by_the_address_it_saw(tmp_path, behind, proxies):
    settings = {"DEMO": "1", "DATA_DIR": str(tmp_path), "BEHIND_PROXY": behind}
    code = "from caluso_perf import settings; print(getattr(settings, 'ALLAUTH_TRUSTED_PROXY_COUNT', 0))"
    told = subprocess.run([sys.executable, "-c", code], env={**os.environ, **settings}, capture_output=True, check=True)
    assert told.stdout.decode().strip() == proxies


@pytest.mark.parametrize("other", ["rossi@comune.esempio.it", "SEGRETARIO"])
def test_the_five_are_those_of_the_person_not_of_what_is_typed(client, rossi, other):
    for login in ("segretario", other, "segretario", other, "segretario"):
        sign_in(client, login, "sbagliata")
    pages = [sign_in(client, login).content.decode() for login in ("segretario", other)]
    assert ["Troppe password sbagliate" in page for page in pages] == [True, True]


def test_from_one_address_twenty_wrong_passwords_a_minute_stop_every_name(client, rossi):
    for number in range(20):
        sign_in(client, f"nome{number}", "sbagliata")
    assert "Troppe password sbagliate" in sign_in(client).content.decode()
    assert client.post(LOGIN, {"login": "segretario", "password": PASSWORD}, REMOTE_ADDR="192.0.2.1").status_code == 302


@pytest.mark.parametrize(
    ("new", "wrong"),
    [
        ("breve-e-mia", "Questa password è troppo breve: servono almeno 12 caratteri."),
        ("902817364501", "Questa password è interamente numerica."),
        ("q1w2e3r4t5y6", "Questa password è troppo comune."),
        ("rossi@comune.esempio.it", "La password è troppo simile a indirizzo email."),
    ],
)
def test_a_new_password_keeps_the_rules_that_the_page_tells(signed_in, rossi, new, wrong):
    client = signed_in(rossi)
    told = client.get("/accesso/password/change/").content.decode()
    assert [words in told for words in ("almeno 12 caratteri", "comunemente usata")] == [True, True]
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert wrong in client.post("/accesso/password/change/", sent).content.decode()
    rossi.refresh_from_db()
    assert rossi.check_password(PASSWORD)


def test_who_is_switched_off_does_not_enter(client, rossi):
    rossi.is_active = False
    rossi.save()
    assert sign_in(client)["Location"] == reverse("account_inactive")


def test_who_is_switched_off_while_inside_is_out(signed_in, rossi):
    client = signed_in(rossi)
    rossi.is_active = False
    rossi.save()
    assert client.get("/caluso/")["Location"] == f"{LOGIN}?next=/caluso/"


def test_nobody_signs_up(client):
    response = client.post("/accesso/signup/", {"username": "nuovo", "password1": PASSWORD})
    assert "Registrazione chiusa" in response.content.decode()


def test_leaving_needs_a_click(signed_in, rossi):
    client = signed_in(rossi)
    assert "Si sta per uscire" in client.get("/accesso/logout/").content.decode()
    assert client.post("/accesso/logout/")["Location"] == LOGIN
    assert client.get("/caluso/").status_code == 302


def test_a_forgotten_password_is_replaced_by_mail(client, rossi):
    client.post("/accesso/password/reset/", {"email": "rossi@comune.esempio.it"})
    (message,) = mail.outbox
    assert "«segretario»" in message.body
    link = next(word for word in message.body.split() if "/password/reset/key/" in word)
    page = client.get(link, follow=True)
    new = "un-altra-password-lunga"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert sign_in(client, password=new)["Location"] == "/"


def test_an_unknown_address_gets_the_same_answer(client, rossi):
    known = client.post("/accesso/password/reset/", {"email": "rossi@comune.esempio.it"})
    unknown = client.post("/accesso/password/reset/", {"email": "nessuno@comune.esempio.it"})
    assert known["Location"] == unknown["Location"] == reverse("account_reset_password_done")


@pytest.mark.parametrize("path", ["/accesso/email/", "/accesso/confirm-email/"])
def test_an_address_is_changed_by_the_amministratore_only(signed_in, rossi, path):
    assert signed_in(rossi).get(path)["Location"] == "/accesso/2fa/"


PAGES = [
    ("/accesso/2fa/", "Il mio accesso"),
    ("/accesso/password/change/", "Cambia password"),
    ("/accesso/reauthenticate/", "Confermare la propria identità"),
]


@pytest.mark.parametrize(("path", "title"), PAGES)
def test_ones_own_pages_are_in_our_layout(signed_in, rossi, path, title):
    client = signed_in(rossi)
    assert f"<h1>{title}</h1>" in "".join(client.get(path, follow=True).content.decode().split("\n")).replace("  ", "")


def totp_code(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_a_second_factor_is_asked_for_once_it_is_on(client, rossi):
    TOTP.activate(rossi, "JBSWY3DPEHPK3PXP")
    asked = sign_in(client)
    assert asked["Location"] == reverse("mfa_authenticate")
    assert client.get("/caluso/").status_code == 302
    assert "Secondo fattore" in client.get(asked["Location"]).content.decode()
    wrong = client.post(asked["Location"], {"code": "000000"})
    assert "Codice errato." in wrong.content.decode()
    assert client.post(asked["Location"], {"code": totp_code("JBSWY3DPEHPK3PXP")})["Location"] == "/"


def test_a_person_turns_the_second_factor_on_and_off(client, rossi):
    sign_in(client)
    asked = client.get("/accesso/2fa/totp/activate/")["Location"]  # the password once more
    client.post(asked, {"password": PASSWORD})
    page = client.get("/accesso/2fa/totp/activate/")
    assert "Attiva il secondo fattore" in page.content.decode()
    secret = page.context["form"].secret
    assert client.post("/accesso/2fa/totp/activate/", {"code": totp_code(secret)}).status_code == 302
    assert get_adapter().is_mfa_enabled(rossi)
    codes = client.get("/accesso/2fa/recovery-codes/").content.decode()
    assert all(code in codes for code in RecoveryCodes.activate(rossi).get_unused_codes())
    assert "Disattiva il secondo fattore" in client.get("/accesso/2fa/totp/deactivate/").content.decode()
    client.post("/accesso/2fa/totp/deactivate/")
    assert not get_adapter().is_mfa_enabled(rossi)
