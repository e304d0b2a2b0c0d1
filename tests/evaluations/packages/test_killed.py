"""The worker is killed in the middle of a package: the Nucleo gets none, or all of it; what was printed is kept."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from evaluations.validating import request_validation
from tests.at_once import committed
from tests.factories import load, written_act, written_sheet

if connection.vendor == "postgresql":
    db = committed


@pytest.fixture
def small(caluso, segretario, nucleo):
    """A plan of one sheet handed over to a Nucleo that is told by e-mail."""
    nucleo.email = "nucleo@comune.esempio.it"
    nucleo.save()
    act = load(written_act(8, "2022-02-07", written_sheet(1)), caluso).act
    return request_validation(caluso.plans.get(), act=act, by=segretario)


@pytest.fixture
def address(small, tmp_path):
    """Where another process finds the database: a copy in a file, if this one lies in memory."""
    if connection.vendor == "postgresql":
        return "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)
    copy = tmp_path / "copy.sqlite3"
    copy.write_bytes(connection.connection.serialize())
    return f"sqlite:///{copy}"


@pytest.mark.pdf
def test_a_package_whose_worker_is_killed_is_not_half_there_and_can_be_made_again(small, address, tmp_path):
    moments = ["documents_document 1", "evaluations_packagefile", "organisation_notice", "-"]
    command = [sys.executable, "-m", "tests.killed_package", str(small.pk), *moments]
    environment = os.environ | {"DATABASE_URL": address, "DATA_DIR": str(tmp_path), "DEMO": "1"}
    told = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, check=True, capture_output=True, timeout=300
    ).stdout
    before, *killed, done = json.loads(told)
    assert [(one["state"], one["whole"], one["files"], one["notices"]) for one in (before, *killed)] == [
        ("IN_PREPARAZIONE", False, 0, 0)
    ] * 4
    assert [one["kept"] for one in killed] == [done["kept"][:1], done["kept"], done["kept"]]
    assert (before["kept"], len(done["kept"]), done["files"], done["notices"]) == ([], 4, 2, 1)
    assert (done["state"], done["whole"], done["problem"]) == ("DA_VALIDARE", True, "")
