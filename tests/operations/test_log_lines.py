"""Lines of the log name a request by its number and the form of its address; people and secrets are not in them."""

import json
import logging
import sys

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from operations.failures import server_error
from operations.log_lines import JsonLines
from operations.request_id import HEADER

NUMBER = "0123456789abcdef" * 2


def line(record):
    """The line of a record, read again."""
    return json.loads(JsonLines().format(record))


def record(message, *args, **extra):
    made = logging.LogRecord("prova", logging.WARNING, __file__, 1, message, args, None)
    made.__dict__.update(extra)
    return made


@pytest.fixture
def lines(caplog):
    """What was written, as the console has it, line by line."""
    caplog.set_level(logging.INFO, logger="operations.requests")
    caplog.handler.setFormatter(JsonLines())
    return lambda: [json.loads(written) for written in caplog.text.splitlines()]


def test_a_line_is_one_object():
    written = JsonLines().format(record("due\nrighe: %s", "perché"))
    assert "\n" not in written
    assert json.loads(written) | {"time": ""} == {
        "time": "", "level": "WARNING", "logger": "prova", "message": "due\nrighe: perché",
    }  # fmt: skip


def test_an_e_mail_address_is_blanked():
    assert line(record("sent to %s", "anna.rossi@comune.esempio.it"))["message"] == "sent to [e-mail]"


def test_an_exception_is_its_type_and_place_never_what_it_quotes():
    try:
        int("RSSNNA80A41B405X")
    except ValueError:
        made = record("failed")
        made.exc_info = sys.exc_info()
    written = line(made)
    assert written["exception"] == "builtins.ValueError"
    assert written["at"][-1].endswith("test_an_exception_is_its_type_and_place_never_what_it_quotes")
    assert "RSSNNA" not in json.dumps(written)


@pytest.mark.django_db
def test_an_address_is_written_by_its_form(lines):
    answer = Client().get("/scadenze/segreto-del-calendario.ics?nome=Rossi")
    written = lines()
    assert answer.status_code == 404
    assert {entry["request_id"] for entry in written} == {answer[HEADER]}
    assert [entry["message"] for entry in written] == ["request", "Not Found"]
    assert (written[-1]["method"], written[-1]["status"]) == ("GET", 404)
    assert "segreto" not in json.dumps(written)
    assert "Rossi" not in json.dumps(written)


@pytest.mark.django_db
def test_each_request_has_its_own_number():
    numbers = {Client().get("/salute/")[HEADER] for _ in range(3)}
    assert len(numbers) == 3
    assert {len(number) for number in numbers} == {32}


@pytest.mark.parametrize(
    ("behind", "told", "taken"),
    [(True, NUMBER, True), (False, NUMBER, False), (True, "x" * 32, False), (True, f"{NUMBER}\tx", False)],
)
@pytest.mark.django_db
def test_a_number_is_taken_from_the_proxy_alone_and_only_in_its_form(settings, behind, told, taken):
    settings.BEHIND_PROXY = behind
    assert (Client().get("/salute/", headers={HEADER: told})[HEADER] == told) is taken


def test_the_page_of_an_error_tells_the_number():
    assert NUMBER in render_to_string("500.html", {"request_id": NUMBER})
    page = server_error(RequestFactory().get("/"))
    assert page.status_code == 500
    assert "questo numero" not in page.content.decode()
