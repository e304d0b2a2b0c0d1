"""docs/operations.md says what the program is: its settings, its addresses, its units."""

import ast
import re

from tests.architecture.sources import BASE_DIR, tree

PAGE = (BASE_DIR / "docs" / "operations.md").read_text(encoding="utf-8")


def part(title):
    """The text under a title."""
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_it_explains_every_setting_and_no_other():
    read = {
        node.args[0].value
        for node in ast.walk(tree(BASE_DIR / "caluso_perf" / "settings.py"))
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("env.") and node.args
    }
    rows = [line.split("|")[1] for line in part("Settings").splitlines() if line.startswith("| `")]
    assert {name for row in rows for name in re.findall(r"`([A-Z0-9_]+)`", row)} == read


def test_it_names_every_unit_that_is_enabled():
    units = (path.name for path in (BASE_DIR / "deploy" / "systemd").iterdir() if "[Install]" in path.read_text())
    named = set(re.findall(r"caluso-perf-[a-z]+(?:\.timer)?", part("One machine")))
    assert {unit.removesuffix(".service") for unit in units} <= named


def test_links_lead_somewhere():
    links = re.findall(r"\]\(([^)#]+)\)", PAGE)
    assert [link for link in links if not (BASE_DIR / "docs" / link).exists()] == []
