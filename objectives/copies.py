"""Objectives copied from others (R34), and what became of their sources since."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from objectives.choices import Change, State
from objectives.models import Objective, Sheet, SheetQuerySet

_CHANGED = "objective__copied_version__successor"
SOURCE = ("objective__copied_version__sector", f"{_CHANGED}__deliberation")
"""What a copy that is behind its source tells of it."""


@dataclass(frozen=True)
class Relatives:
    """Where an objective comes from, and to which settori it was given: the last adopted text of each.

    `source_changed`: an act with effect changed it since the copy last took note of it.
    """

    source: Sheet | None
    copies: list[Sheet]
    source_changed: bool = False


def behind(sheets: SheetQuerySet) -> SheetQuerySet:
    """Return those of `sheets` that are the last text of a copy whose source an act changed since, with effect today.

    What leaves the plan, or left it, follows nobody any more.
    """
    changed = Q(
        **{f"{_CHANGED}__state": State.ADOTTATA, f"{_CHANGED}__deliberation__in_force_from__lte": timezone.localdate()}
    )
    found: SheetQuerySet = sheets.filter(changed, successor=None).exclude(change=Change.ELIMINATO)
    return found


def changed_since(sheets: Iterable[Sheet]) -> dict[int, tuple[str, str]]:
    """Tell of which of `sheets` the source was changed: by key, how that is called and by which act.

    One query, none where none of them is a copy.
    """
    keys = [sheet.pk for sheet in sheets if sheet.objective.copied_version_id]
    found = behind(Sheet.objects.filter(pk__in=keys)).select_related(*SOURCE) if keys else ()
    return {one.pk: told_of(one)[:2] for one in found}


def told_of(copy: Sheet) -> tuple[str, str, date]:
    """Return how the source of a copy that is behind is called, the act that changed it, and since when (SOURCE)."""
    held: Any = copy.objective.copied_version
    act = held.successor.deliberation
    return str(held), act.short, act.in_force_from


def newest_text(objective: Objective) -> Sheet | None:
    """Return the last text of the source of a copy that has effect today, with its rows; None for what is no copy."""
    held = objective.copied_version
    if held is None:
        return None
    with_effect = Sheet.objects.adopted().filter(
        objective=held.objective_id, deliberation__in_force_from__lte=timezone.localdate()
    )
    following = {base: key for base, key in with_effect.order_by().values_list("base", "pk") if base}
    newest = held.pk
    while newest in following:
        newest = following[newest]
    text: Sheet = Sheet.objects.with_rows().get(pk=newest)
    return text


def last_text(objective: Objective) -> Sheet | None:
    """Return the version of an objective that no other changes, open or adopted; None where all were withdrawn."""
    last: Sheet | None = Sheet.objects.filter(objective=objective, successor=None).with_rows().first()
    return last


def relatives_of(sheet: Sheet) -> Relatives:
    """Return the source and the copies of the objective of `sheet`, in one query."""
    source = sheet.objective.copied_from_id
    kin = Objective.objects.filter(Q(copied_from=sheet.objective_id) | Q(pk=source or 0))  # both by their indexes
    last = Sheet.objects.adopted().filter(objective__in=kin.values("pk")).exclude(successor__state=State.ADOTTATA)
    found = list(
        last.select_related("sector", "objective__plan", "deliberation").order_by("sector__match_key", "number", "pk")
    )
    origin = next((one for one in found if one.objective_id == source), None)
    copies = [one for one in found if one.objective_id != source and one.change != Change.ELIMINATO]
    changed = origin is not None and origin.pk != sheet.objective.copied_version_id and _has_effect(origin)
    return Relatives(origin, copies, changed)


def _has_effect(sheet: Sheet) -> bool:
    since = sheet.in_force_from
    return since is not None and since <= timezone.localdate()
