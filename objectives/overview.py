"""What a plan holds at a moment: its sheets by settore, their weights, and the acts that stand behind them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, Subquery

from deliberations.calendar import from_the
from deliberations.models import Deliberation
from objectives.choices import Change
from objectives.models import Plan, Sheet, SheetQuerySet
from objectives.moments import Moment, is_awaited
from objectives.weights import WeightSum, written
from organisation.models import Sector


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A sheet as a list of sheets shows it. Light: a plan has sixty of them.

    `source` says which act it comes from and since when it is in force: "GC 100/2022, vigente dal 18 ottobre 2022".
    `coming` says what an act does to it that has no effect yet: "dal 05/12/2026 cambia con GC 131/2026"; mostly empty.
    """

    pk: int
    sector_id: int
    number: int
    weight: Decimal | None
    title: str
    change: str
    on_file: bool
    multi_year: bool
    act: Deliberation
    source: str
    coming: str = ""

    @property
    def weight_written(self) -> str:
        """The weight as an office writes it, "non noto" for a text not on file."""
        return written(self.weight)


FIELDS = ("pk", "sector_id", "number", "weight", "title", "change", "on_file", "multi_year", "deliberation_id")


def lines(sheets: SheetQuerySet, acts: Mapping[int, Deliberation]) -> list[SheetLine]:
    """Return the `sheets` as lines, by number, in one query; `acts` holds those that adopted them, by key."""
    sources = {key: source(act) for key, act in acts.items()}
    after = Sheet.objects.adopted().filter(base=OuterRef("pk")).order_by()
    following = {
        "next_act": Subquery(after.values("deliberation")[:1]),
        "next_change": Subquery(after.values("change")[:1]),
    }
    rows = sheets.annotate(**following).order_by("number", "pk").values(*FIELDS, *following)
    return [
        SheetLine(
            act=acts[key := row.pop("deliberation_id")],
            source=sources[key],
            coming=_coming(acts.get(row.pop("next_act")), row.pop("next_change")),
            **row,
        )
        for row in rows
    ]


def _coming(act: Deliberation | None, change: str) -> str:
    """What an act that has no effect yet does to a text in force."""
    if act is None or not is_awaited(act):
        return ""
    what = "è eliminato" if change == Change.ELIMINATO else "cambia"
    if act.in_force_from:
        return f"{from_the(act.in_force_from)} {what} con {act.short}"
    return f"{what} con {act.short}, non ancora in vigore"


def source(act: Deliberation) -> str:
    """Return which act a text comes from, and since when it is in force, if it is: "…, vigente dal 18 ottobre 2022"."""
    return f"{act.short}, vigente {from_the(act.in_force_from)}" if act.in_force_from else act.short


@dataclass(frozen=True)
class SectorBlock:
    """The sheets of a settore: those in force, and those that an act took out of the plan (R05)."""

    sector: Sector
    sheets: list[SheetLine]
    removed: list[SheetLine]
    weights: WeightSum


@dataclass(frozen=True)
class Overview:
    """A plan at a moment; `behind` are the acts that make it, in the order of adoption."""

    blocks: list[SectorBlock]
    behind: list[Deliberation]
    sheet_count: int
    missing_texts: int

    @property
    def acts_not_on_file(self) -> list[Deliberation]:
        """The acts behind the plan whose text is not in the archive: what else they hold is not known (R01)."""
        return [act for act in self.behind if not act.on_file]


def acts_of(plan: Plan) -> list[Deliberation]:
    """Return the acts that adopted sheets of the plan, in the order of adoption, in one query."""
    adopted = Sheet.objects.of(plan).adopted().order_by().values("deliberation")
    return list(Deliberation.objects.filter(pk__in=adopted).select_related("entity").in_order())


def overview(plan: Plan, moment: Moment, acts: Iterable[Deliberation]) -> Overview:
    """Return what `plan` holds at `moment`; `acts` are those of the plan. Four queries, whatever the plan's size."""
    by_key = {act.pk: act for act in acts}
    of_plan = Sheet.objects.of(plan)
    eliminated = of_plan.adopted().filter(change=Change.ELIMINATO, deliberation__in=moment.acts.order_by())
    sheets, removed = lines(of_plan.in_force(moment.acts), by_key), lines(eliminated, by_key)
    in_effect = set(moment.acts.filter(pk__in=by_key).order_by().values_list("pk", flat=True))
    behind = [act for key, act in by_key.items() if key in in_effect]
    return Overview(
        blocks=_blocks(plan, sheets, removed, complete=all(act.on_file for act in behind)),
        behind=behind,
        sheet_count=len(sheets),
        missing_texts=sum(not line.on_file for line in sheets),
    )


def by_sector(sectors: Iterable[Sector], lines: Iterable[SheetLine]) -> list[tuple[Sector, list[SheetLine]]]:
    """Return the lines under their settore, settori by name, without those that have none."""
    groups: dict[int, list[SheetLine]] = {}
    for line in lines:
        groups.setdefault(line.sector_id, []).append(line)
    ordered = sorted(sectors, key=lambda sector: sector.match_key)
    return [(sector, groups[sector.pk]) for sector in ordered if sector.pk in groups]


def _blocks(plan: Plan, sheets: list[SheetLine], removed: list[SheetLine], complete: bool) -> list[SectorBlock]:
    out = {line.pk for line in removed}
    blocks = []
    for sector, every in by_sector(plan.entity.sectors.all(), sheets + removed):
        present = [line for line in every if line.pk not in out]
        gone = [line for line in every if line.pk in out]
        weights = WeightSum([line.weight for line in present], plan.weight_total, plan.weight_tolerance, complete)
        blocks.append(SectorBlock(sector, present, gone, weights))
    return blocks
