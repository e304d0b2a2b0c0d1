"""Fills the disk on which the SQLite file and the documents lie, and has everything tried on it; then makes room.

    python -m tests.faults.full_disk FOLDER

FOLDER is a small file system of its own, empty, of some 20 MB ("mount -t tmpfs -o size=20m tmpfs FOLDER").
"""

import os
import sys
from pathlib import Path
from typing import Any

from tests.faults.machine import Machine

LEFT = 60_000
"""Bytes that are left free: some transactions still fit, most things don't."""


def main(folder: str) -> int:
    """Make the installation there, fill the disk, try, make room, try again; 1 if anything is half."""
    machine = Machine(Path(folder), "sqlite", "dummymail://")
    os.environ.update(machine.environment)
    machine.run("migrate", "--verbosity", "0")
    machine.run("createcachetable")
    import django

    django.setup()
    from django.test import Client

    from tests.faults.looking import AFTER, BEFORE, damaged, halves
    from tests.faults.town import make_town, people

    by = people()
    of = make_town(0, by)
    client = Client(raise_request_exception=False, headers={"host": "localhost"})
    client.force_login(by["segretario"])
    ballast = Path(folder) / "ballast"
    found = []
    for room in (0, LEFT, None):
        _fill(ballast, room)
        told = _try(of, client, Path(folder), machine)
        state = halves(of)
        found += [f"{name}: {one}" for name, one in state.items() if one not in {BEFORE, AFTER}] + damaged(of)
        parts = [path.name for path in Path(folder, "data").rglob("*.part")]
        sys.stdout.write(f"{'room' if room is None else f'{room} bytes left'}: {told} {state} {parts}\n")
    found += [f"{name}: {one}" for name, one in state.items() if one != AFTER]
    sys.stdout.write(machine.run("verify_history", "--files") + "".join(f"FOUND {one}\n" for one in found))
    return 1 if found else 0


def _fill(ballast: Path, room: int | None) -> None:
    """Leave so many bytes on the disk; None for all of them."""
    ballast.unlink(missing_ok=True)
    if room is None:
        return
    free = os.statvfs(ballast.parent)
    with ballast.open("wb") as file:
        file.write(b"\0" * max(0, free.f_bavail * free.f_frsize - room))


def _try(of: Any, client: Any, folder: Path, machine: Machine) -> dict[str, object]:
    """Upload, register, close, copy, and let the worker work; return what was answered."""
    from django.db import connection

    from tests.faults.town import Deeds

    told: dict[str, object] = {}

    class Browser:
        def post(self, path: str, data: dict[str, Any], *, files: bool = False) -> tuple[int, str, str]:
            answer = client.post(path, data)
            told[f"{path.rstrip('/').rpartition('/')[2][:12]}"] = answer.status_code
            return answer.status_code, answer.headers.get("Location", ""), ""

    deeds = Deeds(of, Browser())  # type: ignore[arg-type]
    for name in Deeds.NAMES:
        deeds.do(name)
    connection.close()
    for words in (["backup", str(folder / "copy.zip")], ["db_worker", "--batch", "--no-startup-delay"]):
        try:
            machine.run(*words)
            told[words[0]] = "done"
        except AssertionError as problem:
            told[words[0]] = str(problem).strip().splitlines()[-1][:120]
    told["copies"] = [path.name for path in folder.glob("copy*")]
    (folder / "copy.zip").unlink(missing_ok=True)
    return told


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
