"""What differs between two moments of a plan: the sheets that came, changed and went, settore by settore. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from objectives.changes.sheets import SheetComparison, compare_sheets
from objectives.choices import Change
from objectives.snapshots import Snapshot
from objectives.weights import WeightSum, written


@dataclass(frozen=True)
class SheetFate:
    """An objective at two moments: `old` or `new` is None where it is not in the plan.

    `texts` compares them where it is in both.
    """

    old: Snapshot | None
    new: Snapshot | None
    texts: SheetComparison | None = None

    @property
    def shown(self) -> Snapshot:
        """The sheet as it stands, or stood. Raises ValueError for an objective that is in neither."""
        shown = self.new or self.old
        if shown is None:
            raise ValueError("An objective is in the plan at one of the two moments.")
        return shown

    @property
    def change(self) -> str:
        """INSERITO, MODIFICATO or ELIMINATO; empty for a sheet that stayed as it was."""
        if self.old is None:
            return Change.INSERITO
        if self.new is None:
            return Change.ELIMINATO
        unknown = self.texts is not None and bool(self.texts.reason)
        return Change.MODIFICATO if unknown or (self.texts and self.texts.differs) else ""

    @property
    def weight_sentence(self) -> str:
        """The weight in words: "peso 25", "peso da 25 a 20", "peso 20 (prima non noto)"."""
        weights = [written(one.weight) for one in (self.old, self.new) if one]
        if self.old and self.new and self.old.weight is None and self.new.weight is not None:
            return f"peso {weights[1]} (prima {weights[0]})"
        return f"peso da {weights[0]} a {weights[1]}" if len(set(weights)) == 2 else f"peso {weights[0]}"

    @property
    def changes_sector(self) -> bool:
        """Whether the objective went from one settore to another."""
        return self.old is not None and self.new is not None and self.old.sector != self.new.sector


@dataclass
class SectorChanges:
    """What became of a settore's sheets between two moments, with their weights at either (R02)."""

    sector: int
    name: str
    changed: list[SheetFate] = field(default_factory=list)
    left: list[SheetFate] = field(default_factory=list)
    unchanged: int = 0
    weights_before: list[Decimal | None] = field(default_factory=list)
    weights_after: list[Decimal | None] = field(default_factory=list)

    @property
    def before(self) -> WeightSum:
        """The weights at the earlier moment."""
        return WeightSum(self.weights_before, total=None)

    @property
    def after(self) -> WeightSum:
        """The weights at the later moment."""
        return WeightSum(self.weights_after, total=None)

    @property
    def net(self) -> Decimal | None:
        """What the changes add to the settore's weights; None where the weight of a sheet that changed is not known."""
        came = [fate.new.weight for fate in self.changed if fate.new]
        went = [fate.old.weight for fate in self.changed if fate.old and not fate.changes_sector]
        went += [fate.old.weight for fate in self.left if fate.old]
        known = [weight for weight in (*came, *went) if weight is not None]
        if len(known) < len(came) + len(went):
            return None
        return sum(known[: len(came)], Decimal(0)) - sum(known[len(came) :], Decimal(0))

    @property
    def weight_sentence(self) -> str:
        """The weights in words: "La somma dei pesi passa da 100 a 95 (−5)." """
        if self.net is None:
            return "Di quanto cambia la somma dei pesi non si sa: non tutti i pesi sono in archivio."
        known = " noti" if self.before.unknown or self.after.unknown else ""
        if not self.net:
            return f"La somma dei pesi{known} resta {written(self.after.known)}."
        before, after = written(self.before.known), written(self.after.known)
        return f"La somma dei pesi{known} passa da {before} a {after} ({signed(self.net)})."


def signed(weight: Decimal) -> str:
    """A difference of weights as an office writes it: "+5", "−12,5", "0"."""
    sign = "+" if weight > 0 else "−" if weight < 0 else ""
    return f"{sign}{written(abs(weight))}"


@dataclass(frozen=True)
class PlanComparison:
    """Two moments of a plan: the settori in which something changed, by name, and those in which nothing did."""

    sectors: list[SectorChanges]
    quiet: list[SectorChanges]

    @property
    def fates(self) -> list[SheetFate]:
        """The objectives that came, changed or went."""
        return [fate for sector in self.sectors for fate in sector.changed]

    @property
    def counts(self) -> dict[str, int]:
        """How many sheets are INSERITO, MODIFICATO and ELIMINATO."""
        changes = [fate.change for fate in self.fates]
        return {change: changes.count(change) for change in Change.values}

    @property
    def without_earlier_text(self) -> int:
        """How many sheets changed nobody can say how: their earlier text is not on file."""
        return sum(fate.texts is not None and fate.texts.lacks_earlier_text for fate in self.fates)

    @property
    def unchanged(self) -> int:
        """How many sheets are the same at both moments."""
        return sum(sector.unchanged for sector in (*self.sectors, *self.quiet))


def compare_plans(old: Iterable[Snapshot], new: Iterable[Snapshot]) -> PlanComparison:
    """Return what differs between the sheets in force at two moments, the earlier ones first."""
    before, after = {one.objective: one for one in old}, {one.objective: one for one in new}
    sectors: dict[int, SectorChanges] = {}
    for objective in sorted({*before, *after}):
        _put(sectors, _fate(before.get(objective), after.get(objective)))
    by_name = sorted(sectors.values(), key=lambda one: one.name)
    for sector in by_name:
        sector.changed.sort(key=lambda fate: (fate.shown.number, fate.change))
    return PlanComparison(
        [sector for sector in by_name if sector.changed or sector.left],
        [sector for sector in by_name if not sector.changed and not sector.left],
    )


def _fate(old: Snapshot | None, new: Snapshot | None) -> SheetFate:
    if old is None or new is None or old.sheet == new.sheet:
        return SheetFate(old, new)
    return SheetFate(old, new, compare_sheets(old, new))


def _put(sectors: dict[int, SectorChanges], fate: SheetFate) -> None:
    """Set a sheet down under its settore; one that went to another settore is missing from its former one."""
    for snapshot, weights in ((fate.old, "weights_before"), (fate.new, "weights_after")):
        if snapshot:
            getattr(_sector(sectors, snapshot), weights).append(snapshot.weight)
    here = _sector(sectors, fate.shown)
    if not fate.change:
        here.unchanged += 1
        return
    here.changed.append(fate)
    if fate.old and fate.changes_sector:
        _sector(sectors, fate.old).left.append(fate)


def _sector(sectors: dict[int, SectorChanges], of: Snapshot) -> SectorChanges:
    name = of.sector_name.removeprefix("SETTORE ")
    return sectors.setdefault(of.sector, SectorChanges(of.sector, name))
