"""Results, written down row by row: all changes of one call or none, and never over what somebody else wrote."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction

from evaluations.models import Round
from evaluations.permissions import why_not_enter
from evaluations.rounds.active import sheets_by_objective
from evaluations.rounds.cells import (
    CELLS,
    MODELS,
    ROWS,
    BadEntry,
    Change,
    Problem,
    StaleRows,
    read_cells,
    why_not_whole,
)
from evaluations.rounds.locking import fresh, held_reviews
from evaluations.scoring import read_achieved
from objectives.models import Sheet
from objectives.permissions import standing
from objectives.workflow import Refused
from organisation.models import User
from organisation.recording import change_recorded, create_recorded, recording

NOT_HERE = (
    "Questa riga non è tra quelle che la verifica misura: alla sua data la scheda non è in vigore, o il suo testo è "
    "cambiato. Ricaricare la pagina."
)
TYPED = ("kind", "number", "date", "unit")


@dataclass
class Entry:
    """A change beside the row it is for: the stored one, or a new one."""

    change: Change
    row: Any
    values: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        """Whether it says anything that is not stored already."""
        return any(getattr(self.row, cell) != value for cell, value in self.values.items())

    @property
    def is_stale(self) -> bool:
        """Whether the row was written by somebody else after it was read."""
        return self.differs and self.row.pk is not None and self.row.row_version != self.change.row_version


def enter(verification: Round, changes: Sequence[Change], *, by: User) -> list[Any]:
    """Write results down; return the row of each change as it is now (unsaved where nothing was ever written in it).

    What is stored already is not written again, whoever wrote it. Raises BadEntry for cells that can't be read,
    StaleRows where somebody wrote in the same row after it was read, Refused for the wrong role, a settore that is
    confirmed, a verification that is closed, or a row it does not measure. Then nothing is saved.
    """
    merged = _merged(changes)
    with transaction.atomic(), recording(by=by, why="Risultati della verifica"):
        sheets = _entrance(verification, {change.objective for change in merged.values()}, by)
        stored = _stored(verification, merged.values())
        entries = {row: _entry(verification, change, stored, sheets) for row, change in merged.items()}
        _refuse(entries.values())
        fresh_ones = [entry for entry in entries.values() if entry.differs]
        for entry in fresh_ones:
            _write(entry, sheets[entry.change.objective], verification)
        if problems := [one for entry in fresh_ones for one in why_not_whole(entry.change, entry.row)]:
            raise BadEntry(problems)
        _save([entry.row for entry in fresh_ones])
    return [entries[change.row].row for change in changes]


def _merged(changes: Iterable[Change]) -> dict[Any, Change]:
    """Two changes of one row, as a page may send them, are one."""
    merged: dict[Any, Change] = {}
    for change in changes:
        first = merged.get(change.row)
        merged[change.row] = replace(first, values={**first.values, **change.values}) if first else change
    return merged


def _entrance(verification: Round, objectives: set[int], by: User) -> dict[int, Sheet]:
    """Hold the settori of these objectives, and return the sheets that are measured.

    Who confirms or closes at the same moment waits, or was first.
    """
    sectors = {sheet.sector_id for sheet in sheets_by_objective(verification, objectives).values()}
    reviews = held_reviews(verification, sectors)
    now = fresh(verification)
    sheets = sheets_by_objective(now, objectives)
    if set(sheets) != objectives or {sheet.sector_id for sheet in sheets.values()} != sectors:
        raise Refused(NOT_HERE)
    person = standing(by, now.plan.entity)
    for review in reviews:
        if refusal := why_not_enter(person, now, review, review.sector):
            raise Refused(refusal)
    return sheets


def _stored(verification: Round, changes: Iterable[Change]) -> dict[Any, Any]:
    """The rows that are there already, by what they are of."""
    wanted: dict[str, set[int]] = {}
    for change in changes:
        wanted.setdefault(change.what, set()).add(change.objective)
    return {
        (what, row.objective_id, getattr(row, "key", None)): row
        for what, objectives in wanted.items()
        for row in MODELS[what].objects.filter(round=verification, objective__in=objectives)
    }


def _entry(verification: Round, change: Change, stored: dict[Any, Any], sheets: dict[int, Sheet]) -> Entry:
    sheet = sheets[change.objective]
    if not _belongs(change, sheet):
        raise Refused(NOT_HERE, sheet=sheet)
    row = stored.get(change.row) or _new(verification, change, sheet)
    values, problems = read_cells(change)
    return Entry(change, row, values, problems)


def _belongs(change: Change, sheet: Sheet) -> bool:
    if change.what == "review":
        return change.key is None
    return change.key in {row.key for row in getattr(sheet, ROWS[change.what]).all()}


def _new(verification: Round, change: Change, sheet: Sheet) -> Any:
    key = {} if change.key is None else {"key": change.key}
    return MODELS[change.what](round=verification, objective_id=change.objective, sheet=sheet, **key)


def _refuse(entries: Iterable[Entry]) -> None:
    problems = [problem for entry in entries for problem in entry.problems]
    if stale := [(entry.change, entry.row) for entry in entries if entry.is_stale]:
        raise StaleRows(stale, problems)
    if problems:
        raise BadEntry(problems)


def _write(entry: Entry, sheet: Sheet, verification: Round) -> None:
    """Put the cells on the row: it is measured on the version of the sheet that is in force."""
    row = entry.row
    for cell, value in entry.values.items():
        setattr(row, cell, value)
    row.sheet = sheet
    row.row_version += 1 if row.pk else 0
    if "achieved" in entry.values:
        indicator = next(one for one in sheet.indicators.all() if one.key == row.key)
        year = verification.plan.year
        read = read_achieved(row.achieved, kind=indicator.target_kind, family=indicator.family, plan_year=year)
        row.kind, row.number, row.date, row.unit = read.kind, read.number, read.date, read.unit


def _save(rows: Sequence[Any]) -> None:
    for what, model in MODELS.items():
        mine = [row for row in rows if isinstance(row, model)]
        known = [row for row in mine if row.pk is not None]
        create_recorded([row for row in mine if row.pk is None])
        change_recorded(known, *CELLS[what], *(TYPED if what == "result" else ()), "sheet", "row_version")
