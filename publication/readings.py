"""The sheets of a published plan: in force today or on a day gone by, after an act, in each version."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.http import Http404
from django.utils import timezone

from deliberations.models import Deliberation
from objectives.choices import Change
from objectives.models import Sheet, SheetQuerySet
from publication.hidden_names import HiddenNames, hidden_names
from publication.plans import PublicPlan
from publication.sheets import PublicSheet, public_sheets


@dataclass(frozen=True)
class Reading:
    """A plan's sheets after its acts in force, up to one of them where `act` is set."""

    sheets: list[PublicSheet]
    hidden: HiddenNames
    act: Deliberation | None

    @property
    def by_sector(self) -> list[tuple[str, list[PublicSheet]]]:
        """The sheets under the name of their settore."""
        return [(sector, list(some)) for sector, some in groupby(self.sheets, key=lambda sheet: sheet.sector)]


class SheetReading(NamedTuple):
    """An objective as read: the version shown, every version, and whether it was out of the plan by then."""

    sheet: PublicSheet
    versions: list[PublicSheet]
    removed: bool


def sheets_read(found: PublicPlan, act: Deliberation | None = None, day: date | None = None) -> SheetQuerySet:
    """Return the versions in force today, after `act`, or on a `day` that is not to come."""
    acts = found.plan.entity.deliberations.in_force_on(day or timezone.localdate())
    sheets: SheetQuerySet = Sheet.objects.of(found.plan).in_force(acts.up_to(act) if act else acts)
    return sheets


def reading(found: PublicPlan) -> Reading:
    """Return what is in force today."""
    hidden = hidden_names(found.plan.entity)
    return Reading(public_sheets(sheets_read(found), hidden), hidden, None)


def reading_after(found: PublicPlan, act: Deliberation) -> tuple[Reading, list[PublicSheet]]:
    """Return what was in force after `act`, and what the act adopted, those it took out included; read at once."""
    removed = Sheet.objects.of(found.plan).adopted().filter(deliberation=act, change=Change.ELIMINATO)
    hidden = hidden_names(found.plan.entity)
    every = public_sheets(sheets_read(found, act) | removed, hidden)
    in_force = [sheet for sheet in every if sheet.change != Change.ELIMINATO]
    return Reading(in_force, hidden, act), [sheet for sheet in every if sheet.act_slug == act.slug]


def changed_by(found: PublicPlan, act: Deliberation, hidden: HiddenNames) -> list[PublicSheet]:
    """Return the sheets of the plan that `act` adopted, those it took out included."""
    return public_sheets(Sheet.objects.of(found.plan).filter(deliberation=act), hidden)


def versions(found: PublicPlan, objective: int) -> list[PublicSheet]:
    """Return what each act in force did with an objective, in the order of adoption."""
    of_it = Sheet.objects.of(found.plan).filter(objective__pk=objective, deliberation__in=found.acts)
    order = {act.slug: place for place, act in enumerate(found.acts)}
    every = public_sheets(of_it, hidden_names(found.plan.entity))
    return sorted(every, key=lambda sheet: order[sheet.act_slug])


def read_sheet(found: PublicPlan, objective: int, act: Deliberation | None = None) -> SheetReading:
    """Return an objective as in force today or as `act` left it; one that was taken out, with its last text.

    Raises Http404 for one that the plan has not, or had not by then.
    """
    every = versions(found, objective)
    names = [one.slug for one in found.acts]
    by_then = set(names[: names.index(act.slug) + 1] if act else names)
    known = [version for version in every if version.act_slug in by_then]
    if not known:
        raise Http404("Nessuna scheda del piano ha questo indirizzo.")
    return SheetReading(known[-1], every, known[-1].change == Change.ELIMINATO)
