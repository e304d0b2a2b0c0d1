"""Who was at the session."""

from typing import Any, cast

from django import forms

from deliberations.models import Attendance
from organisation.models import Entity

EMPTY_SEATS = 2
"""Blank rows offered after the members of the last session."""


class MemberForm(forms.Form):
    """A member of the Giunta at the session; a row without a name is none."""

    name = forms.CharField(label="Cognome e nome", required=False, max_length=150)
    office = forms.CharField(label="Carica", required=False, max_length=60)
    present = forms.ChoiceField(
        label="Presenza", required=False, choices=[("", "—"), ("1", "presente"), ("0", "assente")]
    )

    def clean(self) -> dict[str, Any]:
        """Want all of a row that says anything."""
        data = super().clean() or self.cleaned_data
        if data.get("name") and not data.get("present") and "present" not in self.errors:
            self.add_error("present", "Presente o assente?")
        if not data.get("name") and (data.get("office") or data.get("present")) and "name" not in self.errors:
            self.add_error("name", "Manca il nome: scriverlo, o vuotare la riga.")
        return data


class Members(forms.BaseFormSet):
    """The rows of the attendance."""

    prefix = "presenze"

    def clean(self) -> None:
        """Want one member at least, and each once."""
        names = [one.cleaned_data["name"].casefold() for one in self.forms if one.cleaned_data.get("name")]
        if not names:
            raise forms.ValidationError("Indicare i componenti della Giunta: chi era presente e chi assente (R12).")
        if len(set(names)) < len(names):
            raise forms.ValidationError("Un componente è scritto due volte.")

    def members(self) -> list[tuple[str, str, bool]]:
        """Name, office and presence of each member."""
        rows = (one.cleaned_data for one in self.forms)
        return [(row["name"], row["office"], row["present"] == "1") for row in rows if row.get("name")]


def members_form(data: Any = None, entity: Entity | None = None) -> Members:
    """Return the rows of the attendance; offered empty, they hold the members of the entity's last session."""
    made = forms.formset_factory(MemberForm, formset=Members, extra=EMPTY_SEATS, max_num=60, validate_max=True)
    initial = _last_members(entity) if entity and data is None else None
    return cast(Members, made(data, initial=initial, prefix=Members.prefix))


def _last_members(entity: Entity) -> list[dict[str, str]]:
    """Who the members were, not whether they are there today: that the record of the session says."""
    acts = entity.deliberations.registered().filter(on_file=True, attendances__isnull=False)
    last = acts.order_by("session_on", "year", "number").last()
    if last is None:
        return [{}, {}, {}]
    return [{"name": one.name, "office": one.office} for one in Attendance.objects.filter(deliberation=last)]
