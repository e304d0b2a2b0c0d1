"""Kills the program's processes at random moments, round after round, and looks at what is left.

    python -m tests.faults postgresql|sqlite [ROUNDS [SEED [FIRST]]]

A round makes a town, begins an adoption, the closing of a verification, an import and a package, and sends kill -9 to
one process at a moment drawn from the seed and the number of the round. Then everything is started anew, whoever had no
answer asks again, and what is on record is compared with that of a round in which nobody was killed. One line each.
"""

import os
import signal
import sys
import tempfile
from pathlib import Path

from tests.faults.machine import Machine
from tests.faults.mailbox import Mailbox


def main(vendor: str, rounds: str = "20", seed: str = "1", first: str = "1") -> int:
    """Make an installation of its own, run the rounds, print their lines; 1 if anything was found."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was started is stopped
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        box = Mailbox()
        machine = Machine(Path(folder), vendor, box.url)
        os.environ.update(machine.environment)
        if vendor == "postgresql":
            machine.start("database")
        machine.run("migrate", "--verbosity", "0")
        machine.run("createcachetable")
        import django

        django.setup()
        from tests.faults.loop import Loop

        try:
            return Loop(machine, box, seed).run(range(int(first), int(first) + int(rounds)))
        finally:
            machine.stop()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
