"""A person before a real browser, at a desk and with a telephone, with scripts and without."""

import os
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection

# Playwright's loop runs in the thread of the test, where Django would refuse to touch the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

CHROMIUM = "/usr/bin/chromium"
QUIET = ["disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update"]
# axe asks for every font of the style sheets, also one of Bootstrap Italia's that no page uses.
FONT_ASKED_BY_AXE = "Loading the font 'data:application/font-woff;"
# Of the style sheets that another one imports (Django's) axe makes copies, which it may not; they have no address.
COPIES_MADE_BY_AXE = ("Applying inline style violates", "Couldn't load preload assets")
DESK = {"width": 1280, "height": 900}
TELEPHONE = {"width": 390, "height": 844}
HEAVIEST_PAGE = 150_000  # bytes of HTML
PASSWORD = "una-frase-lunga-e-inventata"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The browser that the system has, kept from talking to anybody."""
    flags = [f"--{flag}" for flag in ("no-sandbox", "disable-sync", *QUIET)]
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": flags}


@pytest.fixture(scope="session")
def base_url():
    """No fixed address: each test has a server of its own."""


@pytest.fixture(autouse=True)
def _one_answer_at_a_time(monkeypatch):
    """SQLite in memory is one connection for all threads of the server: two clicks at once would share a transaction.

    The program's own databases give each thread its own; there, and in the run on PostgreSQL, nothing waits here.
    """
    if connection.vendor != "sqlite":
        return
    one, answer = threading.Lock(), WSGIHandler.__call__

    def answer_alone(handler, environ, start_response):
        with one:
            return answer(handler, environ, start_response)

    monkeypatch.setattr(WSGIHandler, "__call__", answer_alone)


class Visitor:
    """A person who goes from page to page: `check` says what is wrong with the page before them.

    With `pictures`, a folder, what they see of each page is kept there. With `axe`, the page is asked whether everybody
    can use it.
    """

    def __init__(self, page, home, scripts, pictures=None, *, axe=True):
        self.page, self.home, self.scripts, self.pictures, self.axe = page, home, scripts, pictures, axe
        self.troubles: list[str] = []
        self.examined: set[str] = set()
        page.on("console", lambda message: self._note(message.type, message.text, message.location["url"]))
        page.on("pageerror", lambda error: self._note("error", str(error)))
        page.on("request", lambda request: self._look_at(request.url))

    def go(self, path):
        """Open an address of the program and check the page."""
        response = self.page.goto(self.home + path)
        self.check()
        return response.status

    def follow(self, name, **where):
        """Click a link and check the page it leads to."""
        self.page.get_by_role("link", name=name, **where).first.click()
        self.check()

    def press(self, name, **where):
        """Press a button and check the page it leads to."""
        self.page.get_by_role("button", name=name, **where).click()
        self.check()

    def sign_in(self, username):
        """Sign in by the page everybody uses."""
        self.go("/")
        self.page.locator("input[name=login]").fill(username)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.locator("main form.panel button[type=submit]").click()
        self.check()

    def heading(self):
        """The title of the page."""
        return self.page.locator("h1").inner_text()

    def check(self):
        """Nothing in the console, nothing from elsewhere, nothing wider than the screen, nothing inaccessible."""
        self.page.wait_for_load_state()
        assert self.troubles == []
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.page.viewport_size["width"]
        assert len(self.page.content().encode()) <= HEAVIEST_PAGE
        if self.page.url in self.examined:
            return
        self.examined.add(self.page.url)
        if self.pictures:
            name = f"{len(self.examined):02}{urlsplit(self.page.url).path.replace('/', '-')}.jpg"
            self.page.screenshot(path=self.pictures / name, type="jpeg", quality=60, scale="css")
        if self.scripts and self.axe:
            found = Axe().run(self.page).response["violations"]
            assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []

    def _note(self, kind, text, url=""):
        said_by_axe = text.startswith(FONT_ASKED_BY_AXE) or (not url and text.startswith(COPIES_MADE_BY_AXE))
        if kind in {"error", "warning"} and not said_by_axe:
            self.troubles.append(text)

    def _look_at(self, url):
        address = urlsplit(url)
        if address.scheme != "data" and f"{address.scheme}://{address.netloc}" != self.home:
            self.troubles.append(f"request to {url}")


@pytest.fixture
def pictures(request, output_path):
    """Where the pictures of the pages of this journey are kept, if the run keeps any (--screenshot=on)."""
    return Path(output_path) if request.config.getoption("screenshot") == "on" else None


@pytest.fixture
def axe(request):
    """Whether axe looks at the pages: on any database they are the same, so in the run that leaves nothing out."""
    return not request.config.getoption("database_only")


@pytest.fixture(
    params=[(DESK, True), (TELEPHONE, True), (TELEPHONE, False)],
    ids=["desk", "telephone", "telephone without scripts"],
)
def visitor(request, live_server, new_context, pictures, axe):
    """A person before each kind of screen."""
    screen, scripts = request.param
    context = new_context(viewport=screen, java_script_enabled=scripts, locale="it-IT")
    return Visitor(context.new_page(), live_server.url, scripts, pictures, axe=axe)


@pytest.fixture
def with_password():
    """Gives a person the password with which a visitor signs in."""

    def give(person):
        person.set_password(PASSWORD)
        person.save()
        return person

    return give
