"""The machine goes dark in the middle of an adoption: nothing of it is on record, or all of it."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from objectives.workflow import adopt, propose
from tests.at_once import committed
from tests.sessions import SESSION, with_opinions

if connection.vendor == "postgresql":
    db = committed


@pytest.fixture
def ready(plan, approved, segretario):
    """A proposal that can be registered."""
    segretario.email = "segretario@comune.esempio.it"
    segretario.save()
    return with_opinions(propose(plan, [approved], by=segretario), segretario)


@pytest.fixture
def address(ready, tmp_path):
    """Where another process finds the database: a copy in a file, if this one lies in memory."""
    if connection.vendor == "postgresql":
        return "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)
    copy = tmp_path / "copy.sqlite3"
    copy.write_bytes(connection.connection.serialize())
    return f"sqlite:///{copy}"


def test_an_adoption_that_is_killed_leaves_nothing_and_can_be_done_again(ready, segretario, address, tmp_path):
    with transaction.atomic(), CaptureQueriesContext(connection) as run:
        adopt(ready, SESSION, by=segretario)
        transaction.set_rollback(True)
    moments = [1, len(run) // 4, len(run) // 2, len(run) * 3 // 4, len(run) - 1, 0]
    command = [sys.executable, "-m", "tests.killed_adoption", str(ready.pk), str(segretario.pk), *map(str, moments)]
    environment = os.environ | {"DATABASE_URL": address, "DATA_DIR": str(tmp_path), "DEMO": "1"}
    told = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, check=True, capture_output=True, timeout=300
    ).stdout
    before, *killed, done = json.loads(told)
    assert (before["number"], before["sheets"], before["attendance"]) == (None, ["APPROVATA"], 0)
    assert killed == [before] * 5
    assert (done["number"], done["sheets"], done["attendance"], done["in force"]) == (100, ["ADOTTATA"], 3, True)
    assert done["passage"] == before["passage"] + 1
