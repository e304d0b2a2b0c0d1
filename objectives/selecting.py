"""Which sheets somebody looks for: of all years of an entity, by their texts, facts, values and state.

What no act adopted is found only by who sees it on the pages of the drafts (Standing.visible).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from deliberations.models import DeliberationQuerySet
from objectives import upper_rooms
from objectives.choices import State, TargetKind
from objectives.models import Indicator, Sheet, SheetQuerySet
from objectives.permissions import Standing
from objectives.searching import having
from organisation.folding import fold
from organisation.models import Entity

IN_FORCE, PAST, ANY = "vigore", "superate", "tutte"
"""Beside the open states: in force today; adopted and no longer, or not yet, in force; all, the open ones too."""

NUMERIC = (TargetKind.NUMBER, TargetKind.PERCENT, TargetKind.COUNT, TargetKind.FREQUENCY, TargetKind.NONE_AT_ALL)

ORDERS = {
    "": ("dal piano più recente", ("-objective__plan__year", "sector__match_key", "number")),
    "anno": ("dal piano più vecchio", ("objective__plan__year", "sector__match_key", "number")),
    "settore": ("per settore e numero", ("sector__match_key", "number", "-objective__plan__year")),
    "titolo": ("per titolo", ("title", "-objective__plan__year")),
    "peso": ("dal peso maggiore", ("-weight", "-objective__plan__year", "sector__match_key", "number")),
    "atto": ("dall'atto più recente", ("-deliberation__session_on", "-deliberation__number", "position")),
}
"""The orders of a list: its words, and the fields. What is left equal: in force first, then the last version."""


@dataclass(frozen=True)
class Asked:
    """What somebody looks for; an empty value asks nothing. `lowest` and `highest` are both numbers or both days."""

    words: tuple[str, ...] = ()
    year: int | None = None
    sector: int | None = None
    manager: str = ""
    state: str = ""
    change: str = ""
    family: str = ""
    expected: str = ""
    lowest: Decimal | date | None = None
    highest: Decimal | date | None = None
    multi_year: bool | None = None
    overdue: bool = False
    order: str = ""

    @property
    def depends_on_person(self) -> bool:
        """Whether what is found is not the same for everybody."""
        return self.overdue or self.state not in {"", IN_FORCE, PAST}


def select(entity: Entity, person: Standing, asked: Asked, acts: DeliberationQuerySet | None) -> SheetQuerySet:
    """Return the versions that the person may see and that have all that is `asked`, in no order.

    With `acts`, those in force when exactly these have effect; else every adopted version, unless a state is asked for.
    """
    sheets = having(_standing(entity, person, asked.state, acts).filter(_facts(asked)), list(asked.words))
    if asked.family or asked.expected or asked.lowest is not None or asked.highest is not None:
        having_it = Indicator.objects.filter(_values(asked))
        if asked.expected:
            having_it = having_it.filter(pk__in=_written(entity, having_it, fold(asked.expected)))
        sheets = sheets.filter(Exists(having_it.filter(sheet=OuterRef("pk"))))
    if asked.overdue:
        sheets = sheets.filter(pk__in=_overdue(entity, person))
    return sheets


def _standing(entity: Entity, person: Standing, state: str, acts: DeliberationQuerySet | None) -> SheetQuerySet:
    every: SheetQuerySet = Sheet.objects.filter(objective__plan__entity=entity)
    if acts is not None:
        return every.in_force(acts)
    today = Sheet.objects.in_force(entity.deliberations.in_force_on(timezone.localdate())).order_by().values("pk")
    if state in {IN_FORCE, PAST}:
        adopted = every.adopted()
        return adopted.filter(pk__in=today) if state == IN_FORCE else adopted.exclude(pk__in=today)
    if not state:
        return every.adopted()
    seen = person.visible(Sheet.objects.all()).order_by().values("pk")
    if state == ANY:
        return every.filter(Q(state=State.ADOTTATA) | Q(pk__in=seen))
    return every.filter(pk__in=seen, state=state)


def _facts(asked: Asked) -> Q:
    named: dict[str, Any] = {
        "objective__plan__year": asked.year,
        "sector": asked.sector,
        "manager__name": asked.manager,
        "change": asked.change,
    }
    facts = Q(**{name: value for name, value in named.items() if value})
    return facts if asked.multi_year is None else facts & Q(multi_year=asked.multi_year)


def _values(asked: Asked) -> Q:
    """What one and the same indicator must have."""
    wanted = Q(family=asked.family) if asked.family else Q()
    for bound, side in ((asked.lowest, "gte"), (asked.highest, "lte")):
        if isinstance(bound, date):
            wanted &= Q(**{f"target_date__{side}": bound})
        elif bound is not None:
            wanted &= Q(**{f"target_number__{side}": bound, "target_kind__in": NUMERIC})
    return wanted


def _written(entity: Entity, indicators: Any, wanted: str) -> list[int]:
    """The keys of those whose expected value holds these folded words: no database folds accents as this program."""
    rows = indicators.filter(sheet__objective__plan__entity=entity).order_by().values_list("pk", "expected")
    return [key for key, expected in rows if wanted in fold(expected)]


def _overdue(entity: Entity, person: Standing) -> set[int]:
    today = timezone.localdate()
    return {key for more in upper_rooms.overdue for key in more(entity, person, today)}
