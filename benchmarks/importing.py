"""How long the real act takes from its text to the database, and how that grows with the sheets."""

import re
import subprocess
import sys
from functools import partial

from django.conf import settings
from django.db import transaction

from benchmarks.measuring import Figure, Line, medians
from objectives.importing.reading import read_document
from objectives.loading import load_act
from organisation.models import Entity

REAL_ACT = settings.BASE_DIR / "tests" / "data" / "gc-100-2022.txt"
TIMES = 9
_HEAD = re.compile(r"(?m)^(?=Comune di Caluso ANNO 2022 - Obiettivo strategico)")
_NUMBER = re.compile(r"(Obiettivo strategico n° )(\d+)")


def measure() -> list[Line]:
    """Read and save both acts, each time taken back; then the whole command, as somebody types it."""
    real = REAL_ACT.read_text(encoding="utf-8")
    small, large = medians(TIMES, partial(read_and_save, real), partial(read_and_save, with_sheets(real, 60)))
    (command,) = medians(3, run_command, warm_up=0)
    sheets = "13 sheets"
    return [
        Figure("import of the real act: read and save", f"{small:.2f} s", sheets, small, "s", 1),
        Figure("import of 60 sheets", f"{large:.2f} s", f"{sheets} {small:.2f} s", large / small, limit=3),
        Figure("import_act --dry-run of the real act, whole process", f"{command:.2f} s", sheets, command, "s"),
    ]


def with_sheets(text: str, count: int) -> str:
    """The act with its sheets repeated under other numbers until there are `count`."""
    head, *sheets = _HEAD.split(text)
    rounds = [
        _NUMBER.sub(lambda match, again=again: f"{match[1]}{int(match[2]) + 10 * again}", sheet)
        for again in range(-(-count // len(sheets)))
        for sheet in sheets
    ]
    return head + "\n".join(rounds[:count])


def read_and_save(text: str) -> None:
    """Import the text into an entity of its own, and take it all back."""
    with transaction.atomic():
        entity = Entity(name="Comune di Caluso", slug="misura-importazione")
        entity.save()
        reading = read_document(text.encode(), "atto.txt")
        if reading.data is None:
            raise AssertionError([str(finding) for finding in reading.findings])
        load_act(reading.data, entity=entity, by=None)
        transaction.set_rollback(True)


def run_command() -> None:
    """The command, which leaves the database as it was; it works on the run's own one."""
    command = [sys.executable, "manage.py", "import_act", str(REAL_ACT), "--dry-run"]
    subprocess.run(command, cwd=settings.BASE_DIR, check=True, capture_output=True)
