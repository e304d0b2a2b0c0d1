"""The life of an objective: its versions, the act and the days of each, and the path of each with the words given.

What was drafted, sent, approved and withdrawn is told by passages; they outlive a draft that was withdrawn, and so does
its history, which says what it was.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from deliberations.calendar import from_the, to_the
from objectives.choices import Change, PassageKind
from objectives.models import Acknowledgement, Comment, Correction, Enclosure, Objective, Passage, Sheet
from objectives.permissions import Standing
from objectives.withdrawn import withdrawn_drafts


@dataclass(frozen=True)
class Step:
    """Something that somebody did with a version, and the note given with it."""

    at: datetime
    by: Any
    what: str
    note: str = ""
    was: str = ""
    right: str = ""


@dataclass(frozen=True)
class Chapter:
    """A version and its path. A withdrawn one is the last row of its history.

    `days` says when it is in force, in words; `said`, how many comments and files of its draft the person may read.
    """

    version: Any
    days: str = ""
    withdrawn: bool = False
    steps: list[Step] = field(default_factory=list)
    said: int = 0

    @property
    def title(self) -> str:
        """How the version is called: its act, or how far it has come."""
        if self.withdrawn:
            return "Proposta ritirata"
        if self.version.is_adopted:
            return str(self.version.deliberation)
        return f"Proposta in corso: {self.version.get_state_display()}"


def chapters(objective: Objective, person: Standing) -> list[Chapter]:
    """Return the versions of an objective that the person may see, in the order in which they came about.

    Seven queries, however many there are.
    """
    related = ("sector", "deliberation__entity", "created_by", "approved_by")
    every = list(Sheet.objects.filter(objective=objective).select_related(*related))
    seen = [sheet for sheet in every if person.sees(sheet)]
    gone = [row for row in withdrawn_drafts(objective) if person.sees_drafts(row.sector_id)]
    steps = _steps([*(sheet.pk for sheet in seen), *(row.id for row in gone)])
    following = {sheet.base_id: sheet for sheet in every if sheet.base_id and sheet.is_adopted}
    said = _said([sheet.pk for sheet in seen if person.sees_drafts(sheet.sector_id)])
    told = [
        Chapter(sheet, _days(sheet, following.get(sheet.pk)), steps=_of(sheet, steps), said=said[sheet.pk])
        for sheet in seen
    ]
    told += [Chapter(row, withdrawn=True, steps=steps.get(row.id, [])) for row in gone]
    return sorted(told, key=_order)


def _order(chapter: Chapter) -> tuple[bool, tuple[str, int], datetime]:
    """Adopted ones by their act; a proposal by the day it was begun, after the acts there were then."""
    version = chapter.version
    began = chapter.steps[0].at if chapter.steps else version.created_at
    if not chapter.withdrawn and version.is_adopted:
        return False, version.deliberation.place, began
    return True, ("", 0), began


def _of(sheet: Sheet, steps: dict[int, list[Step]]) -> list[Step]:
    """The steps of a version; of one that came by import, when it was put on record."""
    own = steps.get(sheet.pk, [])
    begun_here = any(step.what == PassageKind.AVVIATA.label for step in own)
    return own if begun_here else [Step(sheet.created_at, sheet.created_by, "messa in archivio"), *own]


def _steps(sheets: Iterable[int]) -> dict[int, list[Step]]:
    """The steps of these versions, in the order of time, in three queries."""
    keys = list(sheets)
    found: dict[int, list[Step]] = {}
    passages = Passage.objects.filter(sheet__in=keys).exclude(kind=PassageKind.RETTIFICATA)
    for passage in passages.select_related("by"):
        step = Step(passage.at, passage.by, passage.get_kind_display(), passage.note)
        found.setdefault(passage.sheet_id, []).append(step)
    for note in Acknowledgement.objects.filter(sheet__in=keys).select_related("by"):
        step = Step(note.at, note.by, f"presa d'atto dell'avviso {note.rule}: {note.message}", note.note)
        found.setdefault(note.sheet_id or 0, []).append(step)
    for one in Correction.objects.filter(sheet__in=keys).select_related("by"):
        step = Step(one.at, one.by, f"rettifica di errore materiale, {one.place}", one.note, one.written, one.right)
        found.setdefault(one.sheet_id, []).append(step)
    return {key: sorted(steps, key=lambda step: step.at) for key, steps in found.items()}


def _said(sheets: Sequence[int]) -> Counter[int]:
    """How many comments and enclosed files there are with each of these versions, in two queries."""
    found: Counter[int] = Counter()
    for model in (Comment, Enclosure) if sheets else ():
        found.update(model.objects.filter(sheet__in=sheets).order_by().values_list("sheet", flat=True))
    return found


def _days(sheet: Sheet, following: Sheet | None) -> str:
    """When a version is in force: "in vigore dal 7 febbraio 2022 al 17 ottobre 2022 (253 giorni)"."""
    if not sheet.is_adopted:
        return ""
    start = sheet.in_force_from
    if start is None:
        return "in attesa di esecutività" if sheet.deliberation and sheet.deliberation.on_file else "data non nota"
    if sheet.change == Change.ELIMINATO:
        return f"eliminato {from_the(start)}"
    end = following.in_force_from if following else None
    return f"in vigore {from_the(start)}" if end is None else _until(start, end)


def _until(start: date, end: date) -> str:
    if end == start:
        return f"mai in vigore: l'ha cambiata un altro atto con effetto {from_the(start)}"
    last, days = end - timedelta(days=1), (end - start).days
    return f"in vigore {from_the(start)} {to_the(last)} ({days} {'giorno' if days == 1 else 'giorni'})"
