"""The words of an entity's proposals, as its Segretario types them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from deliberations.wording import Words, problems


def known_placeholders(text: str) -> None:
    """Refuse a placeholder that does not exist, in a sentence for each."""
    if wrong := problems(text):
        raise ValidationError(wrong)


class TextField(forms.CharField):
    """A text with placeholders, its lines ended alike whatever browser sends it."""

    def __init__(self, rows: int, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(widget=widget, validators=[known_placeholders], max_length=50_000, **options)
        self.error_messages["required"] = "Non può essere vuoto: per ripartire c'è «Torna al testo del programma»."

    def clean(self, value: Any) -> Any:
        return super().clean(value.replace("\r\n", "\n") if isinstance(value, str) else value)


class ActTextForm(forms.Form):
    """Subject, premises and dispositions with placeholders, and what the preview is filled in with."""

    oggetto = TextField(2, label="Oggetto", help_text="Come apparirà sull'atto.")
    premesse = TextField(24, label="Premesse", help_text="Una riga vuota separa i capoversi.")
    dispositivo = TextField(10, label="Dispositivo", help_text="Un punto per capoverso, numerato a mano.")
    anteprima = forms.ChoiceField(label="Anteprima su", required=False)
    versione = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, proposals: Iterable[tuple[int, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", "un esempio inventato"), *((str(pk), label) for pk, label in proposals)]
        self.fields["anteprima"].choices = choices  # type: ignore[attr-defined]

    def words(self) -> Words:
        """The words typed. Only of a form that is valid."""
        return Words(*(self.cleaned_data[name] for name in ("oggetto", "premesse", "dispositivo")))

    def over(self, version: int, sentence: str) -> None:
        """Say that the words were written over others, and write them over these from now on."""
        self.add_error(None, sentence)
        self.data = {**self.data, **{name: self[name].value() for name in self.fields}, "versione": version}


def written(words: Words, version: int) -> dict[str, Any]:
    """What the form begins with."""
    named = zip(("oggetto", "premesse", "dispositivo"), words, strict=True)
    return {**dict(named), "versione": version}
