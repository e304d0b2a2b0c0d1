"""Signing in through the provider of the entity, and with passkeys."""

import re

import pytest
from django.conf import settings as real_settings

from tests.identity_provider import known_as, serving
from tests.journeys.conftest import PASSWORD

pytestmark = pytest.mark.journey

POLICY = real_settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
BUTTON = "Entra con l'accesso di Comune di Caluso"


@pytest.fixture
def provider(settings):
    """The provider of Caluso, whom the policy of the pages lets the button lead to, as the settings write it."""
    with serving() as server:
        settings.OIDC_PROVIDERS = {"caluso": known_as(server)}
        form_action = [*POLICY["form-action"], server.base]
        settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**POLICY, "form-action": form_action}}
        yield server


def test_a_person_enters_through_the_provider_of_the_entity(visitor, provider, segretario):
    segretario.email = "rossi@comune.caluso.it"
    segretario.save()
    visitor.go("/caluso/atti/")
    visitor.page.get_by_role("button", name=BUTTON).click()
    visitor.page.wait_for_url(re.compile(f"^{provider.base}/entra"))
    assert visitor.heading() == "Ente"
    assert all(one.startswith(f"request to {provider.base}/") for one in visitor.troubles)
    visitor.troubles.clear()
    visitor.page.get_by_role("link", name="Sono io").click()
    visitor.page.wait_for_url(visitor.home + "/caluso/atti/")
    visitor.check()
    visitor.go("/accesso/2fa/")
    assert "Accesso dell'ente" in visitor.page.locator("table.sign-ins").inner_text()


def test_were_it_not_in_the_policy_the_browser_would_not_go_there(caluso, new_context, live_server, provider, settings):
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": POLICY}
    page, refused = new_context().new_page(), []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(live_server.url + "/accesso/login/")
    page.get_by_role("button", name=BUTTON).click()
    page.wait_for_timeout(500)
    assert page.url == live_server.url + "/accesso/login/"
    assert any("form-action" in line for line in refused)


def test_a_password_is_shown_to_who_types_it_and_hidden_before_it_is_sent(visitor, segretario, with_password):
    with_password(segretario)
    visitor.go("/accesso/login/")
    field = visitor.page.locator("input[name=password]")
    field.fill(PASSWORD)
    buttons = visitor.page.get_by_role("button", name="la password")
    if not visitor.scripts:
        assert (buttons.count(), field.get_attribute("type")) == (0, "password")
        return
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")
    assert (field.get_attribute("type"), buttons.inner_text()) == ("text", "Nascondi la password")
    visitor.check()
    visitor.page.locator("input[name=login]").fill("segretario")
    field.evaluate("field => field.form.addEventListener('submit', () => { window.name = field.type; })")
    visitor.press("Entra", exact=True)
    assert (visitor.page.evaluate("window.name"), visitor.heading()) == ("password", "Comune di Caluso")


def with_authenticator(page):
    """Put a device in the browser that keeps passkeys, and whose owner is there."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    key = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    return lambda there: session.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": there})


def test_a_person_adds_a_passkey_enters_with_it_names_it_and_takes_it_away(visitor, segretario, with_password):
    with_password(segretario)
    visitor.sign_in("segretario")
    if not visitor.scripts:
        visitor.go("/accesso/2fa/webauthn/add/")
        visitor.page.locator("input[name=password]").fill(PASSWORD)
        visitor.press("Conferma")
        assert "usarne un altro" in visitor.page.locator("main").inner_text()
        return
    owner_is_there = with_authenticator(visitor.page)
    add_passkey(visitor)
    leave(visitor)
    visitor.page.get_by_role("button", name="Entra con una passkey").click()
    visitor.page.wait_for_url(visitor.home + "/caluso/")
    leave(visitor)
    enter_with_both(visitor, owner_is_there)
    visitor.go("/accesso/2fa/")
    rows = visitor.page.locator("table.sign-ins tbody tr").all_inner_texts()
    ways = ("Password e passkey", "Passkey", "Password")
    assert [way in row for way, row in zip(ways, rows, strict=True)] == [True] * 3
    rename_and_take_away(visitor)


def add_passkey(visitor):
    """Add a passkey, after the password was asked for again."""
    visitor.go("/accesso/2fa/")
    visitor.follow("Aggiungi una passkey")
    visitor.page.locator("input[name=password]").fill(PASSWORD)
    visitor.press("Conferma")
    visitor.page.locator("input[name=name]").fill("Portatile dell'ufficio")
    visitor.page.get_by_role("button", name="Aggiungi").click()
    visitor.page.wait_for_url("**/recovery-codes/")
    visitor.check()


def enter_with_both(visitor, owner_is_there):
    """Sign in with password and passkey, the second time that the device asks."""
    visitor.page.locator("input[name=login]").fill("segretario")
    visitor.page.locator("input[name=password]").fill(PASSWORD)
    visitor.press("Entra", exact=True)
    assert visitor.heading() == "Secondo fattore"
    owner_is_there(False)
    visitor.page.get_by_role("button", name="Usa una passkey").click()
    visitor.page.get_by_text("La passkey non è stata letta").wait_for()
    owner_is_there(True)
    visitor.page.get_by_role("button", name="Usa una passkey").click()
    visitor.page.wait_for_url(visitor.home + "/caluso/")


def rename_and_take_away(visitor):
    """Give the passkey another name, after it was asked for again, and take it away."""
    visitor.follow("Cambia nome a Portatile dell'ufficio")
    visitor.follow("Con una passkey")
    visitor.page.get_by_role("button", name="Conferma").click()
    visitor.page.wait_for_url("**/edit/")
    visitor.check()
    visitor.page.locator("input[name=name]").fill("Portatile di casa")
    visitor.press("Salva")
    visitor.follow("Togli Portatile di casa")
    visitor.press("Togli")
    assert "Portatile" not in visitor.page.locator("main ul").first.inner_text()


def leave(visitor):
    """Sign out."""
    visitor.go("/accesso/logout/")
    visitor.page.locator("main button[type=submit]").first.click()
    visitor.page.wait_for_url("**/accesso/login/")
