"""The file of an act that somebody uploads."""

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat

KINDS = ".txt,.docx,.pdf,.json"


class ActFileForm(forms.Form):
    """A file with an act. What kind it is, its content tells."""

    instead = "Caricare il testo della deliberazione senza le scansioni."

    file = forms.FileField(
        label="Documento da importare",
        max_length=255,
        error_messages={
            "required": "Scegliere il file della deliberazione.",
            "missing": "Scegliere il file della deliberazione.",
            "invalid": "Il file non è arrivato: sceglierlo di nuovo.",
            "empty": "Il file è vuoto: scegliere quello della deliberazione.",
        },
        widget=forms.ClearableFileInput(attrs={"accept": KINDS}),
    )

    def clean_file(self) -> UploadedFile:
        """Refuse, before it is read, a file larger than the installation allows (IMPORT_MAX_BYTES)."""
        file: UploadedFile = self.cleaned_data["file"]
        size = file.size or 0
        if size > settings.IMPORT_MAX_BYTES:
            allowed = filesizeformat(settings.IMPORT_MAX_BYTES)
            raise forms.ValidationError(f"Il file è di {filesizeformat(size)}: il massimo è {allowed}. {self.instead}")
        return file
