"""What the tests of the architecture read: the project's files, and the imports and functions in them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]
ROOMS = (
    "organisation",
    "documents",
    "deliberations",
    "objectives",
    "evaluations",
    "publication",
    "guide",
    "operations",
    "caluso_perf",
)


@cache
def project_files() -> list[Path]:
    """Every file that belongs to the project: in the repository, or on its way there."""
    listing = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=BASE_DIR,
        capture_output=True,
        check=True,
        text=True,
    )
    return [BASE_DIR / name for name in sorted(set(listing.stdout.split("\0"))) if (BASE_DIR / name).is_file()]


def modules() -> list[Path]:
    """The Python sources, migrations apart: those are written by Django."""
    return [path for path in project_files() if path.suffix == ".py" and "migrations" not in path.parts]


def room_modules() -> list[Path]:
    """The Python sources of the rooms."""
    return [path for path in modules() if path.relative_to(BASE_DIR).parts[0] in ROOMS]


@cache
def tree(path: Path) -> ast.Module:
    """The parsed source."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def dotted(path: Path) -> str:
    """The name under which a source is imported: objectives/importing/__init__.py is objectives.importing."""
    parts = path.relative_to(BASE_DIR).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """What a source imports, wherever in it the import stands, as (dotted name, line).

    `from a.b import c` counts as a.b.c: c may be a module, or a name in a.b.
    """
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def named(path: Path, line: int) -> str:
    """A place in the sources, as an editor opens it."""
    return f"{path.relative_to(BASE_DIR)}:{line}"
