"""What is typed while a proposal is prepared: its words, the acts it cites, the opinions."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from deliberations.choices import OpinionKind, OpinionOutcome
from deliberations.forms.fields import DayField, RowsField, TextField
from deliberations.models import Deliberation


class WordsForm(forms.Form):
    """The words of a proposal. All may be empty while it is being prepared."""

    subject = TextField(
        label="Oggetto",
        required=False,
        rows=2,
        help_text="Come apparirà sull'atto, per esempio: Approvazione modificazioni al Piano della Performance 2022.",
    )
    proposer = forms.CharField(
        label="Proponente", required=False, max_length=150, help_text="Chi firma la proposta, per esempio il Sindaco."
    )
    premises = TextField(
        label="Premesse",
        required=False,
        rows=18,
        help_text="Gli atti richiamati, le ragioni delle variazioni, i pareri. Una riga vuota separa i capoversi.",
    )
    dispositions = TextField(
        label="Dispositivo",
        required=False,
        rows=8,
        help_text="Che cosa la Giunta delibera, un punto per capoverso.",
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def words(self) -> dict[str, str]:
        """The words typed, without the version they were typed over."""
        return {name: text for name, text in self.cleaned_data.items() if name != "row_version"}


class CitationsForm(forms.Form):
    """The acts that a proposal cites beside those it amends, which are always cited (R09)."""

    others = RowsField(
        label="Altri atti citati",
        queryset=Deliberation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Gli atti modificati sono già citati. Qui si aggiungono gli altri che le premesse richiamano.",
    )

    def __init__(self, *args: Any, proposal: Deliberation, always: Collection[int], **options: Any) -> None:
        cited = [one.cited_id for one in proposal.citations.all() if one.cited_id not in always]
        super().__init__(*args, **{"initial": {"others": cited}, **options})
        field = self.fields["others"]
        field.queryset = proposal.entity.deliberations.registered().exclude(pk__in=always)  # type: ignore[attr-defined]
        field.label_from_instance = _act_label  # type: ignore[attr-defined]


def _act_label(act: Deliberation) -> str:
    day = f" del {act.session_on:%d/%m/%Y}" if act.session_on else ""
    return f"{act.short}{day}: {act.subject}" if act.subject else f"{act.short}{day}"


class OpinionForm(forms.Form):
    """A preventive opinion (TUEL 49); for the accounting one also the statement that none is needed (R11)."""

    outcome = forms.ChoiceField(
        label="Esito",
        widget=forms.RadioSelect,
        help_text="Com'è scritto nel parere firmato.",
        error_messages={"required": "Indicare l'esito."},
    )
    signer = forms.CharField(label="Firmatario", max_length=150, required=False)
    given_on = DayField(label="Data", help_text="Il parere precede il voto, o è dello stesso giorno (R10, R14).")
    content = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        outcome, signer = self.fields["outcome"], self.fields["signer"]
        outcome.choices = [  # type: ignore[attr-defined]
            (value, label.capitalize())
            for value, label in OpinionOutcome.choices
            if kind == OpinionKind.CONTABILE or value != OpinionOutcome.NON_NECESSARIO
        ]
        signer.help_text = "Chi rende il parere, nome e cognome."
        if kind == OpinionKind.CONTABILE:
            outcome.help_text = (
                "«Non necessario» dichiara che l'atto non comporta riflessi sulla situazione economico-finanziaria "
                "o sul patrimonio dell'ente (art. 49, comma 1, TUEL; R11)."
            )

    def clean_given_on(self) -> date:
        """Refuse an opinion of a day to come."""
        day: date = self.cleaned_data["given_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Questo giorno non è ancora venuto.")
        return day

    def clean(self) -> dict[str, Any]:
        """Want the name of who gives an opinion; a statement that none is needed may stand without one."""
        data = super().clean() or self.cleaned_data
        needed = data.get("outcome") in (OpinionOutcome.FAVOREVOLE, OpinionOutcome.CONTRARIO)
        if needed and not data.get("signer") and "signer" not in self.errors:
            self.add_error("signer", "Indicare chi rende il parere.")
        return data
