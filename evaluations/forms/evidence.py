"""What a person writes when a file of evidence is put aside."""

from django import forms

LONGEST = 4000
WHY = "Scrivere perché: resta annotato accanto al file."


class AsideForm(forms.Form):
    """Why a file is no longer among the evidence."""

    motivo = forms.CharField(
        label="Perché si mette da parte",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": WHY, "max_length": f"Si possono scrivere al massimo {LONGEST} caratteri."},
    )
