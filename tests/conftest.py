"""What every test may ask for: two entities, people with a name for each role, and the real act on record.

`--database-only` leaves out the tests that ask for no database: after the run on SQLite they would do the same again.
pytest-django lets none of them near a database, and none may come to it in a way that is not seen here.
"""

import gc
import inspect
import json
from pathlib import Path

import hypothesis
import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client, override_settings

from deliberations.guards import GUARDS as ACT_GUARDS
from evaluations.guards import GUARDS as RESULT_GUARDS
from objectives.guards import GUARDS as SHEET_GUARDS
from organisation.guards import append_only, history_guards, remove
from organisation.ledger import ledger_guards
from organisation.models import Entity, Membership, User
from organisation.roles import Role
from tests.remembered import load_first

# A busy machine is no finding: how long an example takes is not what the properties are about.
hypothesis.settings.register_profile("house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("house")

REAL_ACT = Path(__file__).parent / "data" / "gc-100-2022.json"
TRANSACTIONAL = {"transactional_db", "live_server", "django_db_reset_sequences", "django_db_serialized_rollback"}
LEFT_OUT = pytest.StashKey[int]()


def pytest_addoption(parser):
    """The option."""
    parser.addoption("--database-only", action="store_true", help="leave out the tests that ask for no database")


def asks_for_the_database(item):
    """Whether a test may come to the database: by its mark, by its fixtures, or by those it picks as it runs."""
    picks = "request" in inspect.signature(item.function).parameters
    return bool(picks or item.get_closest_marker("django_db") or "django_db_setup" in item.fixturenames)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Leave them out."""
    if config.getoption("database_only"):
        left = [item for item in items if not asks_for_the_database(item)]
        items[:] = [item for item in items if asks_for_the_database(item)]
        config.hook.pytest_deselected(items=left)
        config.stash[LEFT_OUT] = len(left)


def pytest_collection_finish():
    """What is loaded by now stays: the collector need not look through it again and again, nor at every 700 objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_fixture_setup(fixturedef, request):
    """Whoever would be left out cannot get the database in a roundabout way."""
    if fixturedef.argname in {"db", "transactional_db"} and not asks_for_the_database(request.node):
        pytest.fail("This test asks for the database where --database-only cannot see it.")


def pytest_sessionfinish(session):
    """Each process that runs tests tells the one that sums up."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash.get(LEFT_OUT, 0)


def pytest_testnodedown(node):
    """All of them have left out the same."""
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", 0)


def pytest_terminal_summary(terminalreporter, config):
    """Say how many."""
    if left := config.stash.get(LEFT_OUT, 0):
        terminalreporter.write_line(f"{left} tests ask for no database and were left out (--database-only).")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """While a browser is driven, this thread has a second connection; PostgreSQL drops no database that one holds."""
    yield
    if connection.vendor == "postgresql":
        others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_terminate_backend(pid) {others}")


@pytest.fixture(scope="session")
def django_db_use_migrations(worker_id):
    """Of `make test`, one process tests on the tables that the migrations make; all others have them at once."""
    return worker_id == "gw0"


@pytest.fixture(autouse=True)
def _guards_step_aside(request):
    """After a test that commits, the tables are emptied: the guards forbid that, and post_migrate puts them back."""
    marker = request.node.get_closest_marker("django_db")
    commits = TRANSACTIONAL & set(request.fixturenames) or (marker and marker.kwargs.get("transaction"))
    if commits:
        request.getfixturevalue("transactional_db")
    yield
    if commits:
        frozen = [*append_only("documents_document"), *append_only("documents_signedcopy")]
        remove(connection, [*history_guards(), *ledger_guards(), *frozen, *ACT_GUARDS, *SHEET_GUARDS, *RESULT_GUARDS])


@pytest.fixture(scope="session", autouse=True)
def _passwords_cost_nothing():
    """The real hash takes a third of a second each time, on purpose."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_looked_up_when_asked_for():
    """Each client of a test is a server that starts: it need not read through all static files first."""
    with override_settings(WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet():
    """The counters of who asks too often are of a process, which outlives the test."""
    caches["rates"].clear()


@pytest.fixture(autouse=True)
def _stored_apart(settings, tmp_path):
    """What a test stores lies in a folder of its own."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "documents.whole_files.WholeFileStorage",
            "OPTIONS": {"location": tmp_path / "documents"},
        },
    }


@pytest.fixture
def caluso(db):
    """The entity of the real act."""
    entity = Entity(name="Comune di Caluso", slug="caluso")
    entity.save()
    return entity


@pytest.fixture
def esempio(db):
    """An invented entity."""
    entity = Entity(name="Comune di Esempio", slug="esempio", is_demo=True)
    entity.save()
    return entity


@pytest.fixture
def make_person(db):
    """Makes a person with a role in an entity. Their password, too slow to make for nothing, is set where it counts."""

    def make(username, *places):
        user = User(username=username, first_name=username.capitalize(), last_name="Rossi")
        user.set_unusable_password()
        user.save()
        for entity, role in places:
            Membership(user=user, entity=entity, role=role).save()
        return user

    return make


@pytest.fixture
def ufficio(make_person, caluso):
    """Works in an office of Caluso."""
    return make_person("ufficio", (caluso, Role.UFFICIO))


@pytest.fixture
def responsabile(make_person, caluso):
    """Answers for a settore of Caluso."""
    return make_person("responsabile", (caluso, Role.RESPONSABILE))


@pytest.fixture
def segretario(make_person, caluso):
    """The Segretario of Caluso."""
    return make_person("segretario", (caluso, Role.SEGRETARIO))


@pytest.fixture
def nucleo(make_person, caluso):
    """Sits in the Nucleo di Valutazione of Caluso."""
    return make_person("nucleo", (caluso, Role.NUCLEO))


@pytest.fixture
def amministratore(make_person, caluso):
    """Manages the master data of Caluso."""
    user = make_person("amministratore", (caluso, Role.AMMINISTRATORE))
    user.is_staff = True
    user.save()
    return user


@pytest.fixture
def lettura(make_person, caluso):
    """May read in Caluso, and nothing else."""
    return make_person("lettura", (caluso, Role.LETTURA))


@pytest.fixture
def estraneo(make_person, esempio):
    """Is everything in another entity, and nothing in Caluso."""
    return make_person("estraneo", *((esempio, role) for role in Role))


@pytest.fixture
def signed_in(db):
    """Makes a client of the pages with this person signed in."""

    def make(person):
        client = Client()
        client.force_login(person)
        return client

    return make


@pytest.fixture
def act100(caluso):
    """The real act, GC 100/2022 of Caluso, on record."""
    return load_first(json.loads(REAL_ACT.read_text(encoding="utf-8")), caluso).act
