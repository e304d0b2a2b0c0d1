"""What is typed for the Relazione: its texts, the final PDF, the act that approved it, why it is a draft again."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from deliberations.forms.fields import TextField
from deliberations.models import Deliberation
from evaluations.papers.report.outside import LARGEST
from evaluations.reporting import LONGEST_REASON

LONGEST_TEXT = 40_000
TOO_LONG = {"max_length": f"Il testo può avere al massimo {LONGEST_TEXT} caratteri."}
NO_NAMES = "Senza nomi del personale: la Relazione è pubblica, e indica solo quante persone (R32)."


class ReportTextsForm(forms.Form):
    """The Segretario's texts. All may be empty while the Relazione is a draft."""

    presentation = TextField(
        label="Presentazione", required=False, rows=10, max_length=LONGEST_TEXT, error_messages=TOO_LONG,
        help_text=f"Che anno è stato, per chi legge. Una riga vuota separa i capoversi. {NO_NAMES}",
    )  # fmt: skip
    context = TextField(
        label="Contesto e risorse", required=False, rows=10, max_length=LONGEST_TEXT, error_messages=TOO_LONG,
        help_text="Che cosa ha inciso dall'esterno; con quali risorse si è lavorato.",
    )  # fmt: skip
    conclusions = TextField(
        label="Conclusioni", required=False, rows=10, max_length=LONGEST_TEXT, error_messages=TOO_LONG,
        help_text="Che cosa resta da fare, e che cosa passa all'anno seguente.",
    )  # fmt: skip
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def texts(self) -> dict[str, str]:
        """The texts typed, without the version they were typed over."""
        return {name: text for name, text in self.cleaned_data.items() if name != "row_version"}


class SectorTextForm(forms.Form):
    """What a settore says of its year."""

    text = TextField(
        label="Testo del settore", required=False, rows=14, max_length=LONGEST_TEXT, error_messages=TOO_LONG,
        help_text=f"Risultati, difficoltà, variazioni e loro ragioni. {NO_NAMES}",
    )  # fmt: skip
    row_version = forms.IntegerField(widget=forms.HiddenInput)


class FreezeForm(forms.Form):
    """Where the final text comes from: the program, or a PDF that was prepared outside it."""

    PROGRAM, OUTSIDE = "programma", "file"

    origine = forms.ChoiceField(
        label="Da dove viene il testo definitivo",
        choices=[
            (PROGRAM, "Dai testi del programma: il PDF è composto ora"),
            (OUTSIDE, "Da un PDF preparato fuori dal programma, conservato com'è"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Scegliere da dove viene il testo.", "invalid_choice": "Scegliere una delle due."},
    )
    file = forms.FileField(
        label="PDF preparato fuori dal programma",
        required=False,
        help_text="Nato digitale, senza password, script o allegati. Vi si cercano solo nomi del personale (R32).",
        error_messages={"empty": "Il file è vuoto.", "invalid": "Il file non è arrivato: sceglierlo di nuovo."},
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf"}),
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_file(self) -> UploadedFile | None:
        """Refuse, before it is read, a file that is too large."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file and (file.size or 0) > LARGEST:
            raise forms.ValidationError(f"Il file è troppo grande: il massimo è {LARGEST // 1024 // 1024} MB.")
        return file

    def clean(self) -> dict[str, Any]:
        """Want a file where the text comes from one."""
        data = super().clean() or self.cleaned_data
        if data.get("origine") == self.OUTSIDE and not data.get("file") and "file" not in self.errors:
            self.add_error("file", "Scegliere il PDF.")
        return data

    def upload(self) -> bytes | None:
        """The bytes of the PDF; None where the text is the program's."""
        chosen = self.cleaned_data["origine"] == self.OUTSIDE
        return bytes(self.cleaned_data["file"].read()) if chosen else None


class UnfreezeForm(forms.Form):
    """Why a final text becomes a draft again."""

    motivo = forms.CharField(
        label="Perché",
        max_length=LONGEST_REASON,
        help_text="In una riga: resta nella storia della Relazione.",
        error_messages={
            "required": "Scrivere perché la Relazione torna in bozza.",
            "max_length": f"Al massimo {LONGEST_REASON} caratteri.",
        },
    )


class ApprovalForm(forms.Form):
    """The act that approved the Relazione: one of the entity's, after the plan's year."""

    atto = forms.ModelChoiceField(
        label="Atto che approva la Relazione",
        queryset=Deliberation.objects.none(),
        empty_label="Scegliere l'atto",
        help_text="La deliberazione che la approva: importarla prima, se qui non c'è.",
        error_messages={
            "required": "Scegliere l'atto.",
            "invalid_choice": "Questo atto non è tra quelli registrati dopo l'anno del piano.",
        },
    )

    def __init__(self, data: Any, acts: Any) -> None:
        super().__init__(data)
        field = self.fields["atto"]
        field.queryset = acts  # type: ignore[attr-defined]
        field.label_from_instance = _label  # type: ignore[attr-defined]


def _label(act: Deliberation) -> str:
    return f"{act.dated}: {act.subject}" if act.subject else act.dated
