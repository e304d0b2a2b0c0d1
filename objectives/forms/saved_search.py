"""The name under which somebody keeps a search."""

from django import forms

from objectives.saved_searches import LONGEST_NAME, NAME_TOO_LONG, NO_NAME


class NameForm(forms.Form):
    """A name; `prima` is the one that the person read, where there is one already."""

    nome = forms.CharField(
        label="Nome della ricerca",
        max_length=LONGEST_NAME,
        help_text="Come ritrovarla: «In ritardo», «Biennali del mio settore».",
        error_messages={"required": NO_NAME, "max_length": NAME_TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    prima = forms.CharField(required=False, widget=forms.HiddenInput)
