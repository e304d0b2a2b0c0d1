"""The rows of a sheet's form, read by what they mean: a column is known by its header, a slot by its number."""

import re
from collections.abc import Mapping

from objectives.choices import SLOTS
from objectives.italian_dates import month_number
from organisation.folding import fold

_SLOT = re.compile(r"(?:fase )?(\d{1,2}) ?[.)°:]?")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_INITIALS = ["g", "f", "m", "a", "m", "g", "l", "a", "s", "o", "n", "d"]
_NO_MARK = {"", "-", "–", "—", "_", "."}

SECTOR_COLUMNS = {"settore": "sector", "responsabile": "manager", "collegamento": "dup_link"}
INDICATOR_COLUMNS = {"atteso": "expected", "raggiunto": "achieved", "scost": "deviation"}
STAFF_COLUMNS = {
    "cat": "category",
    "cognome": "name",
    "nominativo": "name",
    "nome": "name",
    "%": "share",
    "partecip": "share",
}

REVIEW_LABELS = {
    "date": re.compile(r"verifica (?:intermedia|finale)(?: al\b)?[ :]*", re.IGNORECASE),
    "value_average": re.compile(r"media (?:del )?valore raggiunto *%?[ :]*", re.IGNORECASE),
    "time_average": re.compile(r"media (?:del )?rispetto dei tempi *%?[ :]*", re.IGNORECASE),
    "analysis": re.compile(r"analisi degli scostamenti[ :]*", re.IGNORECASE),
    "causes": re.compile(r"cause\b[ :]*", re.IGNORECASE),
    "effects": re.compile(r"effetti\b[ :]*", re.IGNORECASE),
    "measures": re.compile(r"provvedimenti correttivi[ :]*", re.IGNORECASE),
    "taken": re.compile(r"intrapresi\b[ :]*", re.IGNORECASE),
    "to_take": re.compile(r"da attivare\b[ :]*", re.IGNORECASE),
}


def columns_of(cells: tuple[str, ...], names: Mapping[str, str], first: str | None = None) -> dict[str, int]:
    """Where each column of a header begins, by the key that its name's beginning stands for."""
    columns = {first: 0} if first else {}
    for index, cell in enumerate(cells):
        folded = fold(cell)
        key = next((key for start, key in names.items() if folded.startswith(start)), None)
        if key and key not in columns:
            columns[key] = index
    return columns


def by_columns(cells: tuple[str, ...], columns: Mapping[str, int], width: int) -> dict[str, str]:
    """The values of a row under a header `width` cells wide.

    A cell belongs to the column that began last. Where a row does not fit its header (a column more or less), what is
    filled is taken in order.
    """
    row = list(cells)
    while len(row) > width and not row[-1]:
        row.pop()
    values = dict.fromkeys(columns, "")
    starts = sorted(columns.items(), key=lambda item: item[1])
    grouped = {
        key: [cell for cell in row[begin:end] if cell]
        for (key, begin), end in zip(starts, _ends(starts, row), strict=True)
    }
    filled = [cell for cell in row if cell]
    misplaced = len(cells) > width and len(starts) > 1 and not grouped[starts[1][0]]
    if len(row) > width or misplaced or (len(grouped[starts[0][0]]) > 1 and len(filled) <= len(columns)):
        return values | dict(zip((key for key, _ in starts), filled, strict=False))
    return values | {key: " ".join(found) for key, found in grouped.items()}


def _ends(starts: list[tuple[str, int]], row: list[str]) -> list[int]:
    return [*(begin for _, begin in starts[1:]), len(row)]


def slot_number(cell: str) -> int | None:
    """The number of a slot: "1", "1)", "Fase 1"."""
    match = _SLOT.fullmatch(fold(cell))
    return int(match[1]) if match else None


def phases_of(cells: tuple[str, ...]) -> list[tuple[int, str]]:
    """The slots of a row and their texts: slot n at the left, n + 4 at the right; the number alone is an empty slot."""
    left = slot_number(cells[0])
    if left is None:
        return []
    right = _right_slot(cells, left + SLOTS // 2) if left <= SLOTS // 2 else None
    texts = [(left, _joined(cells[1:right]))]
    if right is not None:
        texts.append((left + SLOTS // 2, _joined(cells[right + 1 :])))
    return texts


def _right_slot(cells: tuple[str, ...], number: int) -> int | None:
    for index in (*range(2, len(cells)), 1):
        if index < len(cells) and cells[index].strip() == str(number):
            return index
    return None


def _joined(cells: tuple[str, ...]) -> str:
    return " ".join(cell for cell in cells if cell)


def month_columns(cells: tuple[str, ...]) -> dict[int, int]:
    """Which month each column of a cronoprogramma's header is; empty when the row is no such header."""
    named = {index: number for index, cell in enumerate(cells) if (number := month_number(cell))}
    if len(named) >= 6:
        return named
    initials = [(index, fold(cell)) for index, cell in enumerate(cells) if cell][-12:]
    if [letter for _, letter in initials] == _INITIALS:
        return {index: number for number, (index, _) in enumerate(initials, start=1)}
    return {}


def months_of(cells: tuple[str, ...], columns: Mapping[int, int], plan_year: int) -> list[str]:
    """The months a row marks. A year in a cell is that month of that year; any other mark is of the plan's year."""
    months: set[str] = set()
    for index, month in columns.items():
        cell = cells[index] if index < len(cells) else ""
        if cell not in _NO_MARK:
            years = [int(year) for year in _YEAR.findall(cell)] or [plan_year]
            months |= {f"{year:04d}-{month:02d}" for year in years}
    return sorted(months)


def review_label(cell: str) -> str | None:
    """Which row of the verifications a cell names."""
    plain = " ".join(cell.split())
    return next((key for key, label in REVIEW_LABELS.items() if label.match(plain)), None)


def second_label(cells: tuple[str, ...], key: str) -> int | None:
    """Where the right half of a verification's row begins: at the same label again."""
    for index, cell in enumerate(cells[1:], start=1):
        if REVIEW_LABELS[key].fullmatch(cell) or (key == "date" and review_label(cell) == key):
            return index
    return None


def review_value(half: tuple[str, ...], key: str) -> str:
    """What one half of a verification's row says, without its label."""
    if not half:
        return ""
    first = REVIEW_LABELS[key].sub("", half[0], count=1) if REVIEW_LABELS[key].match(half[0]) else half[0]
    return _joined((first, *half[1:]))
