"""The first hour of the Amministratore: a settore, who answers for it, a colleague who comes in, the coat of arms."""

import io

import pytest
from PIL import Image

from organisation.models import Manager, Membership
from tests.journeys.conftest import PASSWORD

pytestmark = pytest.mark.journey


def arms():
    """A picture as a town has it."""
    written = io.BytesIO()
    Image.new("RGB", (40, 60), "navy").save(written, "PNG")
    return {"name": "stemma.png", "mimeType": "image/png", "buffer": written.getvalue()}


def saved(visitor):
    """Press Django's first button, and read what it says."""
    visitor.page.get_by_role("button", name="Salva", exact=True).click()
    visitor.check()
    return visitor.page.locator(".messagelist .success").inner_text()


@pytest.fixture
def amministratore_at_work(visitor, amministratore, with_password):
    """The Amministratore of Caluso, signed in, before an entity in which there is nothing."""
    with_password(amministratore)
    visitor.sign_in("amministratore")
    return visitor


def test_the_amministratore_makes_a_settore_and_puts_the_arms_up(amministratore_at_work):
    visitor, page = amministratore_at_work, amministratore_at_work.page
    assert page.locator(".first-steps li.current").count() == 3
    visitor.go("/gestione/")
    visitor.go("/gestione/organisation/sector/add/")
    page.get_by_label("ente").select_option("Comune di Caluso")
    page.get_by_label("nome").fill("FINANZIARIO")
    assert "FINANZIARIO" in saved(visitor)
    visitor.go("/gestione/organisation/manager/add/")
    page.get_by_label("settore").select_option("FINANZIARIO")
    page.get_by_label("nome").fill("ROSSI MARIA")
    page.locator("input[name=valid_from]").fill("01/01/2022")
    assert "ROSSI MARIA" in saved(visitor)
    visitor.go("/gestione/organisation/entity/")
    visitor.follow("Comune di Caluso")
    page.locator("input[name=logo]").set_input_files(arms())
    assert "Comune di Caluso" in saved(visitor)
    visitor.go("/caluso/")
    assert page.locator("header img").evaluate("picture => picture.naturalWidth") == 40
    assert Manager.objects.get().sector.name == "FINANZIARIO"


def test_the_amministratore_invites_a_colleague_who_comes_in(amministratore_at_work):
    visitor, page = amministratore_at_work, amministratore_at_work.page
    visitor.follow("Invita i colleghi")
    visitor.follow("Aggiungi utente")
    for name, value in [("username", "bianchi"), ("first_name", "Ugo"), ("last_name", "Bianchi")]:
        page.locator(f"input[name={name}]").fill(value)
    for name in ("password1", "password2"):
        page.locator(f"input[name={name}]").fill(PASSWORD)
    page.locator("select[name=memberships-0-entity]").select_option("Comune di Caluso")
    page.locator("select[name=memberships-0-role]").select_option("Segretario")
    assert "Ugo Bianchi" in saved(visitor)
    visitor.go("/accesso/logout/")
    page.locator("main button[type=submit]").click()
    visitor.sign_in("bianchi")
    assert visitor.heading() == "Comune di Caluso"
    assert [one.role for one in Membership.objects.filter(user__username="bianchi")] == ["SEGRETARIO"]
