"""What an act did to the plans: its sheets, INSERITO, MODIFICATO and ELIMINATO, grouped by settore."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from deliberations.models import Citation, Deliberation
from objectives.choices import Change
from objectives.models import Sheet
from objectives.overview import SheetLine, by_sector, lines
from organisation.models import Sector


@dataclass(frozen=True)
class ActContent:
    """The sheets that an act adopted; `years` are those of the plans they belong to."""

    blocks: list[tuple[Sector, list[SheetLine]]]
    counts: dict[str, int]
    years: list[int]


def content_of(act: Deliberation) -> ActContent:
    """Return what `act` adopted. Three queries, whatever the number of sheets."""
    sheets = Sheet.objects.adopted().filter(deliberation=act)
    every = lines(sheets, {act.pk: act})
    counted = Counter(line.change for line in every)
    return ActContent(
        blocks=by_sector(act.entity.sectors.all(), every),
        counts={change: counted[change] for change in Change.values},
        years=list(sheets.order_by("objective__plan__year").values_list("objective__plan__year", flat=True).distinct()),
    )


def day_before(act: Deliberation) -> str:
    """Return the last day, as 2022-10-17, on which `act` has no effect yet; an empty text while it has none."""
    return (act.in_force_from - timedelta(days=1)).isoformat() if act.in_force_from else ""


def citations(act: Deliberation) -> list[Citation]:
    """Return the acts that an act or a proposal cites; `amends` tells which of them it changes (R09)."""
    return list(_told_apart(act.citations.select_related("cited__entity")))


def citing(act: Deliberation) -> list[Citation]:
    """Return where later acts cite `act`; `amends` tells whether that act changes it (R09)."""
    cited = act.cited_by.filter(deliberation__registered_at__isnull=False)
    return list(_told_apart(cited.select_related("deliberation__entity")))


def _told_apart(cited: Any) -> Any:
    """An act amends those whose sheets it changes, and the first it cites when it changes any: its premises say so."""
    changing = Sheet.objects.filter(deliberation=OuterRef("deliberation")).exclude(base=None)
    whose = changing.filter(base__deliberation=OuterRef("cited"))
    return cited.annotate(amends=Q(Exists(whose)) | Q(Exists(changing), position=1)).order_by("position", "pk")
