"""Finds what is probably mistyped: told with its place, never corrected. Linear in the length of the act."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

_LOOSE = re.compile(r"\S*\s[,;:.](?=\s|$)")
_ALIKE = 0.75  # of the letters of two words
_SHORTEST = 5  # letters; shorter words differ for good reasons


def unlike_titles(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Titles that differ from another in one similar word: SPORTELLINO beside SPORTELLO. The rarer one is told."""
    paths: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for index, sheet in enumerate(data["sheets"]):
        paths[tuple(sheet["title"].split())].append(f"sheets.{index}.title")
    told = set()
    for rare, common in _near(paths):
        if rare not in told:
            told.add(rare)
            for path in paths[rare]:
                message = (
                    f"«{_differing(rare, common)}» nel titolo: altrove è «{_differing(common, rare)}»; forse un refuso."
                )
                yield path, message


def _near(paths: dict[tuple[str, ...], list[str]]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Pairs of titles that are equal but for one similar word, the rarer first."""
    groups: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for title in paths:
        for position in range(len(title)):
            groups[(str(position), *title[:position], "", *title[position + 1 :])].append(title)
    for group in groups.values():
        ordered = sorted(group, key=lambda title: len(paths[title]))
        for rare, common in itertools.pairwise(ordered):
            if _alike(_differing(rare, common), _differing(common, rare)):
                yield rare, common


def _differing(title: tuple[str, ...], other: tuple[str, ...]) -> str:
    return next((word for word, beside in zip(title, other, strict=True) if word != beside), "")


def _alike(word: str, other: str) -> bool:
    if min(len(word), len(other)) < _SHORTEST or not (word.isalpha() and other.isalpha()):
        return False
    return SequenceMatcher(None, word.casefold(), other.casefold()).ratio() >= _ALIKE


def loose_marks(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """A space before a comma or a full stop."""
    for path, text in _texts(data):
        for match in _LOOSE.finditer(text[:20_000]):
            yield path, f"Spazio prima del segno in «{match[0][-40:]}»: forse un refuso."


def _texts(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for index, sheet in enumerate(data["sheets"]):
        path = f"sheets.{index}"
        yield f"{path}.title", sheet["title"]
        yield f"{path}.description", sheet["description"]
        for key in ("phases", "indicators"):
            yield from ((f"{path}.{key}.{row}", item["text"]) for row, item in enumerate(sheet[key]))
