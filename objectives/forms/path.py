"""What a person writes when a sheet moves on, and when a clerical error of an adopted one is noted."""

from typing import Any

from django import forms

LONGEST_NOTE = 4000
TOO_LONG = {"max_length": f"Si possono scrivere al massimo {LONGEST_NOTE} caratteri."}


def _words(label: str, help_text: str = "", rows: int = 3, **messages: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={**TOO_LONG, **messages},
    )


class PassageForm(forms.Form):
    """A note, the written exception where one is needed (R20), and the version of the row that was read."""

    nota = _words("Nota")
    deroga = _words("Deroga scritta", required="Senza il motivo della deroga non si può approvare (R20).")
    versione = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any, *, label: str, help_text: str, why_note: str, why_exception: str, row_version: int
    ) -> None:
        """Ask for a note under `label`. `why_note` and `why_exception` say why they are needed; empty: they are not."""
        super().__init__(data, initial={"versione": row_version})
        note = self.fields["nota"]
        note.required, note.error_messages["required"] = bool(why_note), why_note
        note.label, note.help_text = label if why_note else f"{label} (facoltativa)", help_text
        if why_exception:
            self.fields[
                "deroga"
            ].help_text = f"{why_exception} Il motivo resta scritto sulla scheda, in ogni pagina e in ogni PDF."
        else:
            del self.fields["deroga"]
