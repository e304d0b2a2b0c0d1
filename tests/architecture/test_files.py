"""Files that serve anybody: no machine's paths, no package index, every setting explained, every package locked."""

import ast
import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from tests.architecture.sources import BASE_DIR, project_files, tree

PATH_OF_A_MACHINE = re.compile(r"(?<![\w.])/(?:home|Users)/\w+|(?<![\w.])/root(?=/)")
PACKAGE_INDEX = re.compile(r"(?<!\w)--(?:extra-)?index-url|https?://[^\s\"']*/simple\b")
PINNED = re.compile(r"^([a-z0-9._-]+(?:\[[a-z,]+\])?)==([^\s;\\]+)", re.MULTILINE)
PYPROJECT = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-s3.txt")


def texts() -> dict[Path, str]:
    """The project's files that are text."""
    contents = ((path, path.read_bytes()) for path in project_files())
    return {path: content.decode("utf-8", "replace") for path, content in contents if b"\0" not in content}


def found(pattern: re.Pattern[str]) -> list[str]:
    """Each place where the pattern stands, as "file: what"."""
    hits = ((path.relative_to(BASE_DIR), hit) for path, text in texts().items() for hit in pattern.findall(text))
    return [f"{name}: {hit}" for name, hit in hits]


def pinned(lock: str) -> dict[str, str]:
    return dict(PINNED.findall((BASE_DIR / lock).read_text(encoding="utf-8")))


def test_no_file_names_the_folder_of_a_machine():
    here = re.compile(rf"(?<![\w./-]){re.escape(str(BASE_DIR))}(?![\w-])")
    assert found(PATH_OF_A_MACHINE) + found(here) == []


def test_no_file_names_a_package_index():
    assert found(PACKAGE_INDEX) == []
    assert [path.name for path in project_files() if path.suffix == ".lock"] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash(lock):
    text = (BASE_DIR / lock).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_tests_run_on_the_very_packages_that_are_installed_for_use():
    tested = pinned("requirements-dev.txt")
    assert {name: tested.get(name) for name in pinned("requirements.txt")} == pinned("requirements.txt")


def test_object_storage_adds_packages_and_changes_but_one():
    """boto3 does not take the python-dateutil of the others (ADR 0040)."""
    added, locked = pinned("requirements-s3.txt"), pinned("requirements.txt")
    assert {name for name, version in locked.items() if added.get(name) != version} <= {"python-dateutil"}
    assert {"django-storages", "boto3"} <= added.keys() - locked.keys()


def test_every_package_asked_for_is_locked():
    asked = PYPROJECT["project"]["dependencies"] + PYPROJECT["project"]["optional-dependencies"]["dev"]
    names = {re.split(r"[~<>=\[]", requirement)[0] for requirement in asked}
    assert names - {name.split("[")[0] for name in pinned("requirements-dev.txt")} == set()


def test_every_package_asked_for_is_explained():
    lines = (BASE_DIR / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    asked = re.compile(r'^    "[a-z0-9-]+(\[[a-z]+\])?[~<>=]=')
    unexplained = [line for above, line in pairwise(lines) if asked.match(line) and "#" not in above]
    assert unexplained == []


def test_every_setting_of_the_environment_is_explained():
    settings = tree(BASE_DIR / "caluso_perf" / "settings.py")
    read = {
        node.args[0].value
        for node in ast.walk(settings)
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("env.") and node.args
    }
    example = (BASE_DIR / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^#? ?([A-Z0-9_]+)=", example, re.MULTILINE)) == read
