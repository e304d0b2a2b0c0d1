"""The background worker's signs of life: it leaves one in the shared cache twice a minute, whatever it is doing."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.db import DatabaseError, connection

EVERY = 30
"""Seconds between two signs."""
SILENCE = 4 * EVERY
"""Seconds after which a worker counts as stopped."""
_KEY = "operations.worker_seen"
logger = logging.getLogger(__name__)


def leave_sign() -> None:
    """Say that a worker is alive now."""
    cache.set(_KEY, time.time(), timeout=None)


def seconds_since_sign() -> float | None:
    """Return how long ago the last sign was left, or None if none is known."""
    seen = cache.get(_KEY)
    return None if seen is None else max(0.0, time.time() - seen)


def is_alive() -> bool:
    """Tell whether a worker left a sign lately."""
    since = seconds_since_sign()
    return since is not None and since < SILENCE


@contextmanager
def signs_of_life() -> Iterator[None]:
    """Leave a sign now, and go on in a thread as long as the block lasts."""
    leave_sign()
    over = threading.Event()
    thread = threading.Thread(target=_go_on, args=[over], name="signs of life", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _go_on(over: threading.Event) -> None:
    while not over.wait(EVERY):
        try:
            leave_sign()
        except DatabaseError:
            logger.warning("The database takes no sign of life now.")
        finally:
            connection.close()
