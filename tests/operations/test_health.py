"""Who watches the program learns whether it is alive and ready, and nothing else; metrics need the secret."""

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client

from operations.readiness import is_ready, look
from operations.worker_life import leave_sign

pytestmark = pytest.mark.django_db
WELL = {"database": True, "migrations": True, "storage": True}


@pytest.fixture(autouse=True)
def _nothing_seen_before():
    cache.clear()


def test_alive_asks_nothing_of_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = Client().get("/salute/")
    assert (answer.status_code, answer.json()) == (200, {"alive": True})


def test_the_machine_itself_asks_without_https(settings):
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get("/salute/").status_code == 200
    assert Client().get("/accesso/login/").status_code == 301


def test_ready_says_what_holds_to_anybody():
    answer = Client().get("/salute/pronto/")
    assert (answer.status_code, answer["Cache-Control"].split(",")[0]) == (200, "max-age=0")
    assert set(answer.json()) == {"ready", *WELL, "worker"}


def test_a_worker_is_alive_as_long_as_it_leaves_signs():
    assert look() == {**WELL, "worker": False}
    leave_sign()
    assert look() == {**WELL, "worker": True}
    cache.clear()
    assert is_ready(look())


def test_the_worker_leaves_its_sign(transactional_db):
    call_command("db_worker", batch=True, interval=0, verbosity=0, startup_delay=False)
    assert look()["worker"]


def test_a_store_that_takes_no_file_is_not_ready(tmp_path):
    (tmp_path / "documents").write_text("not a folder")
    assert look() == {**WELL, "storage": False, "worker": False}
    assert not is_ready(look())


def test_looking_leaves_no_file():
    look()
    assert default_storage.listdir("salute") == ([], [])


def test_a_database_that_does_not_answer_is_not_ready():
    def refuse(*_):
        raise OperationalError("gone")

    with connection.execute_wrapper(refuse):
        found = look()
    assert found == {"database": False, "migrations": False, "storage": True, "worker": False}


@pytest.mark.parametrize("told", ["", "Bearer ", "Bearer sbagliato", "segreto-à"])
def test_without_the_secret_there_are_no_metrics(settings, told):
    settings.METRICS_TOKEN = "segreto"
    assert Client().get("/salute/metriche/", headers={"Authorization": told}).status_code == 404
    settings.METRICS_TOKEN = ""
    assert Client().get("/salute/metriche/", headers={"Authorization": told}).status_code == 404


def test_metrics_count_requests_by_the_form_of_their_address(settings, signed_in, segretario):
    settings.METRICS_TOKEN = "segreto"
    signed_in(segretario).get("/caluso/atti/")
    answer = Client().get("/salute/metriche/", headers={"Authorization": "Bearer segreto"})
    lines = answer.content.decode().splitlines()
    assert any(line.startswith('caluso_requests_total{method="GET",route="<slug:slug>/atti/"') for line in lines)
    assert "caluso_tasks_waiting 0.0" in lines
    assert [line for line in lines if "caluso/atti" in line or "segretario" in line] == []


@pytest.mark.parametrize("path", ["/salute/", "/salute/pronto/", "/salute/metriche/"])
def test_nobody_writes_there(path):
    assert Client().post(path).status_code == 405
