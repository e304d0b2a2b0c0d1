"""Finds what two sequences have in common, in the same order: the longest such part. Pure.

The table of the longest common subsequence is kept as one whole number per row, a bit per column (H. Hyyrö,
«Bit-parallel LCS-length computation revisited», 2004): its time hardly depends on what the sequences hold, so that a
text of nothing but repeated words takes no longer than any other.
"""

from collections.abc import Hashable, Sequence
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
    middle = [Block(start + block.old, start + block.new, block.length) for block in inner]
    blocks = [Block(0, 0, start), *middle, Block(len(old) - end, len(new) - end, end)]
    return [block for block in blocks if block.length]


def _shared(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    """How many of the first elements are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (here, there) in pairs if here != there), min(len(one), len(other)))


def _common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Block]:
    """Walk back through the table: a bit that is 0 tells that the length grows with that column."""
    rows, blocks = _table(old, new), []
    column, row, length = len(old), len(new), 0
    while column and row:
        grows = not rows[row] >> (column - 1) & 1
        if grows and rows[row - 1] >> (column - 1) & 1:
            column, row, length = column - 1, row - 1, length + 1
            continue
        if length:
            blocks.append(Block(column, row, length))
            length = 0
        column, row = (column, row - 1) if grows else (column - 1, row)
    if length:
        blocks.append(Block(column, row, length))
    return blocks[::-1]


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
