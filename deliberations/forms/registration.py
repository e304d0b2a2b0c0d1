"""What makes a proposal an act, and the dates that follow its adoption.

Whether they are lawful (R12 to R19) say the rules of the plan; the forms say what cannot be meant.
"""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from deliberations.calendar import PUBLICATION_DAYS, enforceable_on, from_the
from deliberations.forms.fields import CountField, DayField, Group, GroupedForm, TextField
from deliberations.models import Deliberation
from organisation.counting import Counting

LATER: Group = (
    "dopo",
    "Pubblicazione ed esecutività",
    "Si possono lasciare vuote e indicare in seguito, quando si conoscono.",
    ("published_on", "publication_days", "group_leaders_informed_on", "enforceable_on", "enforceable_note"),
)


def lacks_dates(act: Deliberation) -> bool:
    """Tell whether a date that follows the adoption can still be entered."""
    dates = ("published_on", "group_leaders_informed_on", "enforceable_on")
    return any(getattr(act, name) is None for name in dates)


class LaterDatesForm(GroupedForm):
    """What follows an adoption, entered once when it is known: only what the act doesn't have yet is asked."""

    GROUPS: tuple[Group, ...] = (LATER,)

    published_on = DayField(
        label="Pubblicata all'albo dal", required=False, help_text="Primo giorno all'albo pretorio."
    )
    publication_days = forms.IntegerField(
        label="Giorni di pubblicazione",
        required=False,
        min_value=1,
        max_value=365,
        initial=PUBLICATION_DAYS,
        help_text="Di regola 15 giorni consecutivi (art. 124, comma 1, TUEL; R16).",
    )
    group_leaders_informed_on = DayField(
        label="Comunicata ai capigruppo il",
        required=False,
        help_text="Il giorno della pubblicazione (art. 125 TUEL; R18).",
    )
    enforceable_on = DayField(
        label="Esecutiva dal, se certificato diverso dal calcolo",
        required=False,
        help_text="Vuoto: lo calcola il programma dalla pubblicazione (art. 134, comma 3, TUEL; R15).",
    )
    enforceable_note = TextField(
        label="Perché l'esecutività differisce dal calcolo",
        required=False,
        rows=2,
        help_text="Richiesta se la data scritta qui sopra non è quella calcolata (R15).",
    )

    def __init__(self, *args: Any, act: Deliberation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.act = act
        for name in LATER[3]:
            if getattr(act, name) not in (None, ""):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Want a note for a certified enforceability that is not the computed one (R15)."""
        data = super().clean() or self.cleaned_data
        certified, computed = data.get("enforceable_on") or self.act.enforceable_on, self._computed(data)
        noted = data.get("enforceable_note") or self.act.enforceable_note
        if certified and computed and certified != computed and not noted:
            self.add_error(
                "enforceable_note",
                f"Dal calcolo sarebbe esecutiva {from_the(computed)}: scrivere perché la data è un'altra (R15).",
            )
        return data

    def _computed(self, data: dict[str, Any]) -> date | None:
        published = data.get("published_on") or self.act.published_on
        length = data.get("publication_days") or self.act.publication_days or PUBLICATION_DAYS
        return published and enforceable_on(published, Counting(self.act.counting or self.act.entity.counting), length)

    def dates(self) -> dict[str, Any]:
        """What was typed, by the name of the act's field; the length of the publication goes with its beginning."""
        typed = {name: self.cleaned_data[name] for name in LATER[3] if self.cleaned_data.get(name)}
        if "published_on" in self.fields and "published_on" not in typed:
            typed.pop("publication_days", None)
        return typed


class RegistrationForm(LaterDatesForm):
    """What makes a proposal an act: its number, the session, the votes, immediate enforceability; then later dates."""

    GROUPS: tuple[Group, ...] = (
        ("atto", "L'atto", "", ("number", "year")),
        ("seduta", "La seduta", "", ("session_on", "session_time", "secretary")),
        (
            "voto",
            "La votazione",
            "I voti sommano i presenti (R12).",
            ("votes_for", "votes_against", "abstained", "vote"),
        ),
        (
            "immediata",
            "Immediata eseguibilità",
            "Si vota a parte, con la maggioranza dei componenti e un motivo (art. 134, comma 4, TUEL; R13).",
            (
                "immediately_enforceable",
                "immediate_for",
                "immediate_against",
                "immediate_abstained",
                "immediate_reason",
            ),
        ),
        LATER,
    )

    number = forms.IntegerField(
        label="Numero",
        help_text="Quello del registro delle deliberazioni.",
        min_value=1,
        max_value=999999,
        error_messages={"required": "Indicare il numero dell'atto.", "invalid": "Serve un numero intero."},
    )
    year = forms.IntegerField(
        label="Anno",
        help_text="L'anno della seduta.",
        min_value=1990,
        max_value=2200,
        error_messages={"required": "Indicare l'anno dell'atto.", "invalid": "Serve un anno, come 2022."},
    )
    session_on = DayField(
        label="Data della seduta",
        help_text="Da questo giorno le modifiche sono in vigore, se l'atto è immediatamente eseguibile (R17).",
    )
    session_time = forms.TimeField(
        label="Ora della seduta",
        required=False,
        help_text="Si può lasciare vuota.",
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": "Scrivere l'ora come 18:00."},
    )
    secretary = forms.CharField(
        label="Segretario verbalizzante",
        max_length=150,
        help_text="Nome e cognome, come nell'atto.",
        error_messages={"required": "Indicare chi ha verbalizzato."},
    )
    votes_for = CountField(label="Favorevoli", help_text="I voti sommati fanno i presenti (R12).")
    votes_against = CountField(label="Contrari", initial=0)
    abstained = CountField(label="Astenuti", initial=0)
    vote = forms.CharField(
        label="Votazione, come la scrive l'atto",
        required=False,
        max_length=60,
        help_text="Per esempio: unanime. Si può lasciare vuoto.",
    )
    immediately_enforceable = forms.BooleanField(
        label="Dichiarata immediatamente eseguibile",
        required=False,
        help_text="Con un voto suo e un motivo (art. 134, comma 4, TUEL; R13).",
    )
    immediate_for = CountField(
        label="Favorevoli all'immediata eseguibilità",
        required=False,
        help_text="Serve la maggioranza dei componenti, non dei presenti (R13).",
    )
    immediate_against = CountField(label="Contrari all'immediata eseguibilità", required=False)
    immediate_abstained = CountField(label="Astenuti sull'immediata eseguibilità", required=False)
    immediate_reason = TextField(
        label="Motivo dell'urgenza",
        required=False,
        rows=3,
        help_text="Com'è scritto nell'atto.",
    )

    def clean_session_on(self) -> date:
        """Refuse a session still to come: an act is registered after it was adopted."""
        day: date = self.cleaned_data["session_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Questa seduta non c'è ancora stata: l'atto si registra dopo l'adozione.")
        return day

    def clean(self) -> dict[str, Any]:
        """Want the act's year to be the session's, its number free, and urgency said wholly or not at all."""
        data = super().clean() or self.cleaned_data
        session, year, number = data.get("session_on"), data.get("year"), data.get("number")
        if session and year and session.year != year:
            self.add_error("year", f"La seduta è del {session.year}: l'anno dell'atto è quello della seduta.")
        if number and year and self._taken(number, year):
            self.add_error("number", f"C'è già una deliberazione n. {number} del {year}: controllare il numero.")
        self._check_urgency(data)
        return data

    def _taken(self, number: int, year: int) -> bool:
        same = Deliberation.objects.registered().filter(entity=self.act.entity_id, body=self.act.body)
        return same.filter(number=number, year=year).exists()

    def _check_urgency(self, data: dict[str, Any]) -> None:
        votes = ("immediate_for", "immediate_against", "immediate_abstained")
        if data.get("immediately_enforceable"):
            if data.get("immediate_for") is None and "immediate_for" not in self.errors:
                self.add_error("immediate_for", "L'immediata eseguibilità ha un voto suo: indicare i favorevoli (R13).")
            if not data.get("immediate_reason") and "immediate_reason" not in self.errors:
                self.add_error("immediate_reason", "Indicare il motivo dell'urgenza (R13).")
            for name in votes[1:]:
                data[name] = data.get(name) or 0
        elif any(data.get(name) for name in (*votes, "immediate_reason")):
            self.add_error(
                "immediately_enforceable", "Ci sono voti o un motivo, ma la casella non è segnata: quale vale?"
            )

    def session(self) -> dict[str, Any]:
        """What was typed of number, session and votes, by the name of the act's field."""
        names = [name for _, _, _, group in self.GROUPS if group is not LATER[3] for name in group]
        return {name: self.cleaned_data[name] for name in names}
