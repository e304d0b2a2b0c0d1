"""The rows of a sheet: phases, indicators, participations."""

import uuid
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from deliberations.models import ImmutableError
from objectives.choices import SLOTS, Direction, Family, State, TargetKind
from objectives.models.sheet import FROZEN, PERCENT, Sheet
from organisation.recording import Records, Tracked, TrackedQuerySet

MONTH = RegexValidator(r"^\d{4}-(0[1-9]|1[0-2])$", "Un mese si scrive come 2022-10.")


class RowQuerySet(TrackedQuerySet):
    """Rows of sheets."""

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete rows of drafts; refuse when one of an adopted version is among them."""
        if self.filter(sheet__state=State.ADOTTATA, sheet__on_file=True).exists():
            raise ImmutableError(FROZEN)
        return super().delete()


class Row(Tracked):
    """A row of a sheet. `key` is the same in every version, so that versions are compared row by row."""

    key = models.UUIDField("chiave", default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField("posizione")

    objects: ClassVar[Any] = RowQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save a row of a version that is not adopted. Raises ImmutableError otherwise (R08)."""
        self._refuse_if_adopted()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete a row of a version that is not adopted. Raises ImmutableError otherwise (R08)."""
        self._refuse_if_adopted()
        return super().delete(*args, **kwargs)

    def _refuse_if_adopted(self) -> None:
        if self.sheet.is_adopted and self.sheet.on_file:  # type: ignore[attr-defined]
            raise ImmutableError(FROZEN)


class Phase(Row):
    """A phase of an objective, in one of the form's 8 slots, with the months the document states."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="phases")
    text = models.TextField("descrizione della fase")
    months = models.JSONField("mesi", default=list, blank=True)

    history = Records()

    class Meta(Row.Meta):
        verbose_name = "fase"
        verbose_name_plural = "fasi"
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "position"],
                name="a_slot_holds_one_phase",
                violation_error_message="C'è già una fase in questa casella.",
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=SLOTS),
                name="a_form_has_eight_slots",
                violation_error_message="Le fasi sono al massimo 8.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.text}"

    def clean(self) -> None:
        """Refuse months that are not written as YYYY-MM, or lie outside the plan's year and the two after it."""
        year = self.sheet.objective.plan.year
        for month in self.months:
            MONTH(month)
            if not year <= int(month[:4]) <= year + 2:
                raise ValidationError({"months": f"Il mese {month} è fuori dagli anni {year}–{year + 2} del piano."})
        self.months = sorted(set(self.months))


class Indicator(Row):
    """An indicator of result: the values exactly as written, and beside them how they were read (R24)."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="indicators")
    family = models.CharField("famiglia", max_length=10, choices=Family)
    text = models.TextField("indicatore")
    expected = models.TextField("atteso", blank=True)
    achieved = models.TextField("raggiunto", blank=True)
    deviation = models.TextField("scostamento", blank=True)
    target_kind = models.CharField("tipo di valore", max_length=12, choices=TargetKind, blank=True)
    target_number = models.DecimalField("valore numerico", max_digits=14, decimal_places=4, null=True, blank=True)
    target_date = models.DateField("data", null=True, blank=True)
    target_unit = models.CharField("unità", max_length=60, blank=True)
    direction = models.CharField("direzione", max_length=10, choices=Direction, blank=True)
    year = models.PositiveSmallIntegerField("anno", null=True, blank=True)
    weight = models.DecimalField("peso", max_digits=5, decimal_places=2, null=True, blank=True, validators=PERCENT)

    history = Records()

    class Meta(Row.Meta):
        verbose_name = "indicatore"
        verbose_name_plural = "indicatori"

    def __str__(self) -> str:
        return self.text


class Participation(Row):
    """A person involved in an objective, with their share as written. Never shown in public (R32)."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="participations")
    category = models.CharField("categoria", max_length=30, blank=True)
    name = models.CharField("cognome e nome", max_length=150)
    share = models.CharField("% partecipazione", max_length=30, blank=True)

    history = Records()

    class Meta(Row.Meta):
        verbose_name = "partecipazione"
        verbose_name_plural = "partecipazioni"

    def __str__(self) -> str:
        return self.name
