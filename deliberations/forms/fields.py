"""Days and numbers of people as offices type them, and forms whose fields stand in groups."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

WRITTEN_DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
DIGITS_OF_A_KEY = 18
NO_SUCH_DAY = "Questo giorno non esiste: scriverlo come 31/10/2022."
FIRST_YEAR, LAST_YEAR = 1900, 2200  # beyond them a year is a slip of the hand, and days counted from it may not exist


class DayField(forms.DateField):
    """A day, as browsers send it or as people type it."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(input_formats=WRITTEN_DAYS, widget=widget, **options)
        self.error_messages |= {"invalid": NO_SUCH_DAY, "required": "Indicare il giorno."}

    def to_python(self, value: Any) -> date | None:
        """Refuse a year that nobody means."""
        day = super().to_python(value)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(f"Controllare l'anno: va dal {FIRST_YEAR} al {LAST_YEAR}.")
        return day


class TextField(forms.CharField):
    """A text of some lines. Browsers send line ends of their own: the same text typed again is the same text."""

    def __init__(self, *, rows: int, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)

    def to_python(self, value: Any) -> Any:
        """Return the text with plain line ends."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text


class CountField(forms.IntegerField):
    """A number of people: whole, not negative, small."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_value=99, **options)
        self.error_messages |= {"invalid": "Serve un numero intero.", "required": "Indicare quanti (0 se nessuno)."}


class RowsField(forms.ModelMultipleChoiceField):
    """Rows chosen by their keys. A number that no key can be is refused like a key that no row has."""

    def clean(self, value: Any) -> Any:
        """Refuse what a database could not even look for."""
        for key in value if isinstance(value, list | tuple) else ():
            if len(str(key)) > DIGITS_OF_A_KEY:
                raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": key})
        return super().clean(value)


@dataclass(frozen=True)
class FieldGroup:
    """Some fields of a form under a heading, shown by the template that shows whole forms."""

    key: str
    title: str
    note: str
    visible_fields: list[BoundField]


Group = tuple[str, str, str, tuple[str, ...]]
"""Some fields of a form: key, title, note, names of the fields."""


class GroupedForm(forms.Form):
    """A form whose fields stand in groups."""

    GROUPS: tuple[Group, ...] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        """Set the fields in the order of their groups, as they are read."""
        super().__init__(*args, **options)
        self.order_fields([name for *_, names in self.GROUPS for name in names])

    def groups(self) -> Iterator[FieldGroup]:
        """The groups that hold a field, in order."""
        for key, title, note, names in self.GROUPS:
            if fields := [self[name] for name in names if name in self.fields]:
                yield FieldGroup(key, title, note, fields)
