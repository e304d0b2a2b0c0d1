"""What an act changed in the source of a copied objective, held against the copy point by point (R34).

A field or a row of the copy follows where it still says what the source said before; where the settore has written
something else, it stays. Number, weight, responsabile and people are each settore's own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from deliberations.calendar import MONTHS
from objectives.changes.words import Pieces, compare_words
from objectives.choices import Family
from objectives.draft_content import DraftContent
from objectives.models import Sheet
from objectives.row_copies import free_slots, indicator_in, key_in, phase_in
from objectives.weights import written

FIELDS = {
    "title": "Obiettivo",
    "description": "Descrizione dell'obiettivo",
    "dup_link": "Collegamento con Rel. Prev. Prog./DUP",
    "kind": "Tipo",
    "multi_year": "Pluriennale",
}
OTHER_TEXT = "Resta com'è: qui il testo è un altro."
TAKEN_OUT = "Resta com'è: qui questa riga è stata tolta."
NO_ROOM = "Resta com'è: qui le caselle delle fasi sono tutte occupate."
Values = dict[str, Any]


@dataclass(frozen=True)
class Point:
    """A field or a row that changed in the source: its words before and now, those of the copy, and what stays as is.

    `why_not` says why the copy does not follow here; empty where it does.
    """

    label: str
    before: str
    now: str
    here: str
    why_not: str = ""

    @property
    def pieces(self) -> Pieces:
        """What went and what came in the source."""
        return compare_words(self.before, self.now)


@dataclass
class TakingOver:
    """What changed in the source since the copy was made, and the copy as it would be with all that fits it."""

    points: list[Point] = field(default_factory=list)
    content: DraftContent = field(default_factory=DraftContent)

    @property
    def taken(self) -> list[Point]:
        """What the copy would take over."""
        return [point for point in self.points if not point.why_not]

    @property
    def left(self) -> list[Point]:
        """What stays as it is."""
        return [point for point in self.points if point.why_not]


def taking_over(before: Sheet, now: Sheet, copy: Sheet) -> TakingOver:
    """Hold what changed from `before` to `now`, two texts of one objective, against a text of its copy.

    All three best read with their rows. What the copy says already is no point.
    """
    found = TakingOver()
    for name, label in FIELDS.items():
        was, said, here = getattr(before, name), getattr(now, name), getattr(copy, name)
        if was == said or here == said:
            continue
        follows = here == was
        why_not = "" if follows else OTHER_TEXT
        found.points.append(Point(label, _plain(was), _plain(said), _plain(here), why_not))
        if follows:
            found.content.fields[name] = said
    for kind in ("phases", "indicators"):
        rows = _Rows(kind, before, now, copy)
        found.points += rows.points()
        setattr(found.content, kind, rows.wanted)
    return found


class _Rows:
    """The rows of one kind in the three texts, those of the source as they would stand in the copy."""

    def __init__(self, kind: str, before: Sheet, now: Sheet, copy: Sheet) -> None:
        self.kind, self.copy = kind, copy
        self.before, self.now = self._of_source(before), self._of_source(now)
        self.here = {str(row.key): row for row in getattr(copy, kind).all()}
        self.wanted: list[Values] = [{"key": key, "position": row.position} for key, row in self.here.items()]

    def _of_source(self, sheet: Sheet) -> dict[str, tuple[Values, int]]:
        plan, source = self.copy.objective.plan, sheet.objective.plan
        return {
            key_in(self.copy.objective, row.key): (
                phase_in(plan, row) if self.kind == "phases" else indicator_in(plan, row, source),
                row.position,
            )
            for row in getattr(sheet, self.kind).all()
        }

    def points(self) -> Iterator[Point]:
        """Yield what changed, putting into `wanted` what the copy takes over."""
        for key in [*self.now, *(key for key in self.before if key not in self.now)]:
            was, _ = self.before.get(key, (None, 0))
            said, slot = self.now.get(key, (None, 0))
            here = self._said_here(key)
            if was == said or _words(here) == _words(said):
                continue
            why_not = self._why_not(key, was, here, slot)
            number = slot or self.before[key][1]
            name = f"Fase n° {number}" if self.kind == "phases" else _family(said or was or {})
            yield Point(name, _words(was), _words(said), _words(here), why_not)
            if not why_not:
                self._take(key, said, slot)

    def _said_here(self, key: str) -> Values | None:
        row = self.here.get(key)
        names = ("text", "months") if self.kind == "phases" else ("family", "text", "expected", "weight")
        return {name: getattr(row, name) for name in names} if row else None

    def _why_not(self, key: str, was: Values | None, here: Values | None, slot: int) -> str:
        if was is None:
            full = self.kind == "phases" and self._slot(slot) is None
            return NO_ROOM if full else ""
        if here is None:
            return TAKEN_OUT
        return "" if _words(here) == _words(was) else OTHER_TEXT

    def _slot(self, wanted: int) -> int | None:
        free = free_slots({row["position"] for row in self.wanted})
        return wanted if wanted in free else next(iter(free), None)

    def _take(self, key: str, said: Values | None, slot: int) -> None:
        present = next((row for row in self.wanted if row["key"] == key), None)
        if said is None:
            self.wanted = [row for row in self.wanted if row is not present]
        elif present is not None:
            present |= said
        elif self.kind == "phases":
            self.wanted.append({"key": key, "position": self._slot(slot), **said})
        else:
            self.wanted.append({"key": key, **said})


def _words(values: Values | None) -> str:
    """A row as people read it; empty for one that is not there."""
    if values is None:
        return ""
    if "months" in values:
        months = ", ".join(_month(month) for month in values["months"])
        return f"{values['text']}\nMesi: {months}" if months else str(values["text"])
    weight = values["weight"]
    lines = [f"{_family(values)}: {values['text']}", f"Atteso: {values['expected'] or 'non indicato'}"]
    return "\n".join([*lines, f"Peso: {written(weight)}"] if weight is not None else lines)


def _family(values: Values) -> str:
    return f"Indice di {dict(Family.choices).get(values.get('family', ''), '')}"


def _month(value: str) -> str:
    return f"{MONTHS[int(value[5:]) - 1]} {value[:4]}"


def _plain(value: Any) -> str:
    return ("sì" if value else "no") if isinstance(value, bool) else str(value)
