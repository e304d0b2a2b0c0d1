"""Signing in without a password: through the entity's provider."""

import re

import pytest
from django.conf import settings as real_settings

from tests.identity_provider import known_as, serving

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
