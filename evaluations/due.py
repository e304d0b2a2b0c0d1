"""What comes due: one thing with its day and how it stands, and lists of them under their months or settori."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices

from organisation.models import Entity

WHOLE_PLAN = "Tutto il piano"


class Kind(TextChoices):
    """What comes due."""

    INDICATORE = "INDICATORE", "Termini degli indicatori"
    FASE = "FASE", "Fini delle fasi"
    VERIFICA = "VERIFICA", "Verifiche"
    VALIDAZIONE = "VALIDAZIONE", "Validazioni"
    RELAZIONE = "RELAZIONE", "Relazione"
    ATTO = "ATTO", "Pubblicazione ed esecutività degli atti"

    @property
    def short(self) -> str:
        """One of them, in a narrow cell."""
        return {"INDICATORE": "indicatore", "FASE": "fase", "ATTO": "atto"}.get(self.value, self.value.lower())


@dataclass(frozen=True)
class Deadline:
    """Something that comes due on a day. `uid` is the same as long as the thing is, whatever its day.

    `settled`: there is nothing left to do. `passes`: its day comes by itself. `waits`: no day is set for it, and it has
    waited since `on`. `known_at` is when it came on record.
    """

    on: dt.date
    kind: Kind
    entity: Entity
    name: str
    where: str
    path: str
    uid: str
    known_at: dt.datetime
    sheet: int | None = None
    sector: int | None = None
    sector_name: str = ""
    settled: bool = False
    passes: bool = False
    waits: bool = False

    def is_overdue(self, today: dt.date) -> bool:
        """Whether it should have been done by now."""
        return self.on < today and not (self.settled or self.passes or self.waits)

    def is_open(self, today: dt.date) -> bool:
        """Whether it still comes, waits or is overdue: what a list of deadlines shows."""
        return self.waits or self.is_overdue(today) or (self.on >= today and not self.settled)

    def standing(self, today: dt.date) -> str:
        """How it stands, in words."""
        if self.waits:
            return "in attesa"
        if self.settled:
            return "fatto"
        if self.is_overdue(today):
            days = (today - self.on).days
            return f"in ritardo di {days} {'giorno' if days == 1 else 'giorni'}"
        return {0: "oggi", 1: "domani"}.get((self.on - today).days, "")


def month_end(month: str) -> dt.date:
    """The last day of a month written as "YYYY-MM"."""
    year, number = int(month[:4]), int(month[5:])
    return dt.date(year + number // 12, number % 12 + 1, 1) - dt.timedelta(days=1)


def by_month(deadlines: Iterable[Deadline]) -> list[tuple[dt.date, list[Deadline]]]:
    """Return deadlines under the first day of their month, in order."""
    months: dict[dt.date, list[Deadline]] = {}
    for one in deadlines:
        months.setdefault(one.on.replace(day=1), []).append(one)
    return sorted(months.items())


def by_sector(deadlines: Iterable[Deadline]) -> list[tuple[str, list[Deadline]]]:
    """Return deadlines under the name of their settore, by name; first of all what is of the whole plan."""
    sectors: dict[str, list[Deadline]] = {}
    for one in deadlines:
        sectors.setdefault(one.sector_name or WHOLE_PLAN, []).append(one)
    return sorted(sectors.items(), key=lambda group: (group[0] != WHOLE_PLAN, group[0]))
