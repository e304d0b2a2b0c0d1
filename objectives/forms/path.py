"""What a person writes when a sheet moves on: a note, where it takes one, and the written exception (R20)."""

from typing import Any

from django import forms

LONGEST_NOTE = 4000


class PassageForm(forms.Form):
    """A note, the exception where one is needed, and the version of the row that was read."""

    nota = forms.CharField(
        label="Nota",
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"La nota può avere al massimo {LONGEST_NOTE} caratteri."},
    )
    deroga = forms.CharField(
        label="Deroga scritta (R20)",
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Il motivo per cui approva comunque. Resta scritto sulla scheda, in ogni pagina e in ogni PDF.",
        error_messages={"required": "Per approvare serve il motivo della deroga (R20)."},
    )
    versione = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, label: str, help_text: str, why_note: str, needs_exception: bool) -> None:
        """Ask for a note under `label`; `why_note` says why one is needed, empty where it may be left out."""
        super().__init__(*args)
        note = self.fields["nota"]
        note.required, note.error_messages["required"] = bool(why_note), why_note
        note.label = label if why_note else f"{label} (facoltativa)"
        note.help_text = help_text
        if not needs_exception:
            del self.fields["deroga"]
