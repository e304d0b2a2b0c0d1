"""What comes due for a person, in the entities and settori they have: days of indicators, phases, verifications, acts.

What is done, or was settled when the final verification was closed, is no longer overdue; what only an open
verification says is for those who may read it there (evaluations.settled). A sheet that an act took out
of the plan is not in force, so nothing of it is due (R05); a day of a later year simply has not come.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from deliberations.calendar import PUBLICATION_DAYS, last_day_of_publication
from deliberations.models import Deliberation
from evaluations.choices import VALID, RoundKind, ValidationState
from evaluations.due import Deadline, Kind, month_end
from evaluations.models import Report, Round, Validation
from evaluations.settled import finished, reached
from objectives.choices import Direction, TargetKind
from objectives.models import Indicator, Phase, Plan, Sheet
from objectives.permissions import Standing, standings
from organisation.models import Entity
from organisation.roles import MAY, Deed

REPORT_DUE = (6, 30)
"""Month and day of the next year by which the Relazione is adopted and validated (D.Lgs. 150/2009, art. 10 c. 1 b)."""
ALBO_AHEAD = dt.timedelta(days=60)
"""An act published so long before the first day that is looked at has no day of its own left."""


def first_day(today: dt.date) -> dt.date:
    """The first day that is looked at, a January 1st: what should have been done before is no deadline any more."""
    return dt.date(today.year - 1, 1, 1)


def deadlines_of(user: Any, today: dt.date) -> list[Deadline]:
    """Return the deadlines of a person, by day: of all their settori where they work, of all in what they only read.

    Nine queries, whatever there is.
    """
    return deadlines_in(standings(user), today)


def deadlines_in(people: dict[int, Standing], today: dt.date, *known: Entity) -> list[Deadline]:
    """Return the deadlines of who is this in each entity, by key: seven queries, and one for entities not `known`."""
    found = Gathering(people, today, {one.pk: one for one in known}) if people else None
    return sorted(found.all(), key=lambda one: (one.on, one.kind, one.where, one.uid)) if found else []


def overdue_sheets(entity: Entity, person: Standing, today: dt.date) -> set[int]:
    """Return the keys of the sheets in which an indicator or a phase is overdue for a person, in three queries."""
    rows = Gathering({entity.pk: person}, today, {entity.pk: entity}).of_sheets()
    return {one.sheet for one in rows if one.sheet and one.is_overdue(today)}


def own_sectors(person: Standing) -> frozenset[int] | None:
    """Return the settori whose deadlines a person has; None for all: who does not only work in some reads them all."""
    works_only = all(Deed.RESULTS in MAY[role] for role in person.roles)
    return person.sectors_for(Deed.RESULTS) if works_only else None


@dataclass
class Gathering:
    """Reads the deadlines of a person: all entities at once."""

    people: dict[int, Standing]
    today: dt.date
    entities: dict[int, Entity] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if others := self.people.keys() - self.entities.keys():
            self.entities = self.entities | Entity.objects.in_bulk(others)

    def all(self) -> Iterator[Deadline]:
        """Everything, in no order."""
        yield from self.of_sheets()
        yield from self.of_rounds()
        yield from self._acts()
        yield from self._reports()
        yield from self._validations()

    def of_sheets(self) -> Iterator[Deadline]:
        """What indicators and phases say."""
        yield from self._indicators()
        yield from self._phases()

    def of_rounds(self, rounds: Iterable[Round] | None = None) -> Iterator[Deadline]:
        """The days of verifications: of `rounds`, if they were read already."""
        mine = Round.objects.filter(plan__entity__in=self.people).select_related("plan")
        yield from map(self._round, mine.order_by("on", "pk") if rounds is None else rounds)

    @property
    def _since(self) -> dt.date:
        return first_day(self.today)

    @cached_property
    def _sheets(self) -> list[int]:
        """The keys of the sheets in force that are the person's.

        They are read first: asked for within the questions for their rows, PostgreSQL went through the rows of all
        entities to find them (docs/performance.md).
        """
        mine = Q(pk=None)
        for entity, person in self.people.items():
            own = own_sectors(person)
            place = Q(objective__plan__entity=entity)
            mine |= place if own is None else place & Q(sector__in=own)
        acts = Deliberation.objects.filter(entity__in=self.people).in_force_on(self.today)
        sheets = Sheet.objects.in_force(acts).filter(mine, on_file=True).order_by()
        return list(sheets.values_list("pk", flat=True))

    def _indicators(self) -> Iterator[Deadline]:
        timed = {"target_kind": TargetKind.DATE, "direction": Direction.BY, "target_date__gte": self._since}
        rows = Indicator.objects.filter(sheet__in=self._sheets, **timed)
        for row in _told(rows.annotate(done=reached(self.people, self.today))):
            yield self._row(row, Kind.INDICATORE, row.target_date)

    def _phases(self) -> Iterator[Deadline]:
        rows = Phase.objects.filter(sheet__in=self._sheets).exclude(months=[])
        for row in _told(rows.annotate(done=finished(self.people))):
            last = month_end(max(row.months))
            if last >= self._since:
                yield self._row(row, Kind.FASE, last)

    def _row(self, row: Any, kind: Kind, on: dt.date) -> Deadline:
        sheet = row.sheet
        plan, entity = sheet.objective.plan, self.entities[sheet.objective.plan.entity_id]
        settled = bool(row.done) or (row.fixed and on.year <= plan.year)
        return Deadline(
            on=on,
            kind=kind,
            entity=entity,
            name=_line(row.text) or "senza testo",
            where=f"{sheet} · {_line(sheet.title)}",
            path=reverse("sheet", args=[entity.slug, sheet.pk]),
            uid=f"{kind.lower()}-{sheet.objective.code}-{row.key}",
            known_at=sheet.deliberation.registered_at,
            sheet=sheet.pk,
            sector=sheet.sector_id,
            sector_name=sheet.sector.short_name,
            settled=settled,
        )

    def _round(self, one: Round) -> Deadline:
        entity = self.entities[one.plan.entity_id]
        return Deadline(
            on=one.on,
            kind=Kind.VERIFICA,
            entity=entity,
            name=str(one),
            where="risultati da inserire, confermare e chiudere",
            path=reverse("round", args=[entity.slug, one.plan.year, one.slug]),
            uid=f"verifica-{one.pk}",
            known_at=_midday(one.on),
            settled=one.is_closed,
        )

    def _acts(self) -> Iterator[Deadline]:
        late = Q(published_on__gte=self._since - ALBO_AHEAD) | Q(enforceable_on__gte=self._since)
        acts = Deliberation.objects.filter(late, entity__in=self.people).registered()
        for act in acts.filter(on_file=True, session_on__isnull=False).select_related("entity"):
            if act.published_on:
                last = last_day_of_publication(act.published_on, act.publication_days or PUBLICATION_DAYS)
                yield self._day_of(act, last, "albo", f"{act.short}: ultimo giorno all'albo pretorio")
            if enforceable := act.days.enforceable_on:
                yield self._day_of(act, enforceable, "esecutiva", f"{act.short}: diventa esecutiva")

    def _day_of(self, act: Deliberation, on: dt.date, what: str, name: str) -> Deadline:
        path = reverse("act", args=[act.entity.slug, act.slug])
        uid, entity = f"{what}-{act.pk}", self.entities[act.entity_id]
        where, known = "art. 124 e 134 TUEL", act.registered_at or _midday(on)
        return Deadline(on, Kind.ATTO, entity, name, where, path, uid, known, passes=True)

    def _reports(self) -> Iterator[Deadline]:
        """The Relazione of a plan is due from the day on which an act has adopted the plan, until it is validated."""
        valid = Report.objects.filter(plan=OuterRef("pk"), validations__state__in=VALID)
        plans = Plan.objects.filter(entity__in=self.people, year__gte=self._since.year - 1).annotate(done=Exists(valid))
        for plan in plans.filter(objectives__sheets__deliberation__registered_at__isnull=False).distinct():
            entity = self.entities[plan.entity_id]
            due = dt.date(plan.year + 1, *REPORT_DUE)
            yield Deadline(
                on=due,
                kind=Kind.RELAZIONE,
                entity=entity,
                name=f"Relazione sulla performance {plan.year}",
                where="approvata dalla Giunta e validata dal Nucleo entro il 30 giugno",
                path=reverse("report", args=[entity.slug, plan.year]),
                uid=f"relazione-{plan.pk}",
                known_at=_midday(dt.date(plan.year, 1, 1)),
                settled=plan.done,
            )

    def _validations(self) -> Iterator[Deadline]:
        """What waits for the Nucleo: for its members, and for who handed it over."""
        concerned = [
            key for key, person in self.people.items() if person.may(Deed.VALIDATE) or person.may(Deed.EVALUATE)
        ]
        waiting = Validation.objects.filter(plan__entity__in=concerned, state=ValidationState.DA_VALIDARE)
        for one in waiting.select_related("plan", "act__entity", "report__plan"):
            entity = self.entities[one.plan.entity_id]
            yield Deadline(
                on=timezone.localdate(one.requested_at),
                kind=Kind.VALIDAZIONE,
                entity=entity,
                name=f"Da validare: {one}",
                where="fascicolo trasmesso al Nucleo di Valutazione",
                path=reverse("validation", args=[entity.slug, one.pk]),
                uid=f"validazione-{one.pk}",
                known_at=one.requested_at,
                waits=True,
            )


def _told(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows of sheets with what is told of them; `fixed`: the final verification of their plan is closed."""
    final = Round.objects.filter(
        kind=RoundKind.FINALE, closed_at__isnull=False, plan=OuterRef("sheet__objective__plan")
    )
    related = ("sheet__sector", "sheet__objective__plan", "sheet__deliberation")
    return rows.annotate(fixed=Exists(final)).select_related(*related)


def _line(text: str) -> str:
    return " ".join(text.split())


def _midday(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC)
