"""Five people take a change from the first word to the plan in force; the sheet is written and sent without a mouse."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from deliberations.calendar import of_the
from objectives.models import Sheet
from tests.journeys.conftest import DESK, Visitor
from tests.this_year import YEAR, approved_plan, sheet_of

pytestmark = pytest.mark.journey
TODAY = timezone.localdate()
FOCUSED = """() => {
  const one = document.activeElement;
  return (one.ariaLabel || one.labels?.[0]?.innerText || one.innerText).trim().replace(/\\s+/g, " ");
}"""
SEEN = """async () => {
  const one = document.activeElement;
  const seen = () => {
    const look = getComputedStyle(one), place = one.getBoundingClientRect();
    return (look.outlineStyle !== "none" || look.boxShadow !== "none") && place.bottom > 0 && place.top < innerHeight;
  };
  for (let picture = 0; picture < 60 && !seen(); picture++) await new Promise(requestAnimationFrame);
  return seen();
}"""  # a ring is drawn with one of the next pictures, not with the key
MOST_STOPS = 150


class Desk(Visitor):
    """A person before a screen, signed in, who may leave the mouse alone."""

    def reach(self, name):
        """Press Tab until what has that name has the focus; wherever it passes, the focus can be seen."""
        passed = []
        while name not in passed:
            assert len(passed) < MOST_STOPS, f"«{name}» is not reached by the keyboard: {passed}"
            self.page.keyboard.press("Tab")
            passed.append(self.page.evaluate(FOCUSED))
            assert self.page.evaluate(SEEN), f"the focus on «{passed[-1]}» cannot be seen"

    def enter(self, name):
        """Go to a link or a button by the keyboard and press it; check the page it leads to."""
        self.reach(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.check()

    def type(self, name, words):
        """Go to a field by the keyboard and write in it, in place of what is there."""
        self.reach(name)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)

    def said(self):
        """The last message of the program."""
        return self.page.locator("main .alert:visible").first.inner_text().strip()


@pytest.fixture
def at_a_desk(live_server, new_context, axe):
    """Seats a person, signed in, before a browser of their own. A page is examined for who comes to it first."""
    examined: set[str] = set()

    def seat(person):
        client = Client()
        client.force_login(person)
        context = new_context(viewport=DESK, locale="it-IT", reduced_motion="reduce")
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        desk = Desk(context.new_page(), live_server.url, scripts=True, axe=axe)
        desk.examined = examined
        return desk

    return seat


def draft():
    return Sheet.objects.exclude(state="ADOTTATA").get()


def save(office):
    """Press the button that has the focus, and wait until the browser has nothing more to keep: the server has it."""
    with office.page.expect_response(office.page.url):
        office.page.keyboard.press("Enter")
    office.page.wait_for_function("localStorage.length === 0")
    office.check()


def write_without_a_mouse(office, in_force):
    office.go(f"/caluso/schede/{in_force.pk}/")
    office.page.keyboard.press("Tab")
    assert office.page.locator(":focus").inner_text() == "Vai al contenuto"
    office.page.keyboard.press("Enter")
    office.enter("Proponi modifica")
    office.type("Obiettivo", "Sportello digitale")
    office.reach("Motivo della variazione")
    office.page.keyboard.press("ArrowDown")
    office.type("Motivazione", "La fornitura tarda.")
    office.reach(f"novembre {YEAR}")  # of the second phase: the chart of one without months is closed
    office.page.keyboard.press("Space")
    office.reach("Salva la bozza")
    save(office)
    office.enter("Vedi la bozza")
    assert "Sportello digitale" in office.page.locator("ins").first.inner_text()
    assert draft().phases.get(position=2).months == [f"{YEAR}-11", f"{YEAR}-12"]


def send(manager):
    manager.go(f"/caluso/bozze/{draft().pk}/")
    manager.enter("Invia al Segretario")
    assert manager.said() == "La scheda è stata inviata al Segretario."


def send_back(secretary):
    secretary.go(f"/caluso/bozze/{draft().pk}/rinvia/")
    secretary.page.get_by_label("Che cosa correggere").fill("Dire quale fornitura.")
    secretary.press("Rinvia la scheda")


def correct(office):
    office.go("/caluso/")
    office.follow("FINANZIARIO n° 1 — Sportello digitale")
    office.follow("Modifica la bozza")
    assert "Dire quale fornitura." in office.page.locator(".sent-back").inner_text()
    office.page.get_by_label("Motivazione").fill("La fornitura dei lettori tarda.")
    office.page.get_by_role("button", name="Salva la bozza").focus()
    save(office)


def approve_and_gather(secretary):
    secretary.go(f"/caluso/bozze/{draft().pk}/")
    secretary.press("Approva la scheda")
    secretary.follow("Prepara la proposta")
    secretary.press("Prepara la proposta")
    secretary.follow("Modifica il testo")
    secretary.page.get_by_label("Proponente").fill("Il Sindaco")
    secretary.press("Salva il testo")
    for kind, outcome in (("tecnica", "Favorevole"), ("contabile", "Non necessario")):
        secretary.follow(f"Registra il parere di regolarità {kind}")
        secretary.page.get_by_label(outcome).check()
        secretary.page.get_by_label("Firmatario").fill("Ada Prova")
        secretary.press("Registra il parere")


def register(secretary):
    page = secretary.page
    secretary.follow("Inserisci i dati della seduta")
    for name, value in {"number": "140", "session_on": str(TODAY), "secretary": "Ada Prova", "votes_for": "3"}.items():
        page.locator(f"[name={name}]").fill(value)
    for row, name in enumerate(("Ida Rossi", "Lea Bianchi", "Ugo Verdi")):
        page.locator(f"[name=presenze-{row}-name]").fill(name)
        page.locator(f"[name=presenze-{row}-present]").select_option("presente")
    page.get_by_label("Dichiarata immediatamente eseguibile").check()
    page.locator("[name=immediate_for]").fill("3")
    page.locator("[name=immediate_reason]").fill("Le fasi iniziano subito.")
    secretary.press("Controlla e continua")
    assert secretary.heading() == f"Deliberazione n. 140 {of_the(TODAY)}"
    if page.locator("[name=nota]").is_visible():
        page.locator("[name=nota]").fill("Si procede.")
    secretary.press("Registra l'atto")
    assert secretary.said().startswith(f"La GC 140/{YEAR} è registrata")


def titles_on(reader, day):
    reader.go(f"/caluso/piano/{YEAR}/al/{day}/")
    return reader.page.locator("table.sheets tbody a").all_inner_texts()


def test_five_people_change_the_plan(at_a_desk, caluso, ufficio, responsabile, segretario, nucleo, lettura):
    in_force = sheet_of(approved_plan(caluso), 1)
    office, manager, secretary = at_a_desk(ufficio), at_a_desk(responsabile), at_a_desk(segretario)
    write_without_a_mouse(office, in_force)
    send(manager)
    send_back(secretary)
    correct(office)
    send(manager)
    approve_and_gather(secretary)
    register(secretary)

    reader = at_a_desk(lettura)
    assert titles_on(reader, TODAY - timedelta(days=1)) == [in_force.title, "Obiettivo 2"]
    assert titles_on(reader, TODAY) == ["Sportello digitale", "Obiettivo 2"]
    reader.go(f"/caluso/piano/{YEAR}/confronto/?da={TODAY - timedelta(days=1)}&a={TODAY}")
    reader.page.get_by_text("Parola per parola").first.click()
    assert "Sportello digitale" in reader.page.locator("ins").first.inner_text()

    validator = at_a_desk(nucleo)
    validator.go(f"/caluso/atti/gc-140-{YEAR}/")
    with validator.page.expect_download() as papers:
        validator.page.get_by_role("link", name="Scarica in .docx").click()
    assert papers.value.suggested_filename.endswith(".docx")
