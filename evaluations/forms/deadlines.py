"""What a person wants to see of their deadlines, and how they want to hear of them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms

from evaluations.choices import Digest
from evaluations.due import Deadline, Kind
from organisation.models import Entity, Sector

DAYS_AHEAD = 92
EVERYTHING = "tutte"
EVERYWHERE = "tutti"


class DeadlineForm(forms.Form):
    """Which deadlines to list. What is overdue or waits is listed whatever the period."""

    ente = forms.ChoiceField(label="Ente", required=False)
    settore = forms.TypedChoiceField(label="Settore", required=False, coerce=int, empty_value=None)
    tipo = forms.ChoiceField(label="Che cosa", required=False, choices=[("", "tutto"), *Kind.choices])
    periodo = forms.ChoiceField(
        label="Periodo", required=False, choices=[("", "prossimi tre mesi"), (EVERYTHING, "senza limite")]
    )

    def __init__(self, data: Any, *, entity: Entity, several: bool, sectors: Iterable[Sector]) -> None:
        """Offer the settori, and all entities to who has `several`."""
        super().__init__(data)
        self.entity = entity
        others = [(EVERYWHERE, "tutti i miei enti")] if several else []
        self.fields["ente"].choices = [("", entity.name), *others]  # type: ignore[attr-defined]
        named = [(one.pk, one.short_name) for one in sectors]
        self.fields["settore"].choices = [("", "tutti i settori"), *named]  # type: ignore[attr-defined]

    def chosen(self, deadlines: Iterable[Deadline], today: dt.date) -> list[Deadline]:
        """Return those that were asked for; all of the entity when what was asked for makes no sense."""
        asked = self.cleaned_data if self.is_valid() else {}
        last = None if asked.get("periodo") else today + dt.timedelta(days=DAYS_AHEAD)
        return [
            one
            for one in deadlines
            if one.is_open(today)
            and (asked.get("ente") or one.entity.pk == self.entity.pk)
            and asked.get("settore") in {None, one.sector}
            and asked.get("tipo") in {None, "", one.kind}
            and (last is None or one.on <= last)
        ]


class DigestForm(forms.Form):
    """How often a digest comes by e-mail."""

    digest = forms.ChoiceField(
        label="Riepilogo per e-mail",
        choices=Digest.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Scegliere ogni quanto.", "invalid_choice": "Scegliere una delle voci."},
    )
