"""What the Nucleo writes: a remark on a sheet, and its decision with the minutes."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from deliberations.forms.fields import DayField, TextField
from evaluations.choices import ValidationState
from evaluations.models import Validation

LONGEST = 4000
TOO_LONG = {"max_length": f"Si possono scrivere al massimo {LONGEST} caratteri."}
LONGEST_NAME, MOST_MEMBERS = 120, 15
OUTCOMES = [
    (ValidationState.VALIDATA, "Valida"),
    (ValidationState.CON_RILIEVI, "Valida con rilievi (quelli scritti scheda per scheda)"),
    (ValidationState.RESTITUITA, "Restituisce, con i motivi"),
]
NOT_YET = "Valida con rilievi: non ancora possibile, nessun rilievo è scritto (si scrive nella pagina di ogni scheda)"
NO_MORE = "Valida: non possibile finché ci sono rilievi scritti"


class RemarkForm(forms.Form):
    """What the Nucleo notes of one sheet, or of the whole package. An empty text takes the remark away."""

    testo = TextField(
        label="Rilievo",
        rows=4,
        required=False,
        max_length=LONGEST,
        help_text="Fino alla decisione lo vede solo il Nucleo. Vuoto: nessun rilievo.",
        error_messages=TOO_LONG,
    )
    versione = forms.IntegerField(widget=forms.HiddenInput, required=False)


class DecisionForm(forms.Form):
    """The decision as the minutes of the Nucleo have it."""

    esito = forms.ChoiceField(
        label="Il Nucleo",
        help_text="Com'è scritto nel verbale. Dopo la registrazione non si cambia.",
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Scegliere che cosa ha deciso il Nucleo."),
    )
    numero = forms.CharField(
        label="Numero del verbale",
        help_text="Come nel verbale, per esempio 3/2026.",
        max_length=40,
        error_messages={"required": "Scrivere il numero del verbale.", "max_length": "Al massimo 40 caratteri."},
    )
    giorno = DayField(label="Data del verbale", help_text="Il giorno in cui il Nucleo ha deciso.")
    componenti = TextField(
        label="Componenti presenti",
        rows=3,
        max_length=LONGEST,
        help_text="Nome e cognome, uno per riga.",
        error_messages={"required": "Scrivere almeno un componente.", **TOO_LONG},
    )
    motivi = TextField(
        label="Motivi",
        rows=4,
        required=False,
        max_length=LONGEST,
        help_text="Necessari se il Nucleo restituisce. Restano con la validazione e li leggono tutti.",
        error_messages=TOO_LONG,
    )
    deroga = TextField(
        label="Deroga scritta (R20)",
        rows=3,
        max_length=LONGEST,
        error_messages={"required": "Senza il motivo della deroga non si può decidere (R20).", **TOO_LONG},
    )
    versione = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, validation: Validation, remarks: int, why_exception: str, **options: Any
    ) -> None:
        """`remarks` is how many there are; `why_exception` says why a written exception is needed (R20), if it is."""
        options["initial"] = {"versione": validation.row_version, **options.get("initial", {})}
        super().__init__(data, **options)
        contradicted = {ValidationState.VALIDATA: NO_MORE} if remarks else {ValidationState.CON_RILIEVI: NOT_YET}
        self.fields["esito"].choices = [  # type: ignore[attr-defined]
            (outcome, contradicted.get(outcome, label)) for outcome, label in OUTCOMES
        ]
        self.handed_on, self.remarks = timezone.localdate(validation.requested_at), remarks
        if why_exception:
            self.fields["deroga"].help_text = f"{why_exception} Il motivo resta scritto, in ogni pagina."
        else:
            del self.fields["deroga"]

    def clean_componenti(self) -> list[str]:
        """Return the names, one per line, without empty lines; refuse what is no list of names."""
        names = [" ".join(line.split()) for line in self.cleaned_data["componenti"].split("\n")]
        members = list(dict.fromkeys(name for name in names if name))
        if not members:
            raise forms.ValidationError("Scrivere almeno un componente.")
        if len(members) > MOST_MEMBERS:
            raise forms.ValidationError(f"Al massimo {MOST_MEMBERS} componenti, uno per riga.")
        if any(len(name) > LONGEST_NAME for name in members):
            raise forms.ValidationError(f"Un nome ha al massimo {LONGEST_NAME} caratteri: un componente per riga.")
        return members

    def clean_giorno(self) -> date:
        """Refuse a day that has not come, or on which the Nucleo had nothing before it."""
        day: date = self.cleaned_data["giorno"]
        if day > timezone.localdate():
            raise forms.ValidationError("La data del verbale è nel futuro.")
        if day < self.handed_on:
            raise forms.ValidationError(f"Il fascicolo è stato trasmesso il {self.handed_on:%d/%m/%Y}: non prima.")
        return day

    def clean_esito(self) -> str:
        """Refuse an outcome that the remarks contradict."""
        outcome: str = self.cleaned_data["esito"]
        if outcome == ValidationState.CON_RILIEVI and not self.remarks:
            raise forms.ValidationError("Non ci sono rilievi: scriverne almeno uno, o validare senza rilievi.")
        if outcome == ValidationState.VALIDATA and self.remarks:
            raise forms.ValidationError("Ci sono rilievi: validare con rilievi, oppure prima toglierli.")
        return outcome

    def clean(self) -> dict[str, Any]:
        """Want reasons for a package that is sent back."""
        cleaned = super().clean() or {}
        if cleaned.get("esito") == ValidationState.RESTITUITA and not cleaned.get("motivi"):
            self.add_error("motivi", "Scrivere perché il Nucleo restituisce: il Segretario deve poter rimediare.")
        return cleaned
