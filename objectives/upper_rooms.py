"""What rooms above this one add to its deeds and pages: this room does not know them, so they enter themselves here.

They do so once, when the program starts (`ready` of their app). A test lists who does.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from deliberations.models import Deliberation
from organisation.models import Entity

after_adoption: list[Callable[[Deliberation, Any], None]] = []
"""Called in the transaction of `adopt`, with the act and its actor, when all sheets are adopted: it stands or falls
with the adoption."""

after_effect: list[Callable[[Deliberation, Any], None]] = []
"""Called in the transaction in which an act comes to have a day of effect, with the act and its actor (None where
nobody was signed in): what was in force on a day may be other texts now."""

work: list[Callable[[Entity, Any, date], Any]] = []
"""What more waits for a person in an entity and what comes due there: called with it, the person's Standing and the
day, return a front_page Work."""

counts: list[Callable[[dict[int, Any]], dict[int, int]]] = []
"""How much more waits in each entity, by its key: called with the person's Standings by entity."""

overdue: list[Callable[[Entity, Any, date], set[int]]] = []
"""The keys of sheets in force in which something is overdue on a day: called with an entity, the person's Standing,
and the day; of the deadlines that this person has, and by what they may read."""


def takes_effect(act: Deliberation, by: Any, *, since: date | None = None) -> None:
    """Tell the upper rooms that an act has a day of effect, if it has one that it did not have (`since`) before."""
    if act.in_force_from and not since:
        for follow in after_effect:
            follow(act, by)
