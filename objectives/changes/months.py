"""What differs between the months of a phase in two versions: months that came, went and stayed. Pure."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from deliberations.calendar import MONTHS
from objectives.changes.words import Kind, Piece, Pieces


def compare_months(old: Iterable[str], new: Iterable[str]) -> Pieces:
    """Return the months of both ("2022-10") in the order of time, those of one fate that follow each other as one."""
    before, after = set(old), set(new)
    fates = [(_fate(month, before, after), month) for month in sorted(before | after)]
    stretches = groupby(enumerate(fates), key=lambda item: (item[1][0], _ordinal(item[1][1]) - item[0]))
    return tuple(Piece(kind, stretch([month for _, (_, month) in group])) for (kind, _), group in stretches)


def stretch(months: Sequence[str]) -> str:
    """Months that follow each other, in words: "marzo 2023", "gennaio–giugno 2022", "novembre 2022–febbraio 2023"."""
    (first_year, first), (last_year, last) = months[0].split("-"), months[-1].split("-")
    if len(months) == 1:
        return f"{_name(first)} {first_year}"
    beginning = _name(first) if first_year == last_year else f"{_name(first)} {first_year}"
    return f"{beginning}–{_name(last)} {last_year}"


def _fate(month: str, before: set[str], after: set[str]) -> Kind:
    if month in before and month in after:
        return Kind.KEPT
    return Kind.ADDED if month in after else Kind.REMOVED


def _ordinal(month: str) -> int:
    year, number = month.split("-")
    return int(year) * 12 + int(number)


def _name(number: str) -> str:
    return MONTHS[int(number) - 1]
