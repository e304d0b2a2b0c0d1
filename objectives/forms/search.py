"""What somebody looks for among the sheets, as an address says it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import F
from django.utils import timezone

from objectives.choices import Change, Family, State
from objectives.searching import words_of
from objectives.selecting import ANY, IN_FORCE, ORDERS, PAST, Asked
from objectives.targets import read_target
from organisation.access import Place
from organisation.roles import Deed

NOTHING_ASKED = "Scrivere almeno una parola, o scegliere un filtro."
NO_WORDS = "Scrivere almeno una parola."
NO_VALUE = "Scrivere un numero, come 72,5, o un giorno con l'anno, come 31/12/2026."
TWO_KINDS = "Scrivere due numeri, oppure due giorni."
UPSIDE_DOWN = "Il primo valore è maggiore del secondo."
OTHER_MOMENT = "In un giorno, o dopo un atto, si cercano le schede in vigore allora: togliere lo stato, o il momento."
MOMENT = ("giorno", "atto")
FIRST = ("q", "anno", "settore", "stato", "ordine")
ADOPTED_STATES = [
    ("", "adottate, ogni versione"),
    (IN_FORCE, "in vigore oggi"),
    (PAST, "adottate, non in vigore oggi"),
]
OPEN_STATES = [(ANY, "adottate e in corso")] + [
    (state.value, f"in corso: {state.label}") for state in State if state != State.ADOTTATA
]


def has_words(query: str) -> None:
    """Refuse a query in which nothing is left once accents and blanks are gone."""
    if not words_of(query):
        raise ValidationError(NO_WORDS)


class BoundField(forms.CharField):
    """An end of a range of expected values: a number or a day, written as on a sheet."""

    def to_python(self, value: Any) -> Any:
        """Return a Decimal or a date; None for nothing."""
        written = super().to_python(value)
        if not written:
            return None
        year = timezone.localdate().year
        for family in (Family.QUANTITA, Family.TEMPO):
            read = read_target(written, family=family, plan_year=year)
            found = read.date if read.date and not read.completed else read.number
            if found is not None:
                return found
        raise ValidationError(NO_VALUE)


class SearchForm(forms.Form):
    """What somebody looks for, and where; every field may stay empty, but not all of them."""

    q = forms.CharField(
        label="Parole da cercare",
        required=False,
        validators=[has_words, MaxLengthValidator(200, "Scrivere al massimo 200 caratteri.")],
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    anno = forms.TypedChoiceField(
        label="Anno",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "Non ci sono piani di quest'anno."},
    )
    settore = forms.TypedChoiceField(
        label="Settore",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "Questo settore non c'è."},
    )
    responsabile = forms.ChoiceField(
        label="Responsabile", required=False, error_messages={"invalid_choice": "Questo responsabile non c'è."}
    )
    stato = forms.ChoiceField(
        label="Stato",
        required=False,
        error_messages={"invalid_choice": "Questo stato non c'è, o le sue schede le vede solo chi le prepara."},
    )
    variazione = forms.ChoiceField(
        label="Variazione",
        required=False,
        choices=[("", "tutte"), *Change.choices],
        error_messages={"invalid_choice": "Questa variazione non c'è."},
    )
    famiglia = forms.ChoiceField(
        label="Famiglia dell'indicatore",
        required=False,
        choices=[("", "tutte"), *Family.choices],
        error_messages={"invalid_choice": "Questa famiglia non c'è."},
    )
    atteso = forms.CharField(
        label="Atteso, come scritto",
        required=False,
        validators=[MaxLengthValidator(100, "Scrivere al massimo 100 caratteri.")],
    )
    da = BoundField(label="Atteso da", required=False)
    a = BoundField(label="Atteso fino a", required=False)
    pluriennale = forms.TypedChoiceField(
        label="Pluriennale",
        required=False,
        choices=[("", "sì e no"), ("si", "sì"), ("no", "no")],
        coerce=lambda written: written == "si",
        empty_value=None,
        error_messages={"invalid_choice": "Scegliere sì o no."},
    )
    scadute = forms.BooleanField(label="Solo con scadenze passate", required=False)
    ordine = forms.ChoiceField(
        label="Ordine",
        required=False,
        choices=[(key, words) for key, (words, _) in ORDERS.items()],
        error_messages={"invalid_choice": "Quest'ordine non c'è."},
    )

    def __init__(self, data: Any, place: Place) -> None:
        """Offer the years, settori and responsabili of the entity, and the states that the person may see."""
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        years = [(year, year) for year in place.entity.plans.values_list("year", flat=True)]
        named = list(place.entity.sectors.annotate(answering=F("managers__name")).order_by("match_key", "pk"))
        sectors = {sector.pk: sector.short_name for sector in named}
        managers = sorted({sector.answering for sector in named if sector.answering})
        sees_open = place.may(Deed.DRAFT) or place.may(Deed.APPROVE)
        fields["anno"].choices = [("", "tutti gli anni"), *years]
        fields["settore"].choices = [("", "tutti i settori"), *sectors.items()]
        fields["responsabile"].choices = [("", "tutti"), *((name, name) for name in managers)]
        fields["stato"].choices = [*ADOPTED_STATES, *(OPEN_STATES if sees_open else [])]

    def clean(self) -> dict[str, Any]:
        """Refuse a search for nothing, a range without an inside, and a state at a moment that has its own."""
        cleaned: dict[str, Any] = super().clean() or {}
        moment = any(self.data.get(name) for name in MOMENT)
        if not (self.errors or moment or set(self.query) - {"ordine"}):
            self.add_error("q", NOTHING_ASKED)
        if moment and cleaned.get("stato") not in {None, "", IN_FORCE}:
            self.add_error("stato", OTHER_MOMENT)
        self._check_range(cleaned.get("da"), cleaned.get("a"))
        return cleaned

    def _check_range(self, lowest: Any, highest: Any) -> None:
        if lowest is None or highest is None:
            return
        if type(lowest) is not type(highest):
            self.add_error("a", TWO_KINDS)
        elif lowest > highest:
            self.add_error("a", UPSIDE_DOWN)

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """What nearly every search uses."""
        return [self[name] for name in FIRST]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The other filters, which a page may fold away while they are not used."""
        return [self[name] for name in self.fields if name not in FIRST]

    @property
    def more_used(self) -> int:
        """How many of the other filters are used, the moment among them."""
        asked = {*self.query, *(name for name in MOMENT if self.data.get(name))}
        return len(asked.difference(FIRST))

    @property
    def query(self) -> dict[str, str]:
        """What an address says of this search, as it was typed."""
        typed = {name: (self.data.get(name) or "").strip() for name in self.fields}
        return {name: text for name, text in typed.items() if text}

    @property
    def asked(self) -> Asked:
        """What is looked for. Only of a valid form."""
        found = self.cleaned_data
        return Asked(
            words=tuple(words_of(found["q"])),
            year=found["anno"],
            sector=found["settore"],
            manager=found["responsabile"],
            state=found["stato"],
            change=found["variazione"],
            family=found["famiglia"],
            expected=found["atteso"],
            lowest=found["da"],
            highest=found["a"],
            multi_year=found["pluriennale"],
            overdue=found["scadute"],
            order=found["ordine"],
        )
