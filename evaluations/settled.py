"""What verifications found done, as far as a person may know it: of a closed one all, of an open one what they read."""

import datetime as dt
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from evaluations.models import PhaseProgress, Result
from evaluations.permissions import sectors_read
from objectives.choices import TargetKind
from objectives.permissions import Standing


def reached(people: dict[int, Standing], today: dt.date) -> Subquery:
    """Of the indicator that is looked at: whether its last result that the person may read says that the thing is done,
    or that it is not to be measured. `people`: what the person is in each entity.
    """
    over = Q(not_applicable=True) | Q(date__lte=today) | Q(percent=100) | Q(kind=TargetKind.YES_NO, number=1)
    return Subquery(_last(Result.objects.filter(known_to(people))).annotate(holds=over).values("holds")[:1])


def finished(people: dict[int, Standing]) -> Subquery:
    """Of the phase that is looked at: whether the last verification that the person may read found it finished."""
    over = Q(percent=100)
    return Subquery(_last(PhaseProgress.objects.filter(known_to(people))).annotate(holds=over).values("holds")[:1])


def how_far(people: dict[int, Standing]) -> Subquery:
    """Of the phase that is looked at: its per cent in the last verification that the person may read."""
    return Subquery(_last(PhaseProgress.objects.filter(known_to(people))).values("percent")[:1])


def known_to(people: dict[int, Standing]) -> Q:
    """The rows of verifications that the person may read."""
    known = Q(pk=None)
    for entity, person in people.items():
        own = sectors_read(person)
        told = Q() if own is None else Q(round__closed_at__isnull=False) | Q(sheet__sector__in=own)
        known |= Q(round__plan__entity=entity) & told
    return known


def _last(rows: QuerySet[Any]) -> QuerySet[Any]:
    """What was entered on the row of a sheet that is looked at, the last verification first."""
    of_row = rows.filter(objective=OuterRef("sheet__objective"), key=OuterRef("key"))
    return of_row.order_by("-round__on", "-round__pk")
