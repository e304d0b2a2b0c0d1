"""Two servers and four workers on one PostgreSQL: everything is asked of both servers at once, and done once.

    python -m tests.faults.crowd [TOWNS]

In each town the Segretario registers an act, closes a verification and imports an act, each sent to both servers in the
same moment; the workers send the e-mails and prepare the packages that follow.
"""

import os
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.machine import BASE_DIR, Machine, wait_for
from tests.faults.mailbox import Mailbox

if TYPE_CHECKING:
    from tests.faults.town import Town


def main(towns: str = "20") -> int:
    """Make the installation and the towns, have everything done, look; 1 if anything was found."""
    with tempfile.TemporaryDirectory(prefix="crowd-") as folder:
        box = Mailbox()
        first = Machine(Path(folder), "postgresql", box.url, workers=4, WORKER_SILENCE_SECONDS="60")
        second = first.beside(BASE_DIR)
        os.environ.update(first.environment)
        first.start("database")
        first.run("migrate", "--verbosity", "0")
        first.run("createcachetable")
        import django

        django.setup()
        try:
            return crowd(first, second, box, int(towns))
        finally:
            second.stop("pages")
            first.stop()


def crowd(first: Machine, second: Machine, box: Mailbox, count: int) -> int:
    """Ask for everything at once; return 1 if anything is not as if it had been done once."""
    from django.db import connection

    from tests.faults.looking import is_settled
    from tests.faults.person import Person
    from tests.faults.town import PASSWORD, Deeds, make_town, people

    by = people()
    towns = [make_town(number, by) for number in range(count)]
    deeds = []
    first.start()
    second.start("pages")
    for machine in (first, second):
        wait_for(machine.answers, "the pages")
        person = Person(machine.port).sign_in("segretario", PASSWORD)
        deeds.append([Deeds(town, person) for town in towns])
    connection.close()
    began = time.monotonic()
    with ThreadPoolExecutor(12) as pool:
        asked = [pool.submit(one.do, name) for pair in zip(*deeds, strict=True) for name in Deeds.NAMES for one in pair]
    answers = Counter(one.result() for one in asked)
    wait_for(is_settled, "the queue", 600)
    seconds = time.monotonic() - began
    wrong, told = found(towns, box)
    first.run("history_anchor")
    verified = first.run("verify_history", "--files").strip().splitlines()[-1]
    sys.stdout.write(
        f"{count} towns, {seconds:.0f} s: {len(asked)} requests, of which {answers[True]} said to be done; {told} "
        f"{verified}\n" + "".join(f"FOUND {one}\n" for one in wrong)
    )
    return 1 if wrong else 0


def found(towns: list["Town"], box: Mailbox) -> tuple[list[str], str]:
    """Say what is not as if everything had been done once; and how much there was to do."""
    from django.db import connection
    from django_tasks_db.models import DBTaskResult

    from tests.faults.looking import AFTER, damaged, halves, mail, record

    wrong = [f"{one.entity.slug}: {halves(one)}" for one in towns if set(halves(one).values()) != {AFTER}]
    wrong += [f"{one.entity.slug}: {record(one)}" for one in towns if record(one) != record(towns[0])]
    wrong += [told for one in towns for told in (*mail(one, box)[0], *damaged(one))]
    tasks = list(DBTaskResult.objects.all())
    wrong += [f"begun {len(one.worker_ids)} times: {one.task_path}" for one in tasks if len(one.worker_ids) != 1]
    workers = Counter(one.worker_ids[-1] for one in tasks)
    connection.close()
    letters = f"{sum(box.kept.values())} e-mails, of which {len(box.kept)} different"
    return wrong, f"{letters}; {len(tasks)} tasks, by worker {sorted(workers.values())}."


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
