"""The machine goes dark while a verification is closed: nothing of it is on record, or all of it."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from evaluations.rounds import close
from tests.at_once import committed
from tests.results import confirm_all

if connection.vendor == "postgresql":
    db = committed


@pytest.fixture
def confirmed(open_one, responsabile):
    """A verification that can be closed."""
    confirm_all(open_one, responsabile)
    return open_one


@pytest.fixture
def address(confirmed, tmp_path):
    """Where another process finds the database: a copy in a file, if this one lies in memory."""
    if connection.vendor == "postgresql":
        return "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)
    copy = tmp_path / "copy.sqlite3"
    copy.write_bytes(connection.connection.serialize())
    return f"sqlite:///{copy}"


def test_a_closing_that_is_killed_leaves_nothing_and_can_be_done_again(confirmed, segretario, address, tmp_path):
    with transaction.atomic(), CaptureQueriesContext(connection) as run:
        close(confirmed, by=segretario)
        transaction.set_rollback(True)
    moments = [len(run) // 2, len(run) - 4, 0]  # the first and last of `run` are those of a transaction within one
    command = [sys.executable, "-m", "tests.killed_closing", str(confirmed.pk), str(segretario.pk), *map(str, moments)]
    environment = os.environ | {"DATABASE_URL": address, "DATA_DIR": str(tmp_path), "DEMO": "1"}
    told = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, check=True, capture_output=True, timeout=300
    ).stdout
    before, *killed, done = json.loads(told)
    assert (before["closed"], before["outcome"], before["sheetreview"]) == (False, False, 0)
    assert killed == [before] * 2
    assert (done["closed"], done["outcome"], done["sheetreview"]) == (True, True, 3)
    assert done["roundpassage"] == before["roundpassage"] + 1
