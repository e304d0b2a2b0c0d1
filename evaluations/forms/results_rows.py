"""The rows of the page of results and their cells: what is stored, or what a person typed and is not saved yet."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.forms.utils import flatatt

from evaluations.forms.results import (
    LABELS,
    MINE,
    PARAGRAPHS,
    STORED,
    VERSION,
    Outcome,
    TypedRow,
    row_name,
    stored_values,
    token,
)
from objectives.models import Sheet

SHOWN = {"result": ("achieved", "evidence"), "phase": ("percent", "note"), "staff": ("share",), "review": ()}
"""Fields that stand in the columns of a table, without a label of their own."""
LOOKS = {**dict.fromkeys(PARAGRAPHS, "lines"), "percent": "number", "share": "number", "not_applicable": "check"}
RARE = ("not_applicable", "not_applicable_note", "deviation", "deviation_note")
"""Fields that stay folded away until somebody needs them."""


@dataclass(frozen=True)
class Cell:
    """A field of a row: its name in the page, how people call it, what stands in it, what is wrong with it.

    In a column of a table it has no label beside it: `of` says of what it is, `column` in which column it stands.
    """

    id: str
    field: str
    label: str
    value: str
    fault: str = ""
    of: str = ""
    column: str = ""

    @property
    def look(self) -> str:
        """What is typed in it: "lines", "number", "check" for a box, or "line"."""
        return LOOKS.get(self.field, "line")

    @property
    def attributes(self) -> str:
        """Its attributes in the page, on one line and no more than it needs: a page has thousands of cells.

        What nothing leads to has no id.
        """
        folded = self.field in {*RARE, "percent"} and not (self.column or self.fault)
        box = {"type": "checkbox", "value": "1", "checked": bool(self.value)}
        return flatatt(
            {
                **(box if self.look == "check" else {"class": "cell"}),
                **({"value": self.value or None} if self.look in {"line", "number"} else {}),
                "inputmode": "decimal" if self.look == "number" else None,
                "autocomplete": None if self.look == "lines" else "off",
                "id": None if folded else self.id,
                "name": self.id,
                "data-field": self.field,
                "data-column": self.column or None,
                "aria-label": f"{self.label}: {self.of}" if self.of else None,
                "aria-invalid": "true" if self.fault else None,
                "aria-describedby": f"{self.id}_error" if self.fault else None,
            }
        )


@dataclass(frozen=True)
class TwoTexts:
    """What somebody else saved in a row meanwhile, to choose from: label and value of each field, and who, when."""

    name: str
    token: str
    values: dict[str, str]
    lines: list[tuple[str, str]]
    by: Any = None
    at: Any = None

    @property
    def mine(self) -> str:
        """The choice that goes on with what the person typed."""
        return f"{MINE}{self.token}"

    @property
    def stored(self) -> str:
        """The choice that leaves the row as it is stored."""
        return f"{STORED}{self.token}"

    @property
    def stored_json(self) -> str:
        """The stored values, for the script that puts them into the cells."""
        return json.dumps(self.values)


@dataclass(frozen=True)
class PageRow:
    """A row of the page; `label` says of what. `is_typed`: what stands in it is not saved yet."""

    name: str
    label: str
    token: str
    cells: dict[str, Cell]
    is_typed: bool = False
    two: TwoTexts | None = None

    @property
    def version(self) -> str:
        """The attributes of the hidden field that says from what the row was opened."""
        return flatatt({"type": "hidden", "name": f"{self.name}-{VERSION}", "value": self.token, "autocomplete": "off"})

    @property
    def rare_filled(self) -> bool:
        """Whether something stands in the fields that are folded away."""
        return any(self.cells[name].value or self.cells[name].fault for name in RARE)


@dataclass(frozen=True)
class Rows:
    """What was typed on the page, and what became of it: makes its rows."""

    typed: Mapping[str, TypedRow]
    outcome: Outcome

    def row(
        self, what: str, sheet: Sheet, key: uuid.UUID | None, label: str, stored: Any, *, of: str = "", more: str = ""
    ) -> PageRow:
        """The row as the page shows it; `of` says of what its cells are, `more` is a field that has a column too."""
        name = row_name(what, sheet.objective_id, key)
        typed = self.typed.get(name)
        unsaved = typed is not None and typed.is_touched and name not in self.outcome.saved
        values = typed.values if typed and unsaved else stored_values(what, stored)
        faults = self.outcome.faults.get(name, {})
        cells = {
            one: Cell(f"{name}-{one}", one, label, values[one], faults.get(one, ""), *_place(what, one, of, more))
            for one, label in LABELS[what].items()
        }
        opened = f"{typed.version or 0}.{typed.opened}" if typed and unsaved else token(what, stored)
        two = two_texts(name, what, self.outcome.stale[name]) if name in self.outcome.stale else None
        return PageRow(name, f"n° {sheet.number}, {label}", opened, cells, unsaved, two)


def _place(what: str, field: str, of: str, more: str) -> tuple[str, str]:
    """Of what a cell is, and its column, if it stands in one."""
    return (of, f"{what}:{field}") if field in (*SHOWN[what], more) else ("", "")


def two_texts(name: str, what: str, stored: Any) -> TwoTexts:
    """Return the stored row as one of two texts to choose from, with who wrote it and when."""
    values = stored_values(what, stored)
    lines = [(label, _read(one, values[one])) for one, label in LABELS[what].items() if values[one]]
    last = stored.history.select_related("history_user").order_by("-history_id").first()
    by, at = (last.history_user, last.history_date) if last else (None, None)
    return TwoTexts(name, token(what, stored), values, lines, by, at)


def _read(name: str, value: str) -> str:
    return "sì" if name == "not_applicable" else value
