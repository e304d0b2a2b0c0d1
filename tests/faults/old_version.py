"""Tries an upgrade in which the old version goes on serving, and the way back.

    python -m tests.faults.old_version COMMIT [postgresql|sqlite]

The program of that commit makes the demonstration's database and serves it; this one migrates it forward meanwhile, and
back. At each stage people read and write through the pages of the version that serves. Any answer that is not what an
office expects ends the trial with an error.
"""

import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from lxml import html

from tests.architecture.sources import BASE_DIR, ROOMS
from tests.faults.machine import Machine, wait_for
from tests.faults.mailbox import Mailbox
from tests.faults.person import Person

PASSWORD = "prova-caluso-perf"
READ = (
    "",
    "piano/",
    "atti/",
    "bozze/",
    "proposte/",
    "verifiche/",
    "validazioni/",
    "settori/",
    "scadenze/",
    "relazione/",
)
WELL = {200, 302}


class Office:
    """The people of the demonstration before the pages of one version."""

    def __init__(self, port: int) -> None:
        names = ("ufficio", "responsabile", "amministratore")
        self.people = {name: Person(port).sign_in(f"{name}.esempio", PASSWORD) for name in names}
        self.port = port

    def moved_to(self, port: int) -> "Office":
        """The same people, with the sessions they have, before the pages of another version."""
        other = Office.__new__(Office)
        other.people, other.port = {}, port
        for name, person in self.people.items():
            other.people[name] = Person(port)
            other.people[name].cookies = dict(person.cookies)
        return other

    def read(self) -> Counter[int]:
        """Open the pages; return how many answers of each status came."""
        return Counter(self.people["ufficio"].get(f"/esempio/{path}")[0] for path in READ)

    def write(self) -> None:
        """Change a setting of the entity; draft a change, talk about it, withdraw it."""
        entity = self._entity()
        self._send("amministratore", entity, accessibility_contact=f"accesso{time.time_ns()}@esempio.invalid")
        draft = self._begin()
        self._send(
            "ufficio", f"{draft}modifica/", title="Cambiato", motive="SLITTAMENTO", motive_text="Tarda.", azione="salva"
        )
        self._send("ufficio", f"{draft}commenti/", commento="Si può mandare.")
        self._send("ufficio", f"{draft}ritira/", nota="Non serve più.")

    def _begin(self) -> str:
        """Begin the change of a sheet that nobody changes yet; return the address of the draft."""
        ufficio = self.people["ufficio"]
        _, plan, _ = ufficio.get("/esempio/piano/")
        for sheet in dict.fromkeys(re.findall(r'"(/esempio/schede/\d+/)"', ufficio.get(plan)[2])):
            status, draft, _ = ufficio.post(f"{sheet}proponi-modifica/", {})
            if status == 302 and draft.endswith("/modifica/"):
                return draft.removesuffix("modifica/")
        raise AssertionError("No sheet could be changed.")

    def _entity(self) -> str:
        listed = self.people["amministratore"].get("/gestione/organisation/entity/")[2]
        found = re.search(r'"(/gestione/organisation/entity/\d+/change/)', listed)
        if not found:
            raise AssertionError("The management pages list no entity.")
        return found[1]

    def _send(self, who: str, path: str, **typed: str) -> None:
        """Fill the form of a page and send it. Raises AssertionError where it is not taken."""
        person = self.people[who]
        status, _, page = person.get(path)
        if status != 200:
            raise AssertionError(f"{who} {path}: {status}")
        forms = [
            form for form in html.fromstring(page).forms if form.method == "POST" and "logout" not in str(form.action)
        ]
        form = max(forms, key=lambda one: (len(typed.keys() & set(one.fields.keys())), len(one.fields)))
        sent: dict[str, Any] = {}
        for name, value in form.form_values():
            sent.setdefault(name, []).append(value)
        status, _, page = person.post(path, {**sent, **typed})
        if status != 302:
            said = " ".join(html.fromstring(page).text_content().split()) if page else "nothing"
            raise AssertionError(f"{who} {path}: {status}: {said[:600]}")


class Reader(threading.Thread):
    """Opens pages all the time, and counts how they were answered."""

    def __init__(self, office: Office) -> None:
        super().__init__(daemon=True)
        self.office, self.counts, self.over = office, Counter[int](), threading.Event()

    def run(self) -> None:
        """Read until told to stop."""
        while not self.over.is_set():
            self.counts += self.office.read()

    def end(self) -> Counter[int]:
        """Stop, and return the counts."""
        self.over.set()
        self.join()
        return self.counts


def main(commit: str, vendor: str = "postgresql") -> None:
    """Go through the stages."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was started is stopped
    with tempfile.TemporaryDirectory(prefix="old-version-") as name:
        folder = Path(name)
        subprocess.run(
            ["git", "worktree", "add", "--quiet", "--detach", folder / "old", commit], cwd=BASE_DIR, check=True
        )
        new = Machine(folder, vendor, Mailbox().url)
        old = new.beside(folder / "old")
        try:
            if vendor == "postgresql":
                new.start("database")
            stages(new, old)
        finally:
            old.stop()
            new.stop()
            subprocess.run(["git", "worktree", "remove", "--force", folder / "old"], cwd=BASE_DIR, check=True)


def stages(new: Machine, old: Machine) -> None:
    """The old version alone; migrated forward under it; both at once; migrated back under it; the new one alone."""
    for words in ("migrate", "createcachetable", "load_demo"):
        old.run(words)
    old.start()
    wait_for(old.answers, "the old version's pages")
    office = Office(old.port)
    _use("the old version alone", office)

    reader = Reader(office)
    reader.start()
    new.run("migrate", "--verbosity", "0")
    _tell("answers of the old version while the new one migrated", reader.end())
    _use("the old version, migrated forward", office)

    new.start("pages")
    wait_for(new.answers, "the new version's pages")
    _use("the new version beside it, with the same sign-ins", office.moved_to(new.port))
    _use("the old version, after the new one wrote", office)
    new.stop("pages")

    reader = Reader(office)
    reader.start()
    for app, last in leaves(old.program).items():
        new.run("migrate", app, last, "--verbosity", "0")
    _tell("answers of the old version while it was migrated back", reader.end())
    _use("the old version, migrated back", office)

    old.stop()
    new.run("migrate", "--verbosity", "0")
    sys.stdout.write(new.run("verify_history", "--begin"))
    new.start()
    wait_for(new.answers, "the new version's pages")
    _use("the new version alone", office.moved_to(new.port))
    sys.stdout.write(new.run("verify_history"))


def leaves(program: Path) -> dict[str, str]:
    """The last migration of each app of ours in that version."""
    names = {app: sorted(path.stem for path in (program / app / "migrations").glob("0*.py")) for app in ROOMS}
    return {app: found[-1] for app, found in names.items() if found}


def _use(stage: str, office: Office) -> None:
    counts = office.read()
    office.write()
    _tell(stage, counts)


def _tell(stage: str, counts: Counter[int]) -> None:
    sys.stdout.write(f"{stage}: {dict(counts)}\n")
    sys.stdout.flush()
    if set(counts) - WELL:
        raise AssertionError(f"{stage}: answers that no office expects.")


if __name__ == "__main__":
    main(*sys.argv[1:])
