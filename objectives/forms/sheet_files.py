"""The file with sheets that an office brings."""

from django import forms

from objectives.forms.importing import ActFileForm


class SheetsFileForm(ActFileForm):
    """A workbook or a Word file with sheets. What kind it is, its content tells."""

    instead = "Caricare il modello compilato, senza immagini."

    file = forms.FileField(
        label="File con le schede",
        max_length=255,
        error_messages={
            "required": "Scegliere il file con le schede.",
            "missing": "Scegliere il file con le schede.",
            "invalid": "Il file non è arrivato: sceglierlo di nuovo.",
            "empty": "Il file è vuoto: scegliere quello con le schede.",
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.docx"}),
    )
