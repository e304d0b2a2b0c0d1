"""The versions of an objective's sheet, and how one of them stands to the others and to the law today."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils import timezone

from deliberations.calendar import from_the
from objectives.choices import Change
from objectives.models import Sheet
from objectives.moments import is_awaited, today


@dataclass(frozen=True)
class Versions:
    """The adopted versions in the order of adoption, the one a page shows, and the one in force today, if any."""

    every: list[Sheet]
    shown: Sheet
    in_force: Sheet | None

    @property
    def previous(self) -> Sheet | None:
        """The version that the shown one changes."""
        return next((version for version in self.every if version.pk == self.shown.base_id), None)

    @property
    def following(self) -> Sheet | None:
        """The version that changes the shown one."""
        return next((version for version in self.every if version.base_id == self.shown.pk), None)

    @property
    def is_in_force(self) -> bool:
        """Whether the shown version is in force today."""
        return self.in_force is not None and self.in_force.pk == self.shown.pk

    @property
    def standing(self) -> str:
        """How the shown version stands today, in a sentence."""
        start, act = self.shown.in_force_from, self.shown.deliberation
        if act is None:
            raise ValueError("An adopted version has its act.")
        if self.shown.change == Change.ELIMINATO:
            return _removed(act.short, start)
        if self.is_in_force:
            return f"Testo vigente{f' {from_the(start)}' if start else ''}."
        return self._not_in_force(start)

    @property
    def coming(self) -> str:
        """What an act that has no effect yet does to the text in force, in a sentence; empty where there is none."""
        following = self.following
        act = following.deliberation if self.is_in_force and following else None
        if following is None or act is None or not is_awaited(act):
            return ""
        what = "è eliminato" if following.change == Change.ELIMINATO else "cambia"
        when = from_the(act.in_force_from) if act.in_force_from else "quando l'atto avrà effetto"
        return f"L'obiettivo {what} {when}, con {act.short}, già adottata."

    def _not_in_force(self, start: date | None) -> str:
        following = self.following
        since = following.in_force_from if following else None
        if following and following.deliberation and since and _has_come(since):
            what = "eliminato l'obiettivo" if following.change == Change.ELIMINATO else "sostituito questo testo"
            return f"Testo non più in vigore: {following.deliberation.short} ha {what} {from_the(since)}."
        return f"Testo non ancora in vigore: lo sarà {from_the(start)}." if start else "Testo non ancora in vigore."


def _has_come(start: date | None) -> bool:
    return start is not None and start <= timezone.localdate()


def _removed(act: str, start: date | None) -> str:
    """How an ELIMINATO stands: done, or waiting for the day from which its act has effect."""
    when = from_the(start) if start else "quando l'atto avrà effetto"
    if _has_come(start):
        return f"Obiettivo eliminato {when} con deliberazione {act}: il testo che segue è quello non più in vigore."
    return f"L'obiettivo sarà eliminato {when}, con deliberazione {act}: il testo che segue vale fino ad allora."


def versions_of(shown: Sheet) -> Versions:
    """Return the adopted versions of the same objective, in two queries."""
    adopted = Sheet.objects.adopted().filter(objective=shown.objective_id)
    in_order = (F("deliberation__session_on").asc(nulls_first=True), "pk")
    every = list(adopted.select_related("deliberation__entity").order_by(*in_order))
    acts = today(shown.objective.plan.entity).acts
    now = adopted.in_force(acts).order_by().values_list("pk", flat=True).first()
    return Versions(every, shown, next((version for version in every if version.pk == now), None))
