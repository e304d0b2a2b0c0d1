"""Reads from the database what is to be compared: two versions of an objective, or two moments of a plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from deliberations.calendar import to_the
from deliberations.models import Deliberation, DeliberationQuerySet
from objectives.changes.plans import PlanComparison, compare_plans
from objectives.changes.sheets import SheetComparison, compare_sheets
from objectives.models import Objective, Plan, Sheet, SheetQuerySet
from objectives.permissions import Standing
from objectives.snapshots import snapshot

BEFORE = "prima-"


def between(old: Sheet | None, new: Sheet) -> SheetComparison:
    """Compare two versions, the earlier one first: a draft with its base, never with an earlier state of it."""
    return compare_sheets(snapshot(old) if old else None, snapshot(new))


def versions_to_compare(objective: Objective, person: Standing) -> list[Sheet]:
    """Return the versions of an objective that the person may see, the earliest first."""
    every: SheetQuerySet = Sheet.objects.filter(objective=objective)
    seen = every.adopted() | person.visible(every)
    return sorted(seen.select_related("deliberation__entity", "sector"), key=_in_time)


def pair(one: int, other: int) -> tuple[Sheet, Sheet]:
    """Return two versions by their primary keys, with their rows, the earlier one first."""
    old, new = sorted(Sheet.objects.with_rows().select_related("approved_by").filter(pk__in=[one, other]), key=_in_time)
    return old, new


def _in_time(sheet: Sheet) -> tuple[bool, tuple[str, int], int]:
    """Adopted versions by their act, then an open one. A base may have the later key: loaded after what changes it."""
    act = sheet.deliberation
    return (False, act.place, sheet.pk) if act and sheet.is_adopted else (True, ("", 0), sheet.pk)


def version_name(sheet: Sheet) -> str:
    """How a list of versions calls one: "MODIFICATO con GC 100/2022 del 18 ottobre 2022", "bozza, non adottata"."""
    act = sheet.deliberation
    if not sheet.is_adopted or act is None:
        return f"{sheet.get_state_display()}, non adottata ({sheet.change})"
    name = f"{sheet.change} con {act.dated}" if act.on_file else act.dated
    return name if sheet.on_file else f"{name}: testo non in archivio"


@dataclass(frozen=True)
class PlanMoment:
    """A moment to be compared: `key` is how an address writes it, `label` how it is said, `acts` have effect then."""

    key: str
    label: str
    acts: DeliberationQuerySet


def moment(written: str, plan: Plan, acts: Sequence[Deliberation]) -> PlanMoment:
    """Return what an address calls "2022-10-31", "gc-100-2022" or "prima-gc-100-2022"; `acts` are those of the plan.

    Raises LookupError with a sentence for anything else.
    """
    by_slug = {act.slug: act for act in acts}
    if act := by_slug.get(written):
        return PlanMoment(written, f"dopo la {act.short}", plan.entity.deliberations.up_to(act))
    if act := by_slug.get(written.removeprefix(BEFORE)):
        return PlanMoment(written, f"prima della {act.short}", plan.entity.deliberations.up_to(act).exclude(pk=act.pk))
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise LookupError(f"«{written}» non è un giorno, né un atto di questo piano.") from None
    return PlanMoment(day.isoformat(), to_the(day), plan.entity.deliberations.in_force_on(day))


def compare_moments(plan: Plan, old: PlanMoment, new: PlanMoment) -> PlanComparison:
    """Compare a plan at two moments. Six queries, whatever the size of the plan."""
    of_plan = Sheet.objects.of(plan)
    before, after = (set(of_plan.in_force(at.acts).order_by().values_list("pk", flat=True)) for at in (old, new))
    sheets = of_plan.filter(pk__in=before | after).with_rows().order_by("pk")
    snapshots = {sheet.pk: snapshot(sheet) for sheet in sheets}
    return compare_plans((snapshots[pk] for pk in before), (snapshots[pk] for pk in after))
