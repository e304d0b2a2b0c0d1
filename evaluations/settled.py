"""What verifications found done, as far as a person may know it: of a closed one all, of an open one what they read."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from evaluations.models import PhaseProgress, Result
from evaluations.permissions import sectors_read
from objectives.choices import TargetKind
from objectives.permissions import Standing

RowKey = tuple[int, UUID]


def reached(people: dict[int, Standing], today: dt.date) -> set[RowKey]:
    """Return the indicators, by objective and key, whose last result that the person may read says that the thing is
    done, or that it is not to be measured. `people`: what the person is in each entity.
    """
    over = Q(not_applicable=True) | Q(date__lte=today) | Q(percent=100) | Q(kind=TargetKind.YES_NO, number=1)
    return _rows_where(Result.objects.filter(_known_to(people)), over)


def finished(people: dict[int, Standing]) -> set[RowKey]:
    """Return the phases that the last verification that the person may read found finished."""
    return _rows_where(PhaseProgress.objects.filter(_known_to(people)), Q(percent=100))


def _known_to(people: dict[int, Standing]) -> Q:
    known = Q(pk=None)
    for entity, person in people.items():
        own = sectors_read(person)
        told = Q() if own is None else Q(round__closed_at__isnull=False) | Q(sheet__sector__in=own)
        known |= Q(round__plan__entity=entity) & told
    return known


def _rows_where(rows: QuerySet[Any], holds: Q) -> set[RowKey]:
    last: dict[RowKey, bool] = {}
    ordered = rows.order_by("round__on", "round__pk").annotate(holds=holds)
    for objective, key, held in ordered.values_list("objective_id", "key", "holds"):
        last[objective, key] = bool(held)
    return {row for row, held in last.items() if held}
