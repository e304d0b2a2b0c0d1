"""What people type or choose on the pages of this room."""

from django import forms

from documents.codes import read_code


class CodeForm(forms.Form):
    """The code printed beside the QR."""

    codice = forms.CharField(
        label="Codice",
        max_length=40,
        error_messages={"required": "Scrivere il codice stampato accanto al QR."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text="Dodici lettere e cifre in tre gruppi, per esempio 7KQM-X4DN-P9TB. Maiuscole e trattini non contano.",
    )

    def clean_codice(self) -> str:
        """Return the code as it is kept."""
        code = read_code(self.cleaned_data["codice"])
        if code is None:
            raise forms.ValidationError(
                "Non è un codice di controllo: ha dodici lettere e cifre, senza 0, 1, I, L, O e U. "
                "Ricontrollare la stampa."
            )
        return code
