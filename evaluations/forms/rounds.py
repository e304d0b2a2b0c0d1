"""What a person writes when a verification is opened, moved, confirmed, closed or reopened."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from deliberations.forms.fields import DayField, TextField
from evaluations.choices import Measure, RoundKind

LONGEST_NOTE = 4000
TOO_LONG = {"max_length": f"Si possono scrivere al massimo {LONGEST_NOTE} caratteri."}


def _words(label: str, help_text: str = "", why: str = "") -> TextField:
    """A text that is needed for the reason `why`; empty: it may be left out."""
    return TextField(
        label=label if why else f"{label} (facoltativa)",
        help_text=help_text,
        rows=3,
        max_length=LONGEST_NOTE,
        required=bool(why),
        error_messages={**TOO_LONG, "required": why},
    )


class OpenForm(forms.Form):
    """Which verification, and of which day."""

    tipo = forms.ChoiceField(
        label="Quale verifica",
        choices=RoundKind.choices,
        widget=forms.RadioSelect,
        help_text="L'intermedia guarda a che punto si è; la finale dà i punteggi dell'anno.",
        error_messages={"required": "Scegliere la verifica.", "invalid_choice": "Scegliere la verifica dall'elenco."},
    )
    giorno = DayField(
        label="Alla data del",
        help_text="Si misurano le schede in vigore quel giorno. Nell'anno del piano, o nei sei mesi dopo.",
    )

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the verifications that are not open yet."""
        super().__init__(*args, **kwargs)
        self.fields["tipo"].choices = kinds  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """Another day, and why."""

    giorno = DayField(label="Nuova data", help_text="Si misurano le schede in vigore quel giorno.")
    nota = _words("Nota", "La legge chi inserisce i risultati, e resta tra i passaggi.")


class StepForm(forms.Form):
    """A note, needed for the reason `why`; empty: it may be left out."""

    def __init__(self, *args: Any, label: str = "Nota", help_text: str = "", why: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nota"] = _words(label, help_text, why)


class ConfirmForm(StepForm):
    """A note, and what tells whether the results are still those that the person read."""

    letto = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class AverageForm(forms.Form):
    """An average by hand: which of the two, the number, the reason; and the written exception where it is needed."""

    quale = forms.ChoiceField(
        label="Quale media",
        choices=Measure.choices,
        help_text="Valore raggiunto e rispetto dei tempi restano due medie separate (R29).",
        error_messages={"invalid_choice": "Scegliere una delle due medie."},
    )
    valore = forms.DecimalField(
        label="Media in percento",
        required=False,
        decimal_places=2,
        localize=True,
        error_messages={
            "invalid": "Scrivere un numero, come 75 o 75,5.",
            "max_decimal_places": "Al massimo due decimali.",
        },
    )
    motivo = _words("Motivo", "Resta accanto al valore calcolato, con il nome di chi scrive.", "Scrivere il motivo.")
    deroga = _words("Deroga scritta", "Resta scritta accanto al motivo.", "Senza deroga scritta non si può (R20).")

    def __init__(self, *args: Any, cap: int, needs_exception: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        value = self.fields["valore"]
        value.help_text = f"Da 0 a {cap}, con due decimali al massimo. Vuoto: torna a valere quella calcolata."
        bounds = f"Una media va da 0 a {cap}."
        value.validators += [MinValueValidator(0, bounds), MaxValueValidator(cap, bounds)]
        if not needs_exception:
            del self.fields["deroga"]
