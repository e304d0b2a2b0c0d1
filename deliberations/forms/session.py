"""Who was at the session."""

from typing import Any, cast

from django import forms
from django.http import QueryDict

from deliberations.models import Attendance
from organisation.models import Entity

MOST_MEMBERS = 60
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


def members_form(data: Any = None, *, rows: list[dict[str, str]] | None = None, more: int = EMPTY_SEATS) -> Members:
    """Return the rows of the attendance: as sent, or offered with these `rows` and some `more` that are blank."""
    made = forms.formset_factory(MemberForm, formset=Members, extra=more, max_num=MOST_MEMBERS, validate_max=True)
    return cast(Members, made(data, initial=rows, prefix=Members.prefix))


def typed_members(data: QueryDict) -> list[dict[str, str]]:
    """The rows of the attendance as they were typed, blank ones too."""
    count = data.get(f"{Members.prefix}-TOTAL_FORMS", "")
    rows = range(min(int(count), MOST_MEMBERS)) if count.isdecimal() else range(0)
    return [{name: data.get(f"{Members.prefix}-{row}-{name}", "") for name in MemberForm.base_fields} for row in rows]


def last_members(entity: Entity) -> list[dict[str, str]]:
    """Who the members were at the entity's last session; not whether they are there today, which its record says."""
    acts = entity.deliberations.registered().filter(on_file=True, attendances__isnull=False)
    last = acts.order_by("session_on", "year", "number").last()
    if last is None:
        return [{}, {}, {}]
    return [{"name": one.name, "office": one.office} for one in Attendance.objects.filter(deliberation=last)]
