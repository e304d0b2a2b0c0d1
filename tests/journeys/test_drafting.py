"""An office writes a change: with scripts and without, with the network gone, together with a colleague."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from objectives.models import Sheet
from organisation.own_sessions import SEEN
from tests.this_year import YEAR, approved_plan, sheet_of

pytestmark = pytest.mark.journey

AT_A_DESK = pytest.mark.parametrize("visitor", [({"width": 1280, "height": 900}, True)], indirect=True, ids=["desk"])


@pytest.fixture
def office(visitor, ufficio, with_password, caluso):
    """The office, signed in, before FINANZIARIO n° 1 in force."""
    plan = approved_plan(caluso)
    with_password(ufficio)
    visitor.sign_in("ufficio")
    visitor.go(f"/caluso/schede/{sheet_of(plan, 1).pk}/")
    return visitor


def draft():
    return Sheet.objects.exclude(state="ADOTTATA").get()


def field(visitor, label):
    return visitor.page.get_by_label(label, exact=True)


def press(visitor, name):
    visitor.page.get_by_role("button", name=name, exact=True).first.click()
    visitor.page.wait_for_load_state()


def leave_idle():
    """Let every session be one that nobody has used for an hour."""
    for stored in Session.objects.all():
        kept = SessionStore(stored.session_key)
        kept[SEEN] -= 61 * 60
        kept.save()


def save(visitor):
    """Press the button that saves, and wait until the page says that it is done."""
    visitor.page.locator(".save-bar button").click()
    done = "#stato" if visitor.scripts else ".alert"
    visitor.page.locator(done).filter(has_text="alle").wait_for()
    visitor.check()


def test_the_office_writes_a_change(office):
    office.press("Proponi modifica")
    assert office.heading() == "Modifica di FINANZIARIO n° 1"
    field(office, "Obiettivo").fill("Sportello digitale")
    field(office, "Peso").fill("50")
    press(office, "Aggiungi una fase nella casella 4")
    office.page.keyboard.type("Collaudo")
    press(office, "Sposta su la fase 4")
    press(office, "Togli la fase 1")
    press(office, "Aggiungi un indice di Qualità")
    office.page.keyboard.type("Gradimento")
    office.page.get_by_label("Valore atteso").last.fill("72,19%")
    press(office, "Aggiungi una persona")
    office.page.keyboard.type("C")
    office.page.get_by_label("Cognome e nome").fill("Anna Bianchi")
    save(office)
    assert office.page.locator("#pesi .weight").inner_text() == "Peso noto 90 su 100: mancano 10."
    assert list(draft().phases.values_list("position", "text")) == [(2, "Verifica"), (3, "Collaudo")]
    assert draft().indicators.get(family="QUALITA").target_kind == "PERCENT"
    office.follow("Vedi la bozza")
    assert office.heading() == "Sportello digitale"


@AT_A_DESK
def test_what_is_typed_outlives_the_network_and_the_page(office):
    office.press("Proponi modifica")
    office.page.context.set_offline(True)
    field(office, "Descrizione").fill("Scritto senza rete.")
    office.page.locator("#stato").filter(has_text="Connessione assente").wait_for()
    context, address = office.page.context, office.page.url
    asked = []
    office.page.once("dialog", lambda question: (asked.append(question.type), question.accept()))
    with office.page.expect_event("close"):
        office.page.close(run_before_unload=True)
    assert asked == ["beforeunload"]
    context.set_offline(False)
    page = context.new_page()
    page.goto(address)
    assert page.locator("#ritrovato").inner_text().startswith("C'è del testo non salvato del ")
    page.get_by_role("button", name="Riprendi").click()
    page.locator("#stato").filter(has_text="Salvato alle").wait_for()
    assert draft().description == "Scritto senza rete."
    assert page.evaluate("localStorage.length") == 0


@AT_A_DESK
def test_a_sign_in_that_ran_out_loses_nothing(office):
    office.press("Proponi modifica")
    leave_idle()
    field(office, "Descrizione").fill("Scritto a lungo.")
    with office.page.context.expect_page() as opened:
        office.page.get_by_role("link", name="Entrare di nuovo").click()
    again = opened.value
    again.locator("input[name=login]").fill("ufficio")
    again.locator("input[name=password]").fill("una-frase-lunga-e-inventata")
    again.get_by_role("button", name="Entra", exact=True).click()
    again.wait_for_url("**/")
    again.close()
    office.page.evaluate("window.dispatchEvent(new Event('focus'))")
    office.page.locator("#stato").filter(has_text="Salvato alle").wait_for()
    assert draft().description == "Scritto a lungo."


@AT_A_DESK
def test_two_tabs_on_one_draft(office):
    office.press("Proponi modifica")
    other = office.page.context.new_page()
    other.goto(office.page.url)
    other.get_by_label("Obiettivo", exact=True).fill("Il testo dell'altra")
    other.locator("#stato").filter(has_text="Salvato alle").wait_for()
    field(office, "Obiettivo").fill("Il mio testo")
    field(office, "Peso").fill("50")
    office.page.locator(".save-bar button").click()
    office.page.get_by_role("heading", name="Due persone hanno scritto questa scheda").wait_for()
    office.troubles.clear()  # the browser notes that the server answered 409
    office.check()
    office.page.get_by_role("group", name="Obiettivo").get_by_label("Tieni quello salvato").check()
    office.page.get_by_role("group", name="Peso").get_by_label("Tieni il mio").check()
    office.press("Salva con queste scelte")
    assert (draft().title, draft().weight) == ("Il testo dell'altra", 50)
    assert f"{draft().objective.plan.year}" == f"{YEAR}"
