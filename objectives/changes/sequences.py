"""Finds what two sequences have in common, in the same order: the longest such part. Pure.

The table of the longest common subsequence is kept as one whole number per row, a bit per column (H. Hyyrö,
«Bit-parallel LCS-length computation revisited», 2004): its time hardly depends on what the sequences hold, so that a
text of nothing but repeated words takes no longer than any other.
"""

from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

LARGEST_TABLE = 100_000_000
"""Cells (rows × columns) above which the middle of two sequences is not compared any more: twelve megabytes of bits."""


class Block(NamedTuple):
    """A part that both sequences hold: where it begins in either, and how long it is."""

    old: int
    new: int
    length: int


def shared_blocks(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Block]:
    """Return what both sequences hold, in order, as blocks that are as long as they can be.

    What stands between a common beginning and end is taken as wholly different when it is too large to be compared.
    """
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    inner_old, inner_new = old[start : len(old) - end], new[start : len(new) - end]
    inner = _common(inner_old, inner_new) if len(inner_old) * len(inner_new) <= LARGEST_TABLE else []
    middle = [Block(start + here, start + there, 1) for here, there in inner]
    return _joined([Block(0, 0, start), *middle, Block(len(old) - end, len(new) - end, end)])


def _joined(blocks: Iterable[Block]) -> list[Block]:
    """The blocks without empty ones, and those that follow each other in both sequences as one."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if last and (last.old + last.length, last.new + last.length) == (block.old, block.new):
            joined[-1] = Block(last.old, last.new, last.length + block.length)
        elif block.length:
            joined.append(block)
    return joined


def _shared(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    """How many of the first elements are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (here, there) in pairs if here != there), min(len(one), len(other)))


def _common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Walk back through the table: a bit that is 0 tells that the length grows with that column."""
    rows, pairs = _table(old, new), []
    column, row = len(old), len(new)
    while column and row:
        if rows[row] >> (column - 1) & 1:
            column -= 1
        elif not rows[row - 1] >> (column - 1) & 1:
            row -= 1
        else:
            column, row = column - 1, row - 1
            pairs.append((column, row))
    return pairs[::-1]


def _table(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[int]:
    places: dict[Hashable, int] = {}
    for column, item in enumerate(old):
        places[item] = places.get(item, 0) | 1 << column
    whole = (1 << len(old)) - 1
    rows = [whole]
    for item in new:
        row = rows[-1]
        hits = row & places.get(item, 0)
        rows.append((row + hits | row - hits) & whole if hits else row)
    return rows
