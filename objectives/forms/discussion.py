"""What people say about a draft, and the files they enclose with it."""

from typing import Any

from django import forms

from documents.file_types import ACCEPTED, EXTENSIONS
from objectives.models import Sheet
from objectives.permissions import who_sees_drafts
from objectives.workflow.commenting import LONGEST
from organisation.models import User

TOO_LONG = f"Si possono scrivere al massimo {LONGEST} caratteri."


class PersonField(forms.ModelChoiceField):
    """One of the people who see a draft, with the name by which a comment names them."""

    def label_from_instance(self, person: Any) -> str:
        """Return the name and the user name."""
        return f"{person} (@{person.username})"


class CommentForm(forms.Form):
    """A comment, and somebody to be told of it."""

    commento = forms.CharField(
        label="Nuovo commento",
        help_text="Lo legge chi vede la bozza: chi la prepara e il Segretario. Chi è citato con @ e il nome utente "
        "riceve un'e-mail. Un commento resta: non si cambia e non si cancella.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Scrivere il commento.", "max_length": TOO_LONG},
    )
    persona = PersonField(
        label="Chi avvisare (facoltativo)",
        queryset=User.objects.none(),
        required=False,
        empty_label="nessuno",
        error_messages={"invalid_choice": "Questa persona non vede la bozza: sceglierne una dall'elenco."},
    )

    def __init__(self, data: Any, *, sheet: Sheet) -> None:
        """Offer those who see the draft."""
        super().__init__(data)
        self.fields["persona"].queryset = who_sees_drafts(sheet.sector)  # type: ignore[attr-defined]


class EnclosureForm(forms.Form):
    """A file, and what it is."""

    file = forms.FileField(
        label="File",
        max_length=255,
        help_text=f"{ACCEPTED}. Si scarica, non si apre nel programma. Resta con la bozza: non si può togliere.",
        allow_empty_file=True,
        error_messages={
            "required": "Scegliere il file.",
            "missing": "Scegliere il file.",
            "invalid": "Il file non è arrivato: sceglierlo di nuovo.",
            "max_length": "Il nome del file è troppo lungo: accorciarlo.",
        },
        widget=forms.FileInput(attrs={"accept": ",".join(EXTENSIONS)}),
    )
    descrizione = forms.CharField(
        label="Che cos'è (facoltativo)",
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": TOO_LONG},
    )
