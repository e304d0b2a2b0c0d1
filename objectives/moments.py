"""The moment at which a plan is looked at: today, on a day, or after an act (legal time, R17)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from deliberations.calendar import from_the, to_the, written
from deliberations.models import Deliberation, DeliberationQuerySet
from organisation.models import Entity


@dataclass(frozen=True)
class Moment:
    """When a plan is looked at, and the acts that have effect then. Either `day` or `act` is set."""

    acts: DeliberationQuerySet
    day: date | None = None
    act: Deliberation | None = None
    is_today: bool = False

    @property
    def label(self) -> str:
        """The moment in words, to follow the plan's name: "in vigore al 17 ottobre 2022"."""
        if self.act:
            return f"come risulta dopo {self.act.short}"
        if self.day is None:
            raise ValueError("A moment is a day or an act.")
        return f"in vigore oggi, {written(self.day)}" if self.is_today else f"in vigore {to_the(self.day)}"

    @property
    def note(self) -> str:
        """What a reader may get wrong about this moment; mostly empty."""
        if self.act is None or self.act.in_force_from == self.act.session_on:
            return ""
        if self.act.in_force_from is None:
            return f"{self.act.short} non è ancora in vigore: questo è il piano come sarà quando avrà effetto."
        return f"{self.act.short} ha effetto dopo la seduta: è in vigore {from_the(self.act.in_force_from)}."


def today(entity: Entity) -> Moment:
    """Return the present day, in Italy."""
    day = timezone.localdate()
    return Moment(entity.deliberations.in_force_on(day), day=day, is_today=True)


def on(entity: Entity, day: date) -> Moment:
    """Return the day `day`."""
    return Moment(entity.deliberations.in_force_on(day), day=day)


def after(act: Deliberation) -> Moment:
    """Return the moment when `act` and every act adopted before it have effect, whatever the day."""
    return Moment(act.entity.deliberations.up_to(act), act=act)


def is_awaited(act: Deliberation) -> bool:
    """Whether an act on file is adopted, and the day from which it has effect is still to come or not known yet."""
    return act.on_file and (act.in_force_from is None or act.in_force_from > timezone.localdate())


def last_in_force(acts: Sequence[Deliberation], day: date) -> Deliberation | None:
    """Return the last of `acts`, given in the order of adoption, that has effect on `day`."""
    return next((act for act in reversed(acts) if act.in_force_from and act.in_force_from <= day), None)


@dataclass(frozen=True)
class Step:
    """A moment near the one that is looked at: a day, or the moment after an act."""

    label: str
    day: date | None = None
    act: Deliberation | None = None


@dataclass(frozen=True)
class Steps:
    """The ways to the plan just before its last change, and with its next one."""

    back: Step | None = None
    forward: Step | None = None


def steps(moment: Moment, acts: Sequence[Deliberation]) -> Steps:
    """Return the moments around `moment`; `acts` are those of the plan in the order of adoption."""
    return _around_act(moment.act, acts) if moment.act else _around_day(moment.day, acts)


def _around_day(day: date | None, acts: Sequence[Deliberation]) -> Steps:
    changes = sorted({act.in_force_from for act in acts if act.in_force_from})
    past = [change for change in changes if day and change <= day]
    future = [change for change in changes if day and change > day]
    before = past[-1] - timedelta(days=1) if past else None
    return Steps(
        Step(f"Il giorno prima dell'ultima modifica: {written(before)}", day=before) if before else None,
        Step(f"Alla modifica seguente: {written(future[0])}", day=future[0]) if future else None,
    )


def _around_act(act: Deliberation, acts: Sequence[Deliberation]) -> Steps:
    keys = [other.pk for other in acts]
    if act.pk not in keys:
        return Steps()
    place = keys.index(act.pk)
    back, forward = acts[:place][-1:], acts[place + 1 :][:1]
    return Steps(
        Step(f"Dopo {back[0].short}", act=back[0]) if back else None,
        Step(f"Dopo {forward[0].short}", act=forward[0]) if forward else None,
    )
