"""Whether this server could answer now: database, migrations, store of files; and whether a worker is alive.

A worker that stands still takes no server out of use: pages work, and what they leave for later waits visibly.
"""

import time
import uuid
from collections.abc import Callable
from functools import lru_cache

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.utils import Error

from operations.backup.moment import is_migrated
from operations.worker_life import is_alive

KEPT_SECONDS = 5
"""For so long an answer is remembered: who asks in a loop makes no work."""
NEEDED = {"database", "migrations", "storage"}


def readiness() -> dict[str, bool]:
    """Return each thing and whether it is as it should be, found out at most some seconds ago."""
    return _found_in(int(time.monotonic() // KEPT_SECONDS))


@lru_cache(maxsize=1)
def _found_in(span: int) -> dict[str, bool]:
    return look()


def look() -> dict[str, bool]:
    """Find out."""
    checks = {"database": _database, "migrations": _migrations, "storage": _storage, "worker": is_alive}
    return {name: _holds(check) for name, check in checks.items()}


def is_ready(found: dict[str, bool]) -> bool:
    """Tell whether pages can be answered."""
    return all(found[name] for name in NEEDED)


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (Error, OSError):
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _migrations() -> bool:
    return is_migrated(DEFAULT_DB_ALIAS)


def _storage() -> bool:
    name = default_storage.save(f"salute/{uuid.uuid4().hex}", ContentFile(b"1"))
    default_storage.delete(name)
    return True
