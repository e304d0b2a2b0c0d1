"""Whatever is sent to a form or an address, the answer is a page that refuses or a page: never an error of ours.

Here a part of the tries, always the same; `make fuzz` makes all of them (FUZZ_EXAMPLES of 100 or more).
"""

import logging
import os
from collections import Counter
from functools import partial

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from evaluations.feeds import new_address
from organisation.models import Membership, Sector
from organisation.roles import Role
from tests.full_entity import full_entity
from tests.fuzz.hostile import BENT, BODIES, bent_addresses, doors, forms_of, send, wrong

pytestmark = pytest.mark.django_db

ALL = int(os.environ.get("FUZZ_EXAMPLES", "12")) >= 100
OPEN = ["/accesso/login/", "/accesso/password/reset/", "/verifica/", "/accesso/2fa/webauthn/login/"]
OWN = ["/accesso/2fa/", "/accesso/password/change/", "/accesso/reauthenticate/", "/guida/"]
MANAGED = [
    f"/gestione/{model}/{page}"
    for model in ("organisation/user", "organisation/sector", "organisation/membership", "organisation/entity")
    for page in ("", "add/")
]


def some(tries, one_in, first=0):
    """All of them, or one in so many."""
    every = list(tries)
    return every if ALL else every[first % one_in :: one_in]


class Desks:
    """The browsers of all persons; what an answer does to database and cookies is undone after it."""

    def __init__(self, request, signed_in):
        self.request, self.signed_in, self.open, self.statuses, self.errors = request, signed_in, {}, Counter(), {}

    def of(self, who):
        """The browser of a person, or of nobody."""
        if who not in self.open:
            self.open[who] = self.signed_in(self.request.getfixturevalue(who)) if who else Client()
            self.open[who].raise_request_exception = False
        return self.open[who]

    def attempt(self, what, who, ask):
        """Ask something, and note how it ended."""
        client = self.of(who)
        before = {name: one.value for name, one in client.cookies.items()}
        with transaction.atomic():
            status = ask(client).status_code
            transaction.set_rollback(True)
        client.cookies.clear()
        client.cookies.load(before)
        self.statuses[status] += 1
        if status >= 500:
            self.errors[what[:150]] = status


@pytest.fixture
def altrove(make_person, caluso):
    """Works in an office of another settore."""
    sector = Sector(entity=caluso, name="TECNICO")
    sector.save()
    person = make_person("altrove", (caluso, Role.UFFICIO))
    Membership.objects.get(user=person).sectors.add(sector)
    return person


@pytest.fixture
def desks(request, signed_in, settings, caplog):
    """The browsers; nobody asks too often."""
    caplog.set_level(logging.CRITICAL + 1)
    cache.clear()
    settings.RATES_PER_MINUTE = dict.fromkeys(settings.RATES_PER_MINUTE, 0)
    return Desks(request, signed_in)


@pytest.fixture
def facts(caluso, ufficio, responsabile, segretario):
    return full_entity(caluso, ufficio, responsabile, segretario)


def all_forms(desks, places):
    """Each form once, by where it leads and what it sends."""
    found = [form for who, path in places for form in forms_of(desks.of(who), who, path)]
    return list({(form.path.split("?")[0], form.method, tuple(sorted(form.sent))): form for form in found}.values())


def fill(desks, forms, one_in):
    """Send them wrong."""
    for number, form in enumerate(forms):
        for kind, sent in some(wrong(form), one_in, number):
            desks.attempt(f"{form.path} {kind}", form.who, lambda client, f=form, s=sent: send(client, f, s))


def send_bodies(desks, tries, one_in):
    """Send what is no form."""
    for who, path, kind, body in some(tries, one_in):
        ask = partial(Client.generic, method="POST", path=path, data=body, content_type=kind)
        desks.attempt(f"{path} {kind} {body[:20]!r}", who, ask)


def test_the_forms_of_an_entity_its_bodies_and_its_addresses(desks, facts):
    places = list(doors(facts))
    forms = all_forms(desks, some([(who, path) for who, path, method in places if method == "get"], 4))
    assert len(forms) > 15
    fill(desks, forms, 73)
    posted = [(who, path, *body) for who, path, method in places if method == "post" for body in BODIES]
    send_bodies(desks, posted, 41)
    for path in some(bent_addresses(facts), 31):
        desks.attempt(path, "segretario", lambda client, p=path: client.get(p))
    assert desks.errors == {}
    assert {200, 302, 400, 404, 422} <= set(desks.statuses)


def test_those_outside_an_entity_and_of_management(desks, amministratore, segretario):
    places = [*(("", path) for path in OPEN), *(("segretario", path) for path in OWN)]
    forms = all_forms(desks, [*places, *(("amministratore", path) for path in some(MANAGED, 3, 1))])
    assert len(forms) > 7
    fill(desks, forms, 73)
    send_bodies(desks, [("", path, *body) for path in OPEN for body in BODIES], 5)
    assert desks.errors == {}


def test_the_secret_of_a_calendar(desks, segretario):
    secret = new_address(by=segretario)
    bent = [*BENT["str"], secret[:-1], secret + "a", secret.swapcase(), f"{secret}%00", "a" * 5000, f"{secret}/../x"]
    for word in bent:
        desks.attempt(word, "", lambda client, w=word: client.get(f"/scadenze/{w}.ics"))
    assert (desks.errors, set(desks.statuses)) == ({}, {404})
    assert desks.of("").get(f"/scadenze/{secret}.ics").status_code == 200
