"""The version of the program."""

import tomllib
from functools import cache

from django.conf import settings


@cache
def version() -> str:
    """Return the version that pyproject.toml states."""
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])
