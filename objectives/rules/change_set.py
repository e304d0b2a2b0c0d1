"""What the rules look at: the proposed sheets with what they change, the plan that results, the act if there is one.

Pure: plain values, read from the database by objectives.change_sets.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum

from deliberations.calendar import ActDays
from objectives.choices import Change, ShareRule
from objectives.snapshots import Snapshot, StaffLine
from objectives.weights import HUNDRED, WeightSum


class Stage(IntEnum):
    """How far the change has come: a rule runs from its stage on.

    The weights of a settore (R01) only inform before ADOPT, because other sheets of the settore may still be on their
    way; who approved (R20) is known from APPROVE on; the act's own rules run at ADOPT.
    """

    DRAFT = 1
    SUBMIT = 2
    APPROVE = 3
    ADOPT = 4


@dataclass(frozen=True, slots=True)
class PlanRules:
    """What a plan has chosen for itself. `off` holds the ids of the rules that are switched off."""

    year: int
    weight_total: Decimal | None = HUNDRED
    weight_tolerance: Decimal = Decimal(0)
    cut_off: str = "09-30"
    share_rule: str = ShareRule.NESSUNA
    off: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ActiveSheet:
    """A sheet of the resulting plan, light: a plan has sixty. `staff` is only filled where R31 asks for persons."""

    sheet: int
    sector: int
    sector_name: str
    number: int
    weight: Decimal | None
    title: str = ""
    staff: tuple[StaffLine, ...] = ()

    @property
    def name(self) -> str:
        """How an office calls it: "FINANZIARIO n° 2"."""
        return f"{self.sector_name.removeprefix('SETTORE ')} n° {self.number}"


@dataclass(frozen=True, slots=True)
class EarlierAct:
    """The act that adopted the text which a proposed sheet changes. Of one not on file the days are not known."""

    key: int
    name: str
    on_file: bool = True
    session_on: date | None = None
    in_force_from: date | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """Who handed a sheet on. Persons are primary keys; `managers` are those who answer for the settore (R20)."""

    submitted_by: int | None = None
    approved_by: int | None = None
    approver: str = ""
    exception: str = ""
    managers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Substituted:
    """The sheet that a proposed one takes the place of. `adopted`: an act has already taken it out of the plan."""

    sheet: int
    name: str
    change: str
    adopted: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """The objective that a proposed one is a copy of, where an act changed it since the copy last took note of it."""

    name: str
    act: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposed sheet: the text it would have, the one it has now, and what else the rules ask of it."""

    after: Snapshot
    before: Snapshot | None = None
    base_act: EarlierAct | None = None
    substituted: Substituted | None = None
    source: Source | None = None
    approval: Approval = Approval()

    @property
    def sectors(self) -> dict[int, str]:
        """The settori that the change concerns, with their names; where the sheet moves, the one it leaves too."""
        texts = [text for text in (self.before, self.after) if text]
        return {text.sector: text.sector_name.removeprefix("SETTORE ") for text in texts}

    @property
    def is_active(self) -> bool:
        """Whether the sheet stands in the resulting plan."""
        return self.after.change != Change.ELIMINATO


@dataclass(frozen=True, slots=True)
class OpinionGiven:
    """A preventive opinion (TUEL 49). `holds` tells that the content is still the one it was given on."""

    kind: str
    outcome: str
    given_on: date | None = None
    holds: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ActFacts:
    """What is known of the act: what a proposal has, and what its registration adds.

    `present` tells of each member whether they were there; `expected_members` is how many members the body last had.
    `cited` and `plan_acts` are primary keys: the acts it cites, those that adopted sheets of the plan.
    `secretaries_in_nucleo` are names. `days` is None until the session is known.
    """

    opinions: tuple[OpinionGiven, ...] = ()
    cited: frozenset[int] = frozenset()
    plan_acts: frozenset[int] = frozenset()
    secretaries_in_nucleo: tuple[str, ...] = ()
    days: ActDays | None = None
    present: tuple[bool, ...] = ()
    expected_members: int | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    abstained: int | None = None
    immediate_for: int | None = None
    immediate_against: int | None = None
    immediate_abstained: int | None = None
    immediate_reason: str = ""
    group_leaders_informed_on: date | None = None

    @property
    def session_on(self) -> date | None:
        """The day of the session, once it is known."""
        return self.days.session_on if self.days else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSet:
    """Proposed sheets against the plan that would result.

    `resulting` are all active sheets of the resulting plan, the proposed ones among them. `day` is the session's, or
    today while it is not known. `complete` is False when part of the plan is not on file. `first_approval` tells that
    no act has adopted a sheet of the plan yet.
    """

    plan: PlanRules
    proposed: tuple[Proposed, ...]
    resulting: tuple[ActiveSheet, ...]
    day: date
    stage: Stage = Stage.DRAFT
    complete: bool = True
    first_approval: bool = False
    act: ActFacts | None = None

    @property
    def active(self) -> Iterator[Proposed]:
        """The proposed sheets that stand in the resulting plan."""
        return (change for change in self.proposed if change.is_active)

    @property
    def sectors(self) -> dict[int, str]:
        """The settori whose plan changes, with their names."""
        return {sector: name for change in self.proposed for sector, name in change.sectors.items()}

    def weights_of(self, sector: int) -> WeightSum:
        """Return the weights of a settore in the resulting plan."""
        return weight_sum(self.resulting, sector, self.plan, self.complete)


def weight_sum(resulting: Sequence[ActiveSheet], sector: int, plan: PlanRules, complete: bool) -> WeightSum:
    """Return the weights of a settore among the `resulting` sheets (R01)."""
    weights = [sheet.weight for sheet in resulting if sheet.sector == sector]
    return WeightSum(weights, plan.weight_total, plan.weight_tolerance, complete)
