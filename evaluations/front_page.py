"""What this room adds to the first page of an entity: what waits for the person, what comes due (upper_rooms)."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef

from evaluations.deadlines import Gathering
from evaluations.inbox import trays
from evaluations.models import Round
from evaluations.overview import to_close
from objectives.front_page import Coming, Work
from objectives.permissions import Standing
from organisation.models import Entity

SOON = 4
"""So many of those to come stand on the first page."""


def work(entity: Entity, person: Standing, today: dt.date) -> Work:
    """Return what waits for the person in an entity, and what comes due: three queries and those of the trays."""
    rounds = rounds_of(entity)
    return Work(trays(entity, person, rounds), coming(entity, person, today, rounds))


def rounds_of(entity: Entity) -> list[Any]:
    """Return the verifications of an entity by their day; `ready` are those that can be closed."""
    ready = Exists(to_close([entity.pk]).filter(pk=OuterRef("pk")))
    found = Round.objects.filter(plan__entity=entity).select_related("plan").annotate(ready=ready)
    return list(found.order_by("on", "pk"))


def coming(entity: Entity, person: Standing, today: dt.date, rounds: Sequence[Round]) -> Coming:
    """Return what comes due first for a person, of sheets and verifications.

    What waits, what comes by itself and the Relazione are left to the whole list.
    """
    found = Gathering({entity.pk: person}, today, {entity.pk: entity})
    every = [one for one in (*found.of_sheets(), *found.of_rounds(rounds)) if one.is_open(today)]
    late = sum(one.is_overdue(today) for one in every)
    ahead = sorted((one for one in every if one.on >= today), key=lambda one: (one.on, one.kind, one.where, one.uid))
    return Coming(late, [(one, one.standing(today)) for one in ahead[:SOON]])
