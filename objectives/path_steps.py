"""How far a proposed change has come on its way from a draft to an adopted sheet."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from objectives.choices import State
from objectives.models import Sheet


@dataclass(frozen=True)
class Step:
    """A step of the path: who took it and when, where it is taken; `is_current` marks where the version stands."""

    label: str
    is_taken: bool
    is_current: bool
    by: Any = None
    at: datetime | None = None

    @property
    def standing(self) -> str:
        """How the step stands, in a word."""
        return "adesso" if self.is_current else "fatto" if self.is_taken else "da fare"


def steps(sheet: Sheet) -> list[Step]:
    """Return the five steps of the path of `sheet`: bozza, inviata, approvata, in proposta, adottata."""
    here = _place(sheet)
    who_and_when = [
        (sheet.created_by, sheet.created_at),
        (sheet.submitted_by, sheet.submitted_at),
        (sheet.approved_by, sheet.approved_at),
        (None, None),
        (None, sheet.deliberation.registered_at if sheet.deliberation else None),
    ]
    labels = ("bozza", "inviata", "approvata", "in proposta", "adottata")
    return [
        Step(label, place <= here, place == here, *(taken if place <= here else ()))
        for place, (label, taken) in enumerate(zip(labels, who_and_when, strict=True))
    ]


def _place(sheet: Sheet) -> int:
    if sheet.state == State.APPROVATA and sheet.deliberation_id:
        return 3
    return {State.BOZZA: 0, State.INVIATA: 1, State.APPROVATA: 2, State.ADOTTATA: 4}[State(sheet.state)]
