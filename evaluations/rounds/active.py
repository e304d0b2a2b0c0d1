"""Which sheets a verification measures: those in force on its day whose text is on file."""

from collections.abc import Iterable

from evaluations.models import Round
from objectives.models import Sheet, SheetQuerySet


def active_sheets(verification: Round) -> SheetQuerySet:
    """Return the sheets that the verification measures. An ELIMINATO one is not among them (R05), nor is a stub."""
    sheets: SheetQuerySet = in_force(verification).filter(on_file=True)
    return sheets


def in_force(verification: Round) -> SheetQuerySet:
    """Return the sheets in force on the day of the verification, with those whose text is not in the archive."""
    acts = verification.plan.entity.deliberations.in_force_on(verification.on)
    sheets: SheetQuerySet = Sheet.objects.of(verification.plan).in_force(acts)
    return sheets


def sectors_of(verification: Round) -> set[int]:
    """Return the keys of the settori that have something to measure."""
    return set(active_sheets(verification).order_by().values_list("sector", flat=True))


def sheets_by_objective(verification: Round, objectives: Iterable[int]) -> dict[int, Sheet]:
    """Return, of these objectives, the sheets that the verification measures, with their rows."""
    found = active_sheets(verification).filter(objective__in=set(objectives))
    related = found.select_related("sector").prefetch_related("phases", "indicators", "participations")
    return {sheet.objective_id: sheet for sheet in related}
