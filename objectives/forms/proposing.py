"""What is chosen while changes are gathered: the sheets, and the warnings that somebody takes note of."""

from collections.abc import Iterable
from typing import Any

from django import forms

from objectives.models import Sheet, SheetQuerySet

LONGEST_NOTE = 2000


class SheetsForm(forms.Form):
    """Which approved sheets to gather."""

    schede = forms.ModelMultipleChoiceField(
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


class WarningsForm(forms.Form):
    """Warnings (W) that somebody takes note of, by their words, and why."""

    avvisi = forms.MultipleChoiceField(
        error_messages={
            "required": "Segnare gli avvisi di cui si prende atto.",
            "invalid_choice": "Gli avvisi sono cambiati nel frattempo: rileggerli.",
        }
    )
    nota = forms.CharField(
        max_length=LONGEST_NOTE,
        error_messages={
            "required": "Scrivere perché si procede nonostante l'avviso: la nota resta con l'atto.",
            "max_length": f"La nota può avere al massimo {LONGEST_NOTE} caratteri.",
        },
    )

    def __init__(self, data: Any, messages: Iterable[str]) -> None:
        super().__init__(data)
        self.fields["avvisi"].choices = [(message, message) for message in messages]  # type: ignore[attr-defined]
