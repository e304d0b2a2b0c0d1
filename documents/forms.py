"""What people type or choose on the pages of this room."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat

from documents.codes import read_code
from documents.models import Document


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


class SignedFileForm(forms.Form):
    """A document that was signed elsewhere."""

    file = forms.FileField(
        label="Documento firmato",
        max_length=255,
        error_messages={
            "required": "Scegliere il file firmato.",
            "missing": "Scegliere il file firmato.",
            "invalid": "Il file non è arrivato: sceglierlo di nuovo.",
            "empty": "Il file è vuoto: scegliere quello firmato.",
        },
        help_text="Il PDF con la firma dentro (PAdES) o la busta .p7m con dentro il documento (CAdES).",
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.p7m,application/pdf,application/pkcs7-mime"}),
    )

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document = document

    def clean_file(self) -> UploadedFile:
        """Refuse, before it is read, a file far larger than the document with its signatures can be."""
        file: UploadedFile = self.cleaned_data["file"]
        most = max(settings.EVIDENCE_MAX_BYTES, 2 * self.document.size)
        size = file.size or 0
        if size > most:
            raise forms.ValidationError(
                f"Il file è di {filesizeformat(size)}, il documento di {filesizeformat(self.document.size)}: non "
                "può esserne la copia firmata."
            )
        return file
