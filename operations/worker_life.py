"""The background workers' signs of life, in the shared cache, whatever they are doing; and who of them fell silent.

A sign is a number that grows. Who watches notes, by a clock of its own that nobody sets, when a number last changed. So
a clock put forward or back, or machines whose clocks differ, make no living worker look dead and no dead one alive.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.utils import Error

SILENCE = 120
"""Seconds after the last sign of any worker after which pages say that none is alive."""
SIGNS = 12
"""How many signs a worker leaves in the time after which it counts as dead."""
_KEY = "operations.worker_seen"
_KEPT_SECONDS = 24 * 3600
logger = logging.getLogger(__name__)


class Watch:
    """What one process has seen of the workers' signs; `now` is a clock that only goes forward, in seconds."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._seen: dict[str, tuple[int | None, float]] = {}

    def silent(self, workers: Iterable[str]) -> set[str]:
        """Return those of whom no new sign was seen for WORKER_SILENCE_SECONDS: as long as one has to watch them."""
        now, names = self._now(), set(workers)
        signs = cache.get_many([_sign_of(name) for name in names])
        told = {name: signs.get(_sign_of(name)) for name in names}
        kept = {name: self._seen[name] for name in names if self._seen.get(name, (0, 0.0))[0] == told[name]}
        self._seen = {name: kept.get(name, (told[name], now)) for name in names}
        return {name for name, (_, since) in self._seen.items() if now - since >= settings.WORKER_SILENCE_SECONDS}


def leave_sign(worker: str = "", number: int = 0) -> None:
    """Say that a worker is alive now; `number` grows with each sign of this worker."""
    cache.set(_KEY, time.time(), timeout=None)
    if worker:
        cache.set(_sign_of(worker), number, timeout=_KEPT_SECONDS)


def seconds_since_sign() -> float | None:
    """Return how long ago the last sign was left, or None if none is known.

    One that is still to come was left before somebody put the clock back: a living worker soon leaves another.
    """
    seen = cache.get(_KEY)
    return None if seen is None else abs(time.time() - seen)


def is_alive() -> bool:
    """Tell whether a worker left a sign lately."""
    since = seconds_since_sign()
    return since is not None and since < SILENCE


@contextmanager
def signs_of_life(worker: str, look_after: Callable[[], object]) -> Iterator[None]:
    """Leave a sign now, and go on in a thread as long as the block lasts; there also `look_after` the others."""
    leave_sign(worker)
    over = threading.Event()
    thread = threading.Thread(target=_go_on, args=[over, worker, look_after], name="signs of life", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _go_on(over: threading.Event, worker: str, look_after: Callable[[], object]) -> None:
    number = 0
    while not over.wait(settings.WORKER_SILENCE_SECONDS / SIGNS):
        number += 1
        try:
            leave_sign(worker, number)
            look_after()
        except Error:
            logger.warning("The database takes no sign of life now.")
        finally:
            connection.close()


def _sign_of(worker: str) -> str:
    return f"operations.worker.{worker}"
