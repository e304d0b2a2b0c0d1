"""Nothing secret gets into a line of the log, an e-mail or a page, whatever fails, in either form of the log."""

import logging
from contextlib import ExitStack

import pytest
from django.conf import settings as real_settings
from django.core import mail
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from django.utils.module_loading import import_string

from evaluations.feeds import new_address

pytestmark = pytest.mark.django_db

TYPED = "la-password-che-nessuno-deve-leggere"
PASSWORD = "una-password-lunga"
SHOWN = "segreto-mostrato-alle-metriche"
TAX_CODE = "RSSNNA80A41B405X"


@pytest.fixture(autouse=True)
def no_counts():
    cache.clear()


@pytest.fixture(params=["text", "json"])
def lines(request, caplog):
    """What the console gets, written as the settings say."""
    caplog.set_level(logging.INFO)
    caplog.handler.setFormatter(import_string(real_settings.LOGGING["formatters"][request.param]["()"])())
    return lambda: caplog.text


@pytest.fixture
def rossi(segretario):
    segretario.set_password(PASSWORD)
    segretario.email = "rossi@comune.esempio.it"
    segretario.save()
    return segretario


class Broken:
    """A database that breaks at its first question, and quotes all it has heard, as servers do."""

    def __init__(self, *secrets):
        self.secrets = secrets

    def __call__(self, execute, sql, params, many, context):
        raise OperationalError(f"could not do {sql} with {params}; the row was {self.secrets}")


def reset_link(person):
    """The link that an e-mail about a forgotten password leads to."""
    Client().post("/accesso/password/reset/", {"email": person.email})
    link = next(word for word in mail.outbox.pop().body.split() if "/password/reset/key/" in word)
    return "/" + link.split("/", 3)[3]


def inside(person):
    """A browser in which the person has signed in, that shows errors as the program does."""
    client = Client(raise_request_exception=False)
    client.post("/accesso/login/", {"login": person.username, "password": PASSWORD})
    return client


def cookies(client):
    """What the cookies of a browser say."""
    return [one.value for one in client.cookies.values() if one.value]


def secret_requests(person):
    """Requests with something secret in them, and what of it must not be told."""
    signed_in, open_page = inside(person), Client(raise_request_exception=False)
    form = open_page.get("/accesso/login/")
    token = form.context["csrf_token"]
    calendar, link = new_address(by=person), reset_link(person)
    wrong = {"login": person.username, "password": TYPED, "csrfmiddlewaretoken": str(token)}
    change = {"oldpassword": PASSWORD, "password1": TYPED, "password2": TYPED}
    bearer = {"Authorization": f"Bearer {SHOWN}"}
    key = link.rstrip("/").rsplit("/", 1)[1]
    yield lambda: open_page.post("/accesso/login/", wrong), [TYPED, str(token), *cookies(open_page)]
    yield lambda: signed_in.post("/accesso/password/change/", change), [TYPED, PASSWORD, *cookies(signed_in)]
    yield lambda: signed_in.get(f"/caluso/?cf={TAX_CODE}"), [TAX_CODE, *cookies(signed_in)]
    yield lambda: open_page.get(f"/scadenze/{calendar}.ics"), [calendar]
    yield lambda: open_page.get(f"/scadenze/{calendar}x.ics"), [calendar]
    yield lambda: open_page.get(link), [key]
    yield lambda: open_page.get("/salute/metriche/", headers=bearer), [SHOWN]
    yield lambda: signed_in.get("/caluso/piano/", headers=bearer), [SHOWN, *cookies(signed_in)]
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.cookies["csrftoken"] = "b" * 32
    yield lambda: strict.post("/accesso/login/", wrong), [TYPED, str(token), "b" * 32]
    yield lambda: strict.post(link, change), [TYPED, key]


@pytest.mark.parametrize("broken", [False, True], ids=["well", "with a broken database"])
def test_nothing_secret_is_written_mailed_or_shown(rossi, lines, broken, settings):
    settings.METRICS_TOKEN = "un-altro-segreto"
    told, statuses = {}, []
    for number, (ask, secrets) in enumerate(secret_requests(rossi)):
        with ExitStack() as stack:
            if broken:
                stack.enter_context(connection.execute_wrapper(Broken(*secrets)))
            answer = ask()
        statuses.append(answer.status_code)
        found = "\n".join([lines(), answer.content.decode(), *(one.body for one in mail.outbox)])
        # The page of a form shows its own token to the person: that is what it is for.
        written = [one for one in secrets if one in lines() or (broken and one in found)]
        if written:
            told[number] = written
    assert told == {}
    assert bool({500, 503} & set(statuses)) is broken
    assert lines().count("Internal Server Error") == statuses.count(500)
    assert mail.outbox == []
    assert rossi.email not in lines()
