"""What lies on the Nucleo's desk: the sheets of a package, and what changed in each since the last validated version.

Compared are the sheets of two frozen packages, never drafts: the Nucleo sees what an act adopted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Q

from evaluations.choices import VALID
from evaluations.models import PackageFile, Remark, Validation
from objectives.changes.plans import PlanComparison, SheetFate, compare_plans
from objectives.changes.telling import summary
from objectives.models import Sheet, SheetQuerySet
from objectives.snapshots import snapshot
from objectives.weights import written

TOLD = 3  # so many differences of a sheet stand in the list; its own page has all of them


@dataclass(frozen=True)
class DeskLine:
    """A sheet of a package: its file, what became of it since the last validated version, what the Nucleo says of it.

    `fate` is None for a first validation, and where the text of neither version is known.
    """

    file: PackageFile
    sheet: Sheet
    fate: SheetFate | None
    remark: Remark | None

    @property
    def change(self) -> str:
        """INSERITO or MODIFICATO since then; empty for a sheet that stayed as it was."""
        return self.fate.change if self.fate else ""

    @property
    def weight(self) -> str:
        """The weight as an office writes it."""
        return written(self.sheet.weight)

    @property
    def told(self) -> list[str]:
        """The first differences, in words."""
        texts = self.fate.texts if self.fate else None
        if texts is None:
            return []
        return [texts.reason] if texts.reason else summary(texts)[:TOLD]

    @property
    def more(self) -> int:
        """How many differences are not told here."""
        texts = self.fate.texts if self.fate else None
        return max(0, len(summary(texts)) - TOLD) if texts and not texts.reason else 0


@dataclass(frozen=True)
class DeskSector:
    """The sheets of a settore, by number, and those that left the plan since the last validated version."""

    name: str
    key: int
    lines: list[DeskLine]
    gone: list[SheetFate]


@dataclass(frozen=True)
class Desk:
    """A package as the Nucleo reads it; `before` is the validation it is compared with, None for a first one.

    `general` is the remark that concerns no sheet.
    """

    validation: Validation
    before: Validation | None
    sectors: list[DeskSector]
    files: list[PackageFile]
    general: Remark | None

    @cached_property
    def lines(self) -> list[DeskLine]:
        """All sheets, in the order of the package."""
        return [line for sector in self.sectors for line in sector.lines]

    @property
    def changed_sectors(self) -> list[DeskSector]:
        """The settori in which something changed, with nothing else."""
        found = [replace(one, lines=[line for line in one.lines if line.change]) for one in self.sectors]
        return [sector for sector in found if sector.lines or sector.gone]

    @property
    def remarks(self) -> int:
        """How many remarks there are, the general one included."""
        return sum(line.remark is not None for line in self.lines) + (self.general is not None)

    @property
    def changed(self) -> int:
        """How many sheets came, changed or went since the last validated version."""
        return sum(bool(line.change) for line in self.lines) + sum(len(sector.gone) for sector in self.sectors)


def last_valid(validation: Validation) -> Validation | None:
    """Return the last validation of the same plan that was asked for before this one and that the Nucleo gave."""
    asked = validation.requested_at
    earlier = Q(requested_at__lt=asked) | Q(requested_at=asked, pk__lt=validation.pk)
    valid = Validation.objects.filter(earlier, plan=validation.plan_id, state__in=VALID)
    return valid.select_related("plan", "act__entity", "report__plan").order_by("-requested_at", "-pk").first()


def desk_of(validation: Validation, *, with_remarks: bool) -> Desk:
    """Return a package and what changed in it, in a number of queries that does not grow with it.

    `with_remarks`: whether the person may read what the Nucleo noted.
    """
    before = last_valid(validation)
    files = list(validation.files.select_related("document", "validated"))
    new = _sheets(validation, with_rows=before is not None)
    comparison = _compared(before, new) if before else None
    fates = {fate.new.sheet: fate for fate in comparison.fates if fate.new} if comparison else {}
    remarks = {one.sheet_id: one for one in validation.remarks.select_related("by")} if with_remarks else {}
    lines = [
        DeskLine(file, new[key], fates.get(key), remarks.get(key)) for file in files if (key := file.sheet_id) in new
    ]
    return Desk(validation, before, _by_sector(lines, comparison), files, remarks.get(None))


def _sheets(validation: Validation, *, with_rows: bool) -> dict[int, Sheet]:
    """The sheets of a package, by their keys."""
    packed = validation.files.exclude(sheet=None).order_by().values("sheet")
    sheets: SheetQuerySet = Sheet.objects.filter(pk__in=packed)
    related = sheets.with_rows() if with_rows else sheets
    return {sheet.pk: sheet for sheet in related.select_related("sector", "manager", "objective__plan")}


def _compared(before: Validation, new: Mapping[int, Sheet]) -> PlanComparison:
    old = _sheets(before, with_rows=True)
    return compare_plans(map(snapshot, old.values()), map(snapshot, new.values()))


def _by_sector(lines: Iterable[DeskLine], comparison: PlanComparison | None) -> list[DeskSector]:
    """The lines under their settore, settori by name; with what left the plan, also where nothing else is left."""
    changed = comparison.sectors if comparison else []
    gone = {one.sector: [fate for fate in one.changed if not fate.new] for one in changed}
    names = {one.sector: one.name for one in changed}
    grouped: dict[int, list[DeskLine]] = {key: [] for key, fates in gone.items() if fates}
    for line in lines:
        names[line.sheet.sector_id] = line.sheet.sector.short_name
        grouped.setdefault(line.sheet.sector_id, []).append(line)
    ordered = sorted(grouped, key=lambda key: names[key])
    by_number = {key: sorted(grouped[key], key=lambda line: (line.sheet.number, line.sheet.pk)) for key in ordered}
    return [DeskSector(names[key], key, by_number[key], gone.get(key, [])) for key in ordered]
