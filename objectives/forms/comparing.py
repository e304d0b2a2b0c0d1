"""What to compare: two versions of a sheet, two moments of a plan."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from deliberations.forms.fields import DayField
from deliberations.models import Deliberation
from objectives.comparing import BEFORE, PlanMoment, version_name
from objectives.models import Sheet


class VersionsForm(forms.Form):
    """Two versions of a sheet."""

    con = forms.ChoiceField(label="Testo precedente")
    testo = forms.ChoiceField(label="Testo nuovo")

    def __init__(self, data: Any = None, *, versions: Sequence[Sheet], **kwargs: Any) -> None:
        """Offer the `versions`."""
        super().__init__(data, **kwargs)
        for field in self.fields.values():
            field.choices = [(str(sheet.pk), version_name(sheet)) for sheet in versions]  # type: ignore[attr-defined]
            field.widget.attrs["class"] = "form-select"


class MomentForm(forms.Form):
    """A moment of a plan: before its first act, after one of its acts, or a day. Where a day is told, it counts."""

    atto = forms.ChoiceField(label="Atto", required=False)
    giorno = DayField(label="oppure il giorno", required=False)

    def __init__(
        self, data: Any = None, *, acts: Sequence[Deliberation], prefix: str, shown: PlanMoment | None
    ) -> None:
        """Offer the plan's `acts`; `shown` is the moment that the page shows."""
        super().__init__(data, prefix=prefix, initial=_initial(shown))
        field: Any = self.fields["atto"]
        field.choices = [("", "un giorno"), *_choices(acts, shown)]
        field.widget.attrs["class"] = "form-select"
        self.fields["giorno"].widget.attrs["class"] = "form-control"

    def clean(self) -> dict[str, Any]:
        """Refuse a form that names neither."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not (cleaned.get("atto") or cleaned.get("giorno")):
            self.add_error("giorno", "Scegliere un atto, oppure indicare un giorno, per esempio 31/10/2022.")
        return cleaned

    @property
    def key(self) -> str:
        """How an address writes the moment."""
        day: date | None = self.cleaned_data["giorno"]
        return day.isoformat() if day else self.cleaned_data["atto"]


def _initial(shown: PlanMoment | None) -> dict[str, Any]:
    if shown is None:
        return {}
    return {"giorno": shown.key} if shown.key[:4].isdigit() else {"atto": shown.key}


def _choices(acts: Sequence[Deliberation], shown: PlanMoment | None) -> list[tuple[str, str]]:
    first = [(f"{BEFORE}{act.slug}", f"prima della {act.short}") for act in acts[:1]]
    choices = [*first, *((act.slug, f"dopo la {act.short}") for act in acts)]
    if shown and shown.key.startswith(BEFORE) and shown.key not in dict(choices):
        choices.insert(0, (shown.key, shown.label))
    return choices
