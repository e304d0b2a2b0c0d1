"""To which settori an objective is given, and in which plan."""

from collections.abc import Sequence
from typing import Any

from django import forms

from deliberations.forms.fields import RowsField
from objectives.models import Plan
from organisation.models import Sector


class CopyForm(forms.Form):
    """The plan, and one or more settori."""

    piano = forms.ModelChoiceField(
        label="Nel piano",
        queryset=Plan.objects.none(),
        empty_label=None,
        error_messages={
            "required": "Scegliere il piano.",
            "invalid_choice": "Scegliere uno dei piani dell'elenco.",
        },
    )
    settori = RowsField(
        label="Ai settori",
        queryset=Sector.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Scegliere almeno un settore.",
            "invalid_choice": "Uno dei settori scelti non è più tra i suoi: rileggere l'elenco.",
            "invalid_pk_value": "Uno dei settori scelti non è in archivio.",
        },
    )

    def __init__(self, data: Any, *, plans: Any, sectors: Sequence[Sector], initial: Plan) -> None:
        """Offer these plans and settori."""
        super().__init__(data, initial={"piano": initial.pk})
        self.fields["piano"].queryset = plans  # type: ignore[attr-defined]
        chosen: Any = self.fields["settori"]
        chosen.queryset = Sector.objects.filter(pk__in=[one.pk for one in sectors]).order_by("match_key")
        chosen.label_from_instance = lambda one: one.short_name
