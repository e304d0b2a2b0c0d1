"""The moment at which somebody wants to see a list or a sheet: a day, or after an act."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from deliberations.forms.fields import DayField
from deliberations.models import Deliberation
from objectives.moments import Moment, after, on
from organisation.models import Entity

TWO_MOMENTS = "Scegliere un giorno oppure un atto, non tutti e due."


class WhenForm(forms.Form):
    """A day or an act, or neither: then it is today."""

    giorno = DayField(label="al giorno", required=False)
    atto = forms.ChoiceField(
        label="dopo l'atto", required=False, error_messages={"invalid_choice": "Questo atto non è in archivio."}
    )

    def __init__(self, data: Any = None, *, entity: Entity, **kwargs: Any) -> None:
        """Offer the registered acts of the entity, the latest first."""
        super().__init__(data, **kwargs)
        self.entity = entity
        registered = entity.deliberations.registered().select_related("entity")
        self.acts: dict[str, Deliberation] = {act.slug: act for act in registered.order_by("-session_on", "-pk")}
        field: Any = self.fields["atto"]
        field.choices = [("", "—"), *((slug, act.dated) for slug, act in self.acts.items())]

    def clean(self) -> dict[str, Any]:
        """Refuse two moments at once."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("giorno") and cleaned.get("atto"):
            raise ValidationError({"giorno": TWO_MOMENTS})
        return cleaned

    @property
    def moment(self) -> Moment | None:
        """The moment that was asked for; None for today. Only of a valid form."""
        day: date | None = self.cleaned_data.get("giorno")
        if day:
            return on(self.entity, day)
        act = self.acts.get(self.cleaned_data.get("atto") or "")
        return after(act) if act else None

    @property
    def query(self) -> dict[str, str]:
        """What an address says of the moment that was asked for."""
        if not self.is_valid():
            return {}
        return {name: str(value) for name, value in self.cleaned_data.items() if value}
