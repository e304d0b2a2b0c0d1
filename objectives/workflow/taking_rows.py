"""Phases and indicators of another sheet, taken into a draft."""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from objectives.draft_content import DraftContent
from objectives.models import Sheet
from objectives.permissions import standing
from objectives.row_copies import free_slots, indicator_in, phase_in
from objectives.workflow.drafting import edit
from objectives.workflow.locking import locked
from objectives.workflow.refusals import Refused
from organisation.models import User
from organisation.recording import recording


def take_rows(
    draft: Sheet, source: Sheet, keys: Collection[str], *, by: User, row_version: int | None = None
) -> tuple[int, int]:
    """Put copies of the rows of `source` that have these keys into a draft; return how many phases and indicators.

    They get keys of their own; phases go into the slots that are free, or none does. Raises Refused for a sheet of
    another entity or one that the person may not see, where none is chosen or the slots are too few; and as edit.
    """
    with transaction.atomic(), recording(by=by, why="Righe prese da un'altra scheda"):
        held = locked(draft)
        _refuse_unseen(held, source, by)
        phases = [row for row in source.phases.all() if str(row.key) in keys]
        indicators = [row for row in source.indicators.all() if str(row.key) in keys]
        if not (phases or indicators):
            raise Refused("Scegliere almeno una fase o un indice.")
        kept = [{"key": row.key, "position": row.position} for row in held.phases.all()]
        free = free_slots({row["position"] for row in kept})
        _refuse_full(len(phases), len(free))
        plan = held.objective.plan
        new = [{"position": slot, **phase_in(plan, row)} for slot, row in zip(free, phases, strict=False)]
        own: list[dict[str, Any]] = [{"key": row.key} for row in held.indicators.all()]
        own += [indicator_in(plan, row, source.objective.plan) for row in indicators]
        edit(draft, DraftContent(phases=kept + new, indicators=own), by=by, row_version=row_version)
        return len(phases), len(indicators)


def _refuse_unseen(draft: Sheet, source: Sheet, by: User) -> None:
    entity = draft.objective.plan.entity
    if source.objective.plan.entity_id != entity.pk or not standing(by, entity).sees(source):
        raise Refused("Si prendono righe dalle schede dello stesso ente che si possono leggere.")


def _refuse_full(wanted: int, free: int) -> None:
    if wanted > free:
        room = {0: "non ci sono caselle libere", 1: "c'è una casella libera"}.get(
            free, f"le caselle libere sono {free}"
        )
        raise Refused(
            f"Per le fasi qui {room}, e ne {'è stata scelta una' if wanted == 1 else f'sono state scelte {wanted}'}: "
            "sceglierne meno, o togliere prima delle fasi dalla bozza."
        )
