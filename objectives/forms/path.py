"""What a person writes when a sheet moves on, and when a clerical error of an adopted one is noted."""

from typing import Any

from django import forms

from objectives.corrections import Spot, holds

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


class CorrectionForm(forms.Form):
    """Where a clerical error stands, what is recorded there, what is right, and why."""

    dove = forms.ChoiceField(
        label="Dove",
        error_messages={"required": "Indicare il punto della scheda.", "invalid_choice": "Questo punto non c'è."},
    )
    registrato = _words(
        "Testo registrato", "La parte sbagliata, copiata com'è nella scheda. Vuoto: tutto il testo di quel punto.", 2
    )
    giusto = _words("Testo corretto", required="Scrivere il testo corretto.", rows=2)
    motivo = _words(
        "Perché è un errore materiale",
        "Per esempio: «refuso di battitura, la relazione allegata dice 2022». Ciò che cambia la sostanza si propone "
        "come modifica, con un atto nuovo.",
        required="Scrivere perché è un errore materiale.",
    )

    def __init__(self, data: Any, *, spots: list[Spot]) -> None:
        """Offer the places of the sheet."""
        super().__init__(data)
        self.spots = {spot.key: spot for spot in spots}
        choices = [("", "scegliere…"), *((spot.key, spot.label) for spot in spots)]
        self.fields["dove"].choices = choices  # type: ignore[attr-defined]
        self.fields["registrato"].required = False

    def clean(self) -> dict[str, Any]:
        """Refuse a wrong text that does not stand where it is said to."""
        cleaned = super().clean() or {}
        spot, text = self.spots.get(cleaned.get("dove", "")), cleaned.get("registrato", "")
        if spot and text and not holds(spot, text):
            self.add_error("registrato", f"Questo testo non si trova in «{spot.label}»: copiarlo com'è nella scheda.")
        return cleaned

    def correction(self) -> dict[str, str]:
        """Return what the deed notes down."""
        said = self.cleaned_data
        spot = self.spots[said["dove"]]
        text = said["registrato"] or spot.text
        return {"place": spot.label, "written": text, "right": said["giusto"], "note": said["motivo"]}
