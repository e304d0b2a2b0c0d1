"""Drafts that were withdrawn: what their history keeps, and whether one can be taken up again.

A withdrawn draft leaves the tables; the last row of its history, and those of its rows, say what it was.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from objectives.choices import State
from objectives.models import Indicator, Objective, Participation, Phase, Sheet
from organisation.models import Entity

WHY = "Bozza ritirata"
"""The reason that the history has of a withdrawal."""
ROWS: tuple[Any, ...] = (Phase, Indicator, Participation)


def withdrawn_drafts(of: Entity | Objective) -> "QuerySet[Any]":
    """Return the last row of the history of each draft that was withdrawn and is not here again, the latest first."""
    whose: dict[str, Any] = {"objective": of} if isinstance(of, Objective) else {"objective__plan__entity": of}
    gone: QuerySet[Any] = _gone(Sheet).filter(**whose)
    return gone.select_related("sector", "objective__plan", "history_user").order_by("-history_id")


def rows_of_withdrawn(key: int) -> list[Any]:
    """Return the phases, indicators and people that a draft had when it was withdrawn, not stored."""
    return [row.instance for model in ROWS for row in _gone(model).filter(sheet=key, history_change_reason=WHY)]


def why_not_again(gone: Sequence[Any]) -> dict[int, str]:
    """Say of each of these withdrawn drafts, by its key, why it can't be taken up again; nothing of the others.

    One query.
    """
    bases = [row.base_id for row in gone if row.base_id]
    found = Sheet.objects.filter(base__in=bases).select_related("sector", "deliberation", "created_by")
    after = {sheet.base_id: sheet for sheet in found}
    said = {row.id: _why_not(row, after.get(row.base_id or 0)) for row in gone}
    return {key: words for key, words in said.items() if words}


def _gone(model: Any) -> "QuerySet[Any]":
    later = model.history.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
    rows: QuerySet[Any] = model.history.filter(~Exists(later), history_type="-")
    return rows


def _why_not(row: Any, after: Sheet | None) -> str:
    if after is not None and after.state == State.ADOTTATA and after.deliberation:
        return f"Non si recupera: intanto la {after.deliberation.short} ha cambiato la scheda."
    if after is not None:
        who = f" di {after.created_by}" if after.created_by else ""
        return f"Non si recupera: sulla stessa scheda c'è già un'altra modifica in corso{who}."
    return "" if row.sector.active else f"Non si recupera: il settore {row.sector.short_name} non è più attivo."
