"""The database does not answer, or the disk is full: a page says what is wrong and what to do, and nothing is half."""

import json
import sqlite3

import psycopg
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import InterfaceError, OperationalError, connection
from django.test import Client

from documents.models import Document, freeze
from operations.failures import is_database_away, is_out_of_room
from tests.factories import written_act, written_sheet
from tests.full_disk import no_room
from tests.pages import text

pytestmark = pytest.mark.django_db


def caused(problem, cause):
    """The exception as Django raises it, with the one of the database behind it."""
    problem.__cause__ = cause
    return problem


ADMIN = caused(OperationalError("terminating connection"), psycopg.errors.AdminShutdown("terminating connection"))
CLOSED = caused(InterfaceError("connection already closed"), psycopg.InterfaceError("connection already closed"))
LOCKED = caused(OperationalError("database is locked"), sqlite3.OperationalError("database is locked"))
NO_TABLE = caused(OperationalError("no such table: x"), sqlite3.OperationalError("no such table: x"))
FULL = caused(OperationalError("could not extend file"), psycopg.errors.DiskFull("could not extend file"))
LITE_FULL = caused(OperationalError("database or disk is full"), sqlite3.OperationalError("database or disk is full"))


@pytest.mark.parametrize(
    ("problem", "away", "full"),
    [
        (ADMIN, True, False), (CLOSED, True, False), (LOCKED, True, False), (NO_TABLE, False, False),
        (FULL, True, True), (LITE_FULL, False, True), (OSError(28, "No space left on device"), False, True),
        (OSError(13, "Permission denied"), False, False), (ValueError("database or disk is"), False, False),
    ],
)  # fmt: skip
def test_what_it_failed_on(problem, away, full):
    assert (is_database_away(problem), is_out_of_room(problem)) == (away, full)


def answered_with(problem, path="/caluso/atti/"):
    """What a page answers while every question to the database is refused so."""

    def refuse(*_):
        raise problem

    client = Client(raise_request_exception=False)
    with connection.execute_wrapper(refuse):
        return client.get(path, headers={"cookie": "sessionid=qualcosa"})


def test_while_the_database_is_away_the_page_says_so_and_when_to_come_back():
    page = answered_with(ADMIN)
    assert (page.status_code, page["Retry-After"]) == (503, "20")
    assert text(page, "//h1") == "L'archivio non risponde"
    assert page["X-Request-ID"] in text(page, "//main")


def test_a_full_disk_of_the_database_is_told():
    page = answered_with(FULL)
    assert (page.status_code, text(page, "//h1")) == (507, "Sul server non c'è più spazio")
    assert page["X-Request-ID"] in text(page, "//main")


def test_an_error_of_the_program_is_one():
    assert answered_with(NO_TABLE).status_code == 500


def test_a_file_for_which_there_is_no_room_is_not_taken_and_can_be_brought_again(signed_in, segretario, caluso):
    content = json.dumps(written_act(8, "2022-02-07", *map(written_sheet, range(1, 6)))).encode()
    client = signed_in(segretario)
    client.raise_request_exception = False

    def bring():
        return client.post("/caluso/importa/", {"file": SimpleUploadedFile("atto.json", content)})

    with no_room():
        page = bring()
    assert (page.status_code, text(page, "//h1")) == (507, "Sul server non c'è più spazio")
    assert bring().status_code == 302


def test_a_paper_for_which_there_is_no_room_is_not_on_record(caluso):
    facts = {"entity": caluso, "subject": "prova", "name": "prova.pdf", "content": b"x" * 5000}
    with no_room(), pytest.raises(OSError, match="File too large"):
        freeze(**facts)
    assert Document.objects.count() == 0
    assert freeze(**facts).read() == b"x" * 5000
    assert len(default_storage.listdir("caluso")[0]) == 1


def test_a_copy_for_which_there_is_no_room_leaves_no_file(caluso, tmp_path):
    freeze(entity=caluso, subject="prova", name="prova.pdf", content=b"x" * 5000)
    folder = tmp_path / "copies"
    folder.mkdir()
    with no_room(), pytest.raises((OSError, CommandError)):
        call_command("backup", folder / "copy.zip", verbosity=0)
    assert list(folder.iterdir()) == []
