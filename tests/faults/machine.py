"""The program as it runs in a town hall, in processes that can be killed: database, pages, background workers.

Everything lies in one folder and listens on loopback. PostgreSQL runs with the durability of a real one (fsync on).
"""

import copy
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.architecture.sources import BASE_DIR

BIN = Path(sys.executable).parent
SILENCE = 2
"""Seconds after which a worker counts as dead, so that a round takes seconds."""
PATIENCE = 240


class Machine:
    """Processes, by name: "database", "pages", "worker 1"…; all in `folder`, of the program that lies in `program`."""

    program = BASE_DIR

    def __init__(self, folder: Path, vendor: str, mail: str, *, workers: int = 1, **settings: str) -> None:
        self.folder, self.vendor, self.port = folder, vendor, free_port()
        (folder / "data").mkdir()
        self.names = ["pages", *(f"worker {number}" for number in range(1, workers + 1))]
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        address = f"sqlite:///{folder / 'town.sqlite3'}"
        if vendor == "postgresql":
            self.names.insert(0, "database")
            self.cluster = Cluster(folder / "cluster", folder / "database.log")
            address = self.cluster.url
        limits = {f"RATE_{name}": "0" for name in ("SEARCH", "JUMP", "IMPORT", "CHECK", "API", "PUBLIC_PDF")}
        self.environment = os.environ | limits | {
            "DEMO": "1", "DATA_DIR": str(folder / "data"), "DATABASE_URL": address, "EMAIL_URL": mail,
            "WORKER_SILENCE_SECONDS": str(SILENCE), "DJANGO_SETTINGS_MODULE": "caluso_perf.settings", **settings,
        }  # fmt: skip

    def start(self, *names: str) -> None:
        """Start what does not run of these, or of everything."""
        for name in names or self.names:
            if name not in self.processes or self.processes[name].poll() is not None:
                if name == "database":
                    self.processes[name] = self.cluster.start()
                else:
                    self.processes[name] = self._program(name)

    def _program(self, name: str) -> subprocess.Popen[bytes]:
        if name == "pages":
            words = [BIN / "gunicorn", "caluso_perf.wsgi", "--bind", f"127.0.0.1:{self.port}", "--preload"]
            words += ["--workers", "2", "--threads", "4", "--log-level", "critical", "--timeout", "60"]
        else:
            words = [sys.executable, "manage.py", "db_worker", "--queue-name", "*", "--interval", "0.2"]
            words += ["--no-startup-delay", "--verbosity", "0"]
        with (self.folder / f"{name.partition(' ')[0]}.log").open("ab") as log:
            return subprocess.Popen(
                words, cwd=self.program, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def run(self, *words: str) -> str:
        """Run a command of the program to its end, and return what it says. Raises CalledProcessError."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words], cwd=self.program, env=self.environment, capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise AssertionError(f"{words[0]}: {done.stdout}{done.stderr}")
        return done.stdout

    def beside(self, program: Path) -> "Machine":
        """Return the same installation as another version of the program serves it, on a port of its own."""
        other = copy.copy(self)
        other.program, other.port, other.processes = program, free_port(), {}
        other.names = [name for name in self.names if name != "database"]
        return other

    def answers(self) -> bool:
        """Whether somebody listens where the pages are."""
        with socket.socket() as tried:
            tried.settimeout(1)
            return tried.connect_ex(("127.0.0.1", self.port)) == 0

    def page_processes(self) -> list[int]:
        """The processes that answer, without the one that keeps them."""
        master = self.processes["pages"].pid
        return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]

    def stop(self, *names: str) -> None:
        """Ask these, or all, to end, and wait for it."""
        for name in reversed(names or self.names):
            if name in self.processes:
                stopped = self.processes.pop(name)
                stopped.send_signal(signal.SIGINT if name == "database" else signal.SIGTERM)
                stopped.wait(PATIENCE)

    def strays(self) -> list[int]:
        """Processes of this installation that nobody keeps any more."""
        mark, kept = f"DATA_DIR={self.folder / 'data'}".encode(), {one.pid for one in self.processes.values()}
        found = []
        for environ in Path("/proc").glob("[0-9]*/environ"):
            pid = int(environ.parent.name)
            try:
                ours = mark in environ.read_bytes().split(b"\0")
                session = os.getsid(pid)
            except (OSError, ProcessLookupError):
                continue
            if ours and pid != os.getpid() and session not in kept and session != os.getsid(0):
                found.append(pid)
        return found


class Cluster:
    """A PostgreSQL cluster of its own, which root hands to the user postgres, as the server demands."""

    def __init__(self, folder: Path, log: Path) -> None:
        self.folder, self.log, self.port = folder, log, free_port()
        self.bin = Path(
            subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True).stdout.strip()
        )
        self.as_user: list[str] = []
        folder.mkdir()
        if os.getuid() == 0:
            folder.parent.chmod(0o711)
            shutil.chown(folder, "postgres", "postgres")
            pwd.getpwnam("postgres")
            self.as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        words = [self.bin / "initdb", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--username=town", folder]
        subprocess.run([*self.as_user, *words], check=True, capture_output=True, cwd="/")

    @property
    def url(self) -> str:
        """What DATABASE_URL says of it."""
        return f"postgresql://town@127.0.0.1:{self.port}/postgres"

    def start(self) -> subprocess.Popen[bytes]:
        """Start it; when it was killed, as soon as the processes that it left behind are gone."""

        def started() -> bool:
            with self.log.open("ab") as log:
                self.server = subprocess.Popen(
                    [*self.as_user, self.bin / "postgres", "-D", self.folder, "-k", self.folder, "-h", "127.0.0.1",
                     "-p", str(self.port)], stdout=log, stderr=log, start_new_session=True, cwd="/",
                )  # fmt: skip
            wait_for(lambda: self.server.poll() is not None or self.is_ready(), "the database")
            return self.server.poll() is None

        wait_for(started, "the database")
        return self.server

    def is_ready(self) -> bool:
        """Whether it takes connections."""
        words = [self.bin / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port), "-d", "postgres"]
        return subprocess.run(words, check=False).returncode == 0


def wait_for(done: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    """Wait until it is so; raise AssertionError when that takes too long."""
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            raise AssertionError(f"Waited {seconds} s for {what}.")
        time.sleep(0.1)


def free_port() -> int:
    """A port of loopback on which nobody listens."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])
