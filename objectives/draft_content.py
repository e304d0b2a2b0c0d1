"""The content of a draft, as a form sends it and as the archive keeps it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from objectives.choices import SLOTS
from objectives.models import Indicator, Participation, Phase, Sheet

FIELDS = (
    *("sector", "number", "weight", "kind", "manager", "title", "description", "dup_link", "multi_year"),
    *("motive", "motive_text", "substitutes"),
)
"""The fields of a sheet that a draft may change."""

REASON_FIELDS = ("motive", "motive_text", "substitutes")
"""Those that an ELIMINATO may change: its content is the one in force, read-only (R05)."""

ROW_FIELDS: dict[str, tuple[str, ...]] = {
    "phases": ("position", "text", "months"),
    "indicators": (
        *("position", "family", "text", "expected", "target_kind", "target_number", "target_date", "target_unit"),
        *("direction", "year", "weight"),
    ),
    "participations": ("position", "category", "name", "share"),
}
ROW_MODELS: dict[str, Any] = {"phases": Phase, "indicators": Indicator, "participations": Participation}


@dataclass
class DraftContent:
    """What a person wrote: `fields` by name (those left out stay as they are), and the rows, each a dict by name.

    A row's `key` is that of the row it continues, or one that the page made for a new row, or None. A phase's
    `position` is its slot in the form; indicators and participations stand in the order given. None for a kind of rows
    leaves those as they are.
    """

    fields: dict[str, Any] = field(default_factory=dict)
    phases: list[dict[str, Any]] | None = None
    indicators: list[dict[str, Any]] | None = None
    participations: list[dict[str, Any]] | None = None

    def rows(self, kind: str) -> list[dict[str, Any]] | None:
        """Return the rows of a kind with their positions."""
        rows: list[dict[str, Any]] | None = getattr(self, kind)
        if rows is None or kind == "phases":
            return rows
        return [{**row, "position": place} for place, row in enumerate(rows, 1)]


def store(sheet: Sheet, content: DraftContent) -> bool:
    """Put `content` on a draft, changing only what differs; tell whether anything did. The caller saves the sheet.

    Raises ValidationError for a value that no sheet may have.
    """
    changed = _store_fields(sheet, content.fields)
    for kind in ROW_FIELDS:
        rows = content.rows(kind)
        if rows is not None:
            changed = _store_rows(sheet, kind, rows) or changed
    return changed


RESULTS = ("achieved", "deviation")
"""What a verification wrote beside an indicator: part of the text in force, nothing a draft may change."""


def copy_rows(source: Sheet, target: Sheet, *, results: bool = True) -> None:
    """Give `target` the rows of `source`, with the same keys; without the `results` where another year begins."""
    for kind, names in ROW_FIELDS.items():
        copied = (*names, *RESULTS) if kind == "indicators" and results else names
        for row in getattr(source, kind).all():
            values = {name: getattr(row, name) for name in copied}
            ROW_MODELS[kind](sheet=target, key=row.key, **values).save()


def _store_fields(sheet: Sheet, values: dict[str, Any]) -> bool:
    different = {name: value for name, value in values.items() if getattr(sheet, name) != value}
    for name, value in different.items():
        setattr(sheet, name, value)
    unfilled = {name for name, value in different.items() if value in (None, "")}
    sheet.clean_fields(exclude={one.name for one in sheet._meta.fields} - (different.keys() - unfilled))
    return bool(different)


def _store_rows(sheet: Sheet, kind: str, wanted: list[dict[str, Any]]) -> bool:
    """Take out the rows that go or change slot (a slot holds one phase), then change and add."""
    if kind == "phases":
        _refuse_slots([row["position"] for row in wanted])
    present = {str(row.key): row for row in getattr(sheet, kind).all()}
    foreign = _foreign_keys(sheet, kind, wanted) - present.keys()
    plans = {
        _key(row.get("key"), foreign): {name: row[name] for name in ROW_FIELDS[kind] if name in row} for row in wanted
    }
    leaving = [key for key, row in present.items() if key not in plans or _changes_slot(kind, row, plans[key])]
    for key in leaving:
        present[key].delete()
    outcome = [_put(sheet, kind, present.get(key), key, values) for key, values in plans.items()]
    return bool(leaving) or any(outcome)


def _refuse_slots(slots: list[int]) -> None:
    if len(set(slots)) < len(slots) or not set(slots) <= set(range(1, SLOTS + 1)):
        raise ValidationError({"phases": f"Le fasi sono al massimo {SLOTS}, ciascuna nella sua casella."})


def _foreign_keys(sheet: Sheet, kind: str, wanted: Iterable[dict[str, Any]]) -> set[str]:
    """Those of the given keys that name rows of other objectives."""
    given = [row["key"] for row in wanted if row.get("key")]
    others = ROW_MODELS[kind].objects.filter(key__in=given).exclude(sheet__objective=sheet.objective_id)
    return {str(key) for key in others.order_by().values_list("key", flat=True)}


def _key(given: Any, foreign: Iterable[str]) -> str:
    """The key of the row that is continued, or that the page gave a new one; else one of our own."""
    return str(uuid.uuid4()) if not given or str(given) in foreign else str(given)


def _changes_slot(kind: str, row: Any, values: dict[str, Any]) -> bool:
    return kind == "phases" and row.position != values.get("position", row.position)


def _put(sheet: Sheet, kind: str, row: Any, key: str, values: dict[str, Any]) -> bool:
    """Change a row that stands, or add it (again, where it left its slot); tell whether anything changed."""
    if row is not None and row.pk and all(getattr(row, name) == value for name, value in values.items()):
        return False
    if row is None or not row.pk:
        kept = {} if row is None else {name: getattr(row, name) for name in ROW_FIELDS[kind]}
        row = ROW_MODELS[kind](sheet=sheet, key=key, **kept)
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean(exclude=["sheet"], validate_constraints=False)
    row.save()
    return True
