"""What differs between two texts, word by word. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from operator import add
from typing import NamedTuple

from objectives.changes.sequences import Block, shared_blocks
from objectives.changes.tokens import units

CLOSING = frozenset(".,;:!?)»”")


class Kind(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text that stayed, went or came. Kept and added pieces make the new text, kept and removed the old."""

    kind: Kind
    text: str

    @property
    def blank(self) -> str:
        """What a reader must be told of a piece that nobody sees: "a capo" or "spazio"; empty for one with words."""
        if self.text.strip():
            return ""
        return "a capo" if "\n" in self.text else "spazio"


Pieces = tuple[Piece, ...]


class _Stretch(NamedTuple):
    """Words that stayed, or words that took the place of others: from which unit to before which, in either text."""

    old: int
    old_end: int
    new: int
    new_end: int
    kept: bool

    @property
    def length(self) -> int:
        return max(self.old_end - self.old, self.new_end - self.new)


class _Text:
    """A text cut into units. A stretch of it is read with the space before its first word, or without."""

    def __init__(self, text: str) -> None:
        found = units(text)
        self.text = text
        self.spaces = [space for space, _ in found]
        self.words = [word for _, word in found]
        self.starts = [0, *accumulate(map(add, map(len, self.spaces), map(len, self.words)))]

    def read(self, start: int, end: int) -> str:
        return self.text[self.starts[start] : self.starts[end]]


def compare_words(old: str, new: str) -> Pieces:
    """Return the pieces of both texts in reading order; where words took the place of others, the old come first."""
    if old == new:
        return (Piece(Kind.KEPT, old),) if old else ()
    before, after = _Text(old), _Text(new)
    stretches = _readable(_settled(_stretches(before.words, after.words), before.words, after.words))
    return tuple(_pieces(step for stretch in stretches for step in _steps(stretch, before, after)))


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[_Stretch]:
    """The two texts as stretches that stayed and stretches that changed, by turns; space doesn't count here."""
    here = there = 0
    for block in (*shared_blocks(old, new), Block(len(old), len(new), 0)):
        if block.old > here or block.new > there:
            yield _Stretch(here, block.old, there, block.new, kept=False)
        here, there = block.old + block.length, block.new + block.length
        if block.length:
            yield _Stretch(block.old, here, block.new, there, kept=True)


def _settled(stretches: Iterable[_Stretch], old: Sequence[str], new: Sequence[str]) -> Iterable[_Stretch]:
    """The same, but what was only put in or taken out does not begin with the sign that closes what stands before.

    "Fine." and "Fine. Altro." differ by " Altro." and not by ". Altro", though both would do.
    """
    settled: list[_Stretch] = []
    for stretch in stretches:
        settled.append(stretch)
        if len(settled) > 2 and stretch.kept and _begin_alike(settled[-2], stretch, old, new):
            before, change = settled[-3:-1]
            settled[-3:] = [
                _Stretch(before.old, change.old + 1, before.new, change.new + 1, kept=True),
                _Stretch(change.old + 1, stretch.old + 1, change.new + 1, stretch.new + 1, kept=False),
                _Stretch(stretch.old + 1, stretch.old_end, stretch.new + 1, stretch.new_end, kept=True),
            ]
    return [stretch for stretch in settled if stretch.length]


def _begin_alike(change: _Stretch, after: _Stretch, old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether an insertion or a removal begins with the closing sign that follows it too."""
    if change.old < change.old_end and change.new < change.new_end:
        return False
    first = new[change.new] if change.new < change.new_end else old[change.old]
    return first in CLOSING and first == new[after.new]


def _readable(stretches: Iterable[_Stretch]) -> list[_Stretch]:
    """Join changes that only a few stray words keep apart: that two texts have "di" in common says nothing."""
    joined: list[_Stretch] = []
    for stretch in stretches:
        joined.append(stretch)
        if len(joined) > 2 and not stretch.kept and _is_stray(*joined[-3:]):
            before, _, after = joined[-3:]
            joined[-3:] = [_Stretch(before.old, after.old_end, before.new, after.new_end, kept=False)]
    return joined


def _is_stray(before: _Stretch, island: _Stretch, after: _Stretch) -> bool:
    if island.length >= min(before.length, after.length):
        return False
    removes = before.old_end > before.old or after.old_end > after.old
    return removes and (before.new_end > before.new or after.new_end > after.new)


def _steps(stretch: _Stretch, before: _Text, after: _Text) -> Iterator[tuple[bool, str, str]]:
    """A stretch as (kept, old text, new text); a space that differs before a kept word is a change."""
    old, new = before.read(stretch.old, stretch.old_end), after.read(stretch.new, stretch.new_end)
    if not stretch.kept:
        space = _shared_space(stretch, before, after)
        yield True, space, space
        yield False, old[len(space) :], new[len(space) :]
        return
    if old == new:
        yield True, old, new
        return
    for one, other in zip(range(stretch.old, stretch.old_end), range(stretch.new, stretch.new_end), strict=True):
        if before.spaces[one] != after.spaces[other]:
            yield False, before.spaces[one], after.spaces[other]
            yield True, before.words[one], after.words[other]
        else:
            yield True, before.read(one, one + 1), after.read(other, other + 1)


def _shared_space(stretch: _Stretch, before: _Text, after: _Text) -> str:
    """The space that begins a stretch in both texts: it stayed."""
    replaced = stretch.old < stretch.old_end and stretch.new < stretch.new_end
    same = replaced and before.spaces[stretch.old] == after.spaces[stretch.new]
    return before.spaces[stretch.old] if same else ""


def _pieces(steps: Iterable[tuple[bool, str, str]]) -> Iterator[Piece]:
    """The steps as pieces, those of a kind that follow each other as one."""
    stayed = went = came = ""
    for kept, old, new in steps:
        if kept and new and (went or came):
            yield from _replaced(went, came)
            went = came = ""
        if not kept and stayed and (old or new):
            yield Piece(Kind.KEPT, stayed)
            stayed = ""
        if kept:
            stayed += new
        else:
            went, came = went + old, came + new
    yield from _replaced(went, came)
    if stayed:
        yield Piece(Kind.KEPT, stayed)


def _replaced(went: str, came: str) -> Iterator[Piece]:
    if went:
        yield Piece(Kind.REMOVED, went)
    if came:
        yield Piece(Kind.ADDED, came)
