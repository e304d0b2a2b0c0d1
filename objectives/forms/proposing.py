"""What is chosen while changes are gathered: the sheets, and the warnings that somebody takes note of."""

from collections.abc import Iterable
from typing import Any

from django import forms

from deliberations.forms.fields import RowsField, TextField
from objectives.models import Sheet, SheetQuerySet

LONGEST_NOTE = 2000


class SheetsForm(forms.Form):
    """Which approved sheets to gather."""

    schede = RowsField(
        queryset=Sheet.objects.none(),
        error_messages={
            "required": "Scegliere almeno una scheda.",
            "invalid_choice": "Una delle schede scelte non è più tra quelle da raccogliere: rileggere l'elenco.",
            "invalid_pk_value": "Una delle schede scelte non è in archivio.",
        },
    )

    def __init__(self, data: Any, sheets: SheetQuerySet) -> None:
        super().__init__(data)
        self.fields["schede"].queryset = sheets  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """A note that may be left out."""

    nota = TextField(
        label="Nota (facoltativa)",
        rows=3,
        required=False,
        max_length=LONGEST_NOTE,
        help_text="Il motivo: resta nella cronologia di ogni scheda.",
        error_messages={"max_length": f"La nota può avere al massimo {LONGEST_NOTE} caratteri."},
    )


class ProceedForm(NoteForm):
    """The note with which an act is registered although there are warnings."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        note = self.fields["nota"]
        note.label, note.help_text = "Perché si procede", "La nota vale per tutti gli avvisi e resta con l'atto."


class WarningsForm(forms.Form):
    """Warnings (W) that somebody takes note of, by their words, and why."""

    avvisi = forms.MultipleChoiceField(
        error_messages={
            "required": "Segnare gli avvisi di cui si prende atto.",
            "invalid_choice": "Gli avvisi sono cambiati nel frattempo: rileggerli.",
        }
    )
    nota = TextField(
        rows=2,
        max_length=LONGEST_NOTE,
        error_messages={
            "required": "Scrivere perché si procede nonostante l'avviso: la nota resta con l'atto.",
            "max_length": f"La nota può avere al massimo {LONGEST_NOTE} caratteri.",
        },
    )

    def __init__(self, data: Any, messages: Iterable[str]) -> None:
        super().__init__(data)
        self.fields["avvisi"].choices = [(message, message) for message in messages]  # type: ignore[attr-defined]
