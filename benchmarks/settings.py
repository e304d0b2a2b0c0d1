"""The program's own settings, on a throwaway database and folder, with what the measurements compare against.

`__main__` sets DATA_DIR, DATABASE_URL and DEMO before this is read.
"""

from pathlib import Path

from caluso_perf.settings import *  # noqa: F403
from caluso_perf.settings import ALLOWED_HOSTS, DATABASES, RATES_PER_MINUTE

ROOT_URLCONF = "benchmarks.urls"
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]

RATES_PER_MINUTE = dict.fromkeys(RATES_PER_MINUTE, 0)  # one person asks thousands of times here


def _beside(name: str) -> dict[str, object]:
    """A further database of the same kind, with the same tables."""
    own = str(DATABASES["default"]["NAME"])
    path = Path(own)
    return {**DATABASES["default"], "NAME": str(path.with_name(f"{name}.sqlite3")) if path.suffix else f"{own}_{name}"}


DATABASES = {**DATABASES, "history": _beside("history"), "large": _beside("large")}
