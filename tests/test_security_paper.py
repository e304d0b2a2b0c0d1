"""docs/security.md names tests that there are."""

import re
from pathlib import Path

BASE = Path(__file__).parent.parent
PAPER = (BASE / "docs" / "security.md").read_text(encoding="utf-8")


def test_every_test_that_is_named_is_there():
    named = set(re.findall(r"`(tests/[\w/.]+)`", PAPER))
    assert len(named) > 15
    assert [path for path in sorted(named) if not (BASE / path).exists()] == []


def test_every_chapter_of_the_standard_is_gone_through():
    assert re.findall(r"^## V(\d+) ", PAPER, re.MULTILINE) == [str(number) for number in range(1, 15)]
