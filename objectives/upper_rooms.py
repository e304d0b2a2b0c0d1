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

trays: list[Callable[[Entity, Any], list[Any]]] = []
"""More of what waits for a person in an entity: called with it and the person's Standing, return inbox Trays."""

counts: list[Callable[[dict[int, Any]], dict[int, int]]] = []
"""How much more waits in each entity, by its key: called with the person's Standings by entity."""

overdue: list[Callable[[Entity, Any, date], set[int]]] = []
"""The keys of sheets in force in which something is overdue on a day: called with an entity, the person's Standing,
and the day; of the deadlines that this person has, and by what they may read."""
