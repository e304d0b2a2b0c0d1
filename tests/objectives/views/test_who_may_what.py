"""Who may do what: every address of the program, for every person, for sheets and proposals in every state."""

import logging
from collections import defaultdict

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import get_resolver, resolve

from organisation.models import Membership, Sector
from organisation.roles import Role
from tests.full_entity import address, full_entity
from tests.page_flaws import flaws, title
from tests.who_may_what import READERS, TABLE, WHO

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_silence(caplog):
    """Refusals are what this asks for: they need not be written down."""
    caplog.set_level(logging.CRITICAL, logger="django.request")


@pytest.fixture
def altrove(make_person, caluso):
    """Works in an office of another settore."""
    sector = Sector(entity=caluso, name="TECNICO")
    sector.save()
    person = make_person("altrove", (caluso, Role.UFFICIO))
    Membership.objects.get(user=person).sectors.add(sector)
    return person


@pytest.fixture
def facts(caluso, ufficio, responsabile, segretario):
    """The keys of a version in each state, of a proposal in each, and an open verification, of a plan of this year."""
    return full_entity(caluso, ufficio, responsabile, segretario)


def names():
    """The names of every address under an entity."""
    known = get_resolver().reverse_dict
    return {name for name in known if isinstance(name, str) and "slug" in known.getlist(name)[0][0][0][1]}


def answered(client, method, path, pages=None):
    """The status of an answer, with "+" where something was written; then all is as it was before. Keep the page."""
    written = []

    def watch(execute, sql, *others):
        written.extend([sql] if sql.startswith(("INSERT", "UPDATE", "DELETE")) else [])
        return execute(sql, *others)

    with transaction.atomic(), connection.execute_wrapper(watch):
        response = getattr(client, method)(path)
        status = response.status_code
        transaction.set_rollback(True)
    if pages is not None and status != 302 and response["Content-Type"].startswith("text/html"):
        pages.setdefault((method, status, path), response.content.decode())
    return f"{status}+" if written else str(status)


def expected(codes, person):
    """The status that the table says for one of WHO."""
    several = codes.split()
    return several[WHO.index(person)] if len(several) > 1 else several[0]


def test_the_table_names_every_address():
    assert {name for name, *_ in TABLE} == names()


def requests(person, only_first):
    """What to try: an address, a state of what it names, a method, and what the table says for `person`."""
    tried = set()
    for name, states, *columns in TABLE:
        for state in states.split() or [""]:
            for method, codes in zip(("get", "post"), columns, strict=True):
                wanted = expected(codes, person)
                refused_to_all = codes == "405" and person != WHO[0]
                if wanted != "-" and not refused_to_all and not (only_first and (name, method) in tried):
                    tried.add((name, method))
                    yield name, state, method, wanted


def test_each_person_gets_there_what_is_theirs_and_writes_nothing_else(request, signed_in, facts):
    said, found, pages = {}, {}, {}
    for person in WHO:
        client = signed_in(request.getfixturevalue(person))
        for name, state, method, wanted in requests(person, only_first=person in READERS):
            said[person, name, state, method] = wanted
            found[person, name, state, method] = answered(client, method, address(name, state, facts), pages)
    assert found == said
    pages = {at: page for at, page in pages.items() if at[1] != 405 and "<html" in page}
    assert {at: wrong for at, page in pages.items() if (wrong := flaws(page))} == {}
    called = defaultdict(set)
    for (method, status, path), page in pages.items():
        if (method, status) == ("get", 200):
            called[title(page)].add(resolve(path).url_name)
    shared = {frozenset(names) for names in called.values() if len(names) > 1}
    assert shared == {frozenset({"draft_comments", "draft_enclose"})}


def test_outside_the_entity_there_is_nothing(signed_in, estraneo, facts):
    said, found, pages = {}, {}, {}
    for client, status in ((signed_in(estraneo), "404"), (Client(), "302")):
        for name, state, method, _ in requests(WHO[-1], only_first=True):
            said[status, name, method] = status
            found[status, name, method] = answered(client, method, address(name, state, facts), pages)
    assert found == said
    assert [at for at, page in pages.items() if "Comune di Caluso" in page] == []
