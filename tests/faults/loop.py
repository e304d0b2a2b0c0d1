"""The rounds: begin, kill, start anew, ask again, compare."""

import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from typing import Any

from django.db import connection

from tests.faults.looking import AFTER, BEFORE, damaged, halves, is_settled, mail, queue, record
from tests.faults.machine import Machine, wait_for
from tests.faults.mailbox import Mailbox
from tests.faults.person import Person
from tests.faults.town import PASSWORD, Deeds, Town, make_town, people

LONGEST = 4.0
"""Seconds within which the blow falls: the deeds take about one, the packages the rest."""
VERIFIED_EVERY = 25
"""Rounds after which the whole history is verified; and at the end."""


class Loop:
    """A run on one machine."""

    def __init__(self, machine: Machine, box: Mailbox, seed: str) -> None:
        self.machine, self.box, self.seed = machine, box, seed
        self.people = people()
        connection.close()
        self.expected: dict[str, Any] = {}
        self.found: Counter[str] = Counter()

    def run(self, numbers: range) -> int:
        """Run a quiet round, then these; return 1 if anything was found."""
        self.machine.start()
        wait_for(self.machine.answers, "the pages")
        self.segretario = Person(self.machine.port).sign_in("segretario", PASSWORD)
        began = time.monotonic()
        self._round(0, "", 0.0)
        for number in numbers:
            draw = random.Random(f"{self.seed}-{number}")
            victim = draw.choice(self._victims())
            moment = draw.uniform(0, LONGEST) if draw.random() < 0.5 else draw.uniform(0, LONGEST / 4)
            self._round(number, victim, moment)
            if number % VERIFIED_EVERY == 0:
                self._verify()
        self._verify()
        self._tell(
            f"{len(numbers)} rounds on {self.machine.vendor}, seed {self.seed}, {time.monotonic() - began:.0f} s"
        )
        for what, count in sorted(self.found.items()):
            self._tell(f"  {count:4d} {what}")
        return 1 if self.found["FOUND"] else 0

    def _victims(self) -> list[str]:
        return ["page process", "pages", "worker 1", "everything"] + ["database"] * (
            self.machine.vendor == "postgresql"
        )

    def _round(self, number: int, victim: str, moment: float) -> None:
        of = make_town(number, self.people)
        deeds, done = Deeds(of, self.segretario), dict.fromkeys(Deeds.NAMES, False)
        connection.close()
        threads = [threading.Thread(target=self._do, args=[deeds, name, done]) for name in Deeds.NAMES]
        for thread in threads:
            thread.start()
        time.sleep(moment)
        if victim:
            self._kill(victim)
        for thread in threads:
            thread.join()
        self._start_anew()
        wrong, left = self._what_is_left(of, done)
        again = [name for name, said in done.items() if not said]
        for name in again:
            deeds.do(name)
        wrong += self._settled(of)
        self._line(number, victim, moment, left, again, wrong)

    def _do(self, deeds: Deeds, name: str, done: dict[str, bool]) -> None:
        done[name] = deeds.do(name)

    def _kill(self, victim: str) -> None:
        if victim == "page process":
            os.kill(self.machine.page_processes()[0], signal.SIGKILL)
        elif victim == "everything":
            for one in self.machine.processes.values():
                os.killpg(one.pid, signal.SIGKILL)
        else:
            self.machine.processes[victim].kill()
        self.found[f"killed: {victim}"] += 1

    def _start_anew(self) -> None:
        for one in self.machine.processes.values():
            one.poll()
        time.sleep(0.2)  # whoever died of the blow is seen to be dead
        self.machine.start()
        wait_for(lambda: self.segretario.get("/comune-0/piano/")[0] in {200, 302}, "the pages")

    def _what_is_left(self, of: Town, done: dict[str, bool]) -> tuple[list[str], dict[str, str]]:
        """Look before anybody asks again; what was said to be done is done."""
        left = halves(of)
        wrong = [f"{name}: {state}" for name, state in left.items() if state not in {BEFORE, AFTER}]
        told = {name: said for name, said in done.items() if name != "fascicolo"}
        wrong += [
            f"{name}: said to be done, and is not" for name, said in told.items() if said and left[name] == BEFORE
        ]
        return wrong, left

    def _settled(self, of: Town) -> list[str]:
        """Wait until nothing is left to do; say what is not as in the quiet round."""
        try:
            wait_for(self._is_settled, "the queue")
        except AssertionError:
            return [f"the queue stands still: {dict(queue())}"]
        wrong = [f"{name}: {state}" for name, state in halves(of).items() if state != AFTER]
        now = record(of)
        self.expected = self.expected or now
        wrong += [
            f"{name}: {now[name]} instead of {value}" for name, value in self.expected.items() if now[name] != value
        ]
        letters, unknown = mail(of, self.box)
        self.found["e-mails of which nobody knows"] += unknown
        wrong += letters + damaged(of)
        if standing := queue()["FAILED"] - self.found["failed tasks"]:
            self.found["failed tasks"] += standing
            wrong.append(f"failed tasks: {standing}")
        return wrong + [f"a stray process: {pid}" for pid in self._strays()]

    def _strays(self) -> list[int]:
        """Processes that stay; a page process takes a moment to see that its gunicorn is dead."""
        end = time.monotonic() + 60
        while (strays := self.machine.strays()) and time.monotonic() < end:
            time.sleep(0.5)
        return strays

    def _is_settled(self) -> bool:
        self.machine.start()  # as systemd does with what ended
        return is_settled()

    def _line(
        self, number: int, victim: str, moment: float, left: dict[str, str], again: list[str], wrong: list[str]
    ) -> None:
        state = "".join({BEFORE: "-", AFTER: "+"}.get(one, "?") for one in left.values())
        well = "; ".join(wrong) or "well"
        self._tell(f"{number:4d}  {victim or 'nobody':12s}  {moment:5.3f} s  {state}  again {len(again)}  {well}")
        self.found["FOUND"] += bool(wrong)
        self.found["rounds in which somebody asked again"] += bool(again)

    def _verify(self) -> None:
        try:
            self.machine.run("history_anchor")
            self._tell(self.machine.run("verify_history", "--files").strip().replace("\n", " "))
        except AssertionError as found:
            self.found["FOUND"] += 1
            self._tell(str(found))

    def _tell(self, words: str) -> None:
        sys.stdout.write(words + "\n")
        sys.stdout.flush()
