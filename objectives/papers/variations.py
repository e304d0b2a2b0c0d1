"""The table of an act's variations: per settore what changes, why, and what it does to the weights (R02, R07). Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from objectives.choices import Change, Motive, how_many
from objectives.snapshots import Snapshot
from objectives.weights import written

ZERO = Decimal(0)
NOTHING = "—"


@dataclass(frozen=True)
class Variation:
    """One changed sheet: its weight before and after, None for one that is not known; and why it changes.

    One that moves to another settore has a second line in the settore that it leaves.
    """

    sheet: Snapshot
    before: Decimal | None
    after: Decimal | None
    reason: str
    leaves: bool = False

    @property
    def goal(self) -> str:
        """What the objective is called: number and title."""
        return f"n° {self.sheet.number} {self.sheet.title}".strip()

    @property
    def weight_before(self) -> str:
        return NOTHING if self.sheet.change == Change.INSERITO else written(self.before)

    @property
    def weight_after(self) -> str:
        return NOTHING if self.sheet.change == Change.ELIMINATO else written(self.after)

    @property
    def effect(self) -> Decimal | None:
        """What it adds to the weights of its settore, None where a weight is not known (R02)."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def effect_written(self) -> str:
        return signed(self.effect)


@dataclass(frozen=True)
class SectorVariations:
    """The variations of a settore, in the order of their numbers, and their net effect on its weights."""

    name: str
    lines: Sequence[Variation]

    @property
    def net(self) -> Decimal | None:
        """The sum of the effects, None where one is not known (R02)."""
        effects = [line.effect for line in self.lines]
        return None if None in effects else sum((effect for effect in effects if effect is not None), ZERO)

    @property
    def net_written(self) -> str:
        return signed(self.net)


def variations(
    sheets: Iterable[Snapshot], bases: Mapping[int, Snapshot], named: Mapping[int, str]
) -> list[SectorVariations]:
    """Return the variations per settore, settori by name.

    `bases` has the version that each sheet changes, by its primary key; `named` how the sheets that others substitute
    are called, by theirs.
    """
    groups: dict[int, list[Variation]] = {}
    for sheet in sheets:
        base = bases.get(sheet.base or 0)
        for line in _lines(variation(sheet, base, named.get(sheet.substitutes or 0, "")), base):
            groups.setdefault(line.sheet.sector, []).append(line)
    found = [SectorVariations(_sector(lines), sorted(lines, key=_place)) for lines in groups.values()]
    return sorted(found, key=lambda sector: sector.name)


def variation(sheet: Snapshot, base: Snapshot | None, substituted: str = "") -> Variation:
    """Return one line of the table. An ELIMINATO takes away the weight it had, which its own text repeats (R05)."""
    before = ZERO if sheet.change == Change.INSERITO else base.weight if base and base.on_file else None
    after = ZERO if sheet.change == Change.ELIMINATO else sheet.weight
    if sheet.change == Change.ELIMINATO and before is None:
        before = sheet.weight
    return Variation(sheet, before, after, _reason(sheet, substituted))


def counts(sectors: Iterable[SectorVariations]) -> str:
    """Return how many sheets change and how: "13 schede: 11 MODIFICATE, 1 ELIMINATA, 1 INSERITA"."""
    changes = [line.sheet.change for sector in sectors for line in sector.lines if not line.leaves]
    parts = [how_many(changes.count(change), change) for change in _ORDER if change in changes]
    number = "1 scheda" if len(changes) == 1 else f"{len(changes)} schede"
    return f"{number}: {', '.join(parts)}" if parts else number


def signed(effect: Decimal | None) -> str:
    """Return an effect as one reads it: "+5", "−25", "0"; "non noto" for None."""
    if effect is None:
        return "non noto"
    sign = "+" if effect > 0 else "−" if effect < 0 else ""
    return f"{sign}{written(abs(effect))}"


def _lines(line: Variation, base: Snapshot | None) -> list[Variation]:
    """The line of a sheet; where it moves, that of the settore it leaves too: each settore has its own effect (R02)."""
    if base is None or base.sector == line.sheet.sector:
        return [line]
    reason = f"Passa al settore {_short(line.sheet)}"
    left = Variation(replace(base, change=line.sheet.change), line.before, ZERO, reason, leaves=True)
    came = ". ".join(part for part in (line.reason, f"Viene dal settore {_short(base)}") if part)
    return [left, replace(line, before=ZERO, reason=came)]


def _short(sheet: Snapshot) -> str:
    return sheet.sector_name.removeprefix("SETTORE ")


def _reason(sheet: Snapshot, substituted: str) -> str:
    label = Motive(sheet.motive).label if sheet.motive else ""
    instead = f"in luogo di {substituted}" if substituted else ""
    return ". ".join(part[0].upper() + part[1:] for part in (label, sheet.motive_text.rstrip("."), instead) if part)


def _sector(lines: Sequence[Variation]) -> str:
    return lines[0].sheet.sector_name


def _place(line: Variation) -> tuple[int, int, int]:
    return line.sheet.number, _ORDER.index(line.sheet.change), line.sheet.sheet


_ORDER = [Change.MODIFICATO.value, Change.ELIMINATO.value, Change.INSERITO.value]
