"""What the papers of an act list after it: written exceptions (R20), warnings taken note of, clerical errors."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from deliberations.models import Deliberation
from objectives.models import Acknowledgement, Correction, Sheet


@dataclass(frozen=True)
class Exemption:
    """A sheet approved by who had sent it or answers for it, and the written reason (R20)."""

    sheet: str
    reason: str
    by: str


@dataclass(frozen=True)
class Noted:
    """A warning that somebody took note of: of which sheet (empty for the act), what it says, and the note."""

    sheet: str
    rule: str
    message: str
    note: str
    by: str


@dataclass(frozen=True)
class Corrected:
    """A clerical error of an adopted sheet: where, as adopted, as it should be, and why. The text stays as adopted."""

    sheet: str
    place: str
    written: str
    right: str
    note: str


@dataclass(frozen=True)
class Remarks:
    """All of them; a list is empty where there is nothing to say."""

    exemptions: Sequence[Exemption] = ()
    noted: Sequence[Noted] = ()
    corrected: Sequence[Corrected] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to list."""
        return bool(self.exemptions or self.noted or self.corrected)


def remarks_on(act: Deliberation, sheets: Sequence[Sheet]) -> Remarks:
    """Return what there is to list of an act or proposal and of its sheets, in three queries."""
    return Remarks(_exemptions(sheets), _noted(act, sheets), _corrected(sheets))


def _exemptions(sheets: Sequence[Sheet]) -> list[Exemption]:
    return [
        Exemption(str(sheet), sheet.approval_exception, signed_by(sheet.approved_by, sheet.approved_at))
        for sheet in sheets
        if sheet.approval_exception
    ]


def _noted(act: Deliberation, sheets: Sequence[Sheet]) -> list[Noted]:
    """The warnings of the act first, then those of each sheet, in the order in which they were taken note of."""
    called = {sheet.pk: str(sheet) for sheet in sheets}
    of_act = Acknowledgement.objects.filter(deliberation=act).select_related("by").order_by("pk")
    of_sheets = Acknowledgement.objects.filter(sheet__in=called).select_related("by").order_by("pk")
    places = {pk: place for place, pk in enumerate(called)}
    rows = [*of_act, *sorted(of_sheets, key=lambda row: (places[row.sheet_id or 0], row.pk))]
    return [
        Noted(called.get(row.sheet_id or 0, ""), row.rule, row.message, row.note, by=signed_by(row.by, row.at))
        for row in rows
    ]


def _corrected(sheets: Sequence[Sheet]) -> list[Corrected]:
    called = {sheet.pk: str(sheet) for sheet in sheets}
    rows = Correction.objects.filter(sheet__in=called).select_related("by").order_by("pk")
    return [
        Corrected(called[row.sheet_id], row.place, row.written, row.right, f"{row.note} ({signed_by(row.by, row.at)})")
        for row in rows
    ]


def signed_by(person: Any, at: Any) -> str:
    """Who did something and when: "Ezio Ivaldi, 18/10/2022"."""
    day = f"{timezone.localtime(at):%d/%m/%Y}" if at else ""
    return ", ".join(part for part in (str(person) if person else "", day) if part)
