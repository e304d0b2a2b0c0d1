"""The parts of the drafting form: the fields of a sheet, a phase, an indicator, a person.

A draft may be incomplete, so little is required here: what is missing, the rules say. What is refused is what can't be
kept as typed.
"""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from objectives.choices import Change, Direction, Motive, State, TargetKind
from objectives.forms.expected_value import CORRECTIONS, NEEDS_NUMBER, corrected
from objectives.importing.lines import tidy
from objectives.models import Sheet
from objectives.targets import Target, read_target
from organisation.models import Manager

LONGEST = 20_000  # characters of a free text, as in the exchange format
NOT_A_NUMBER = "Scrivere un numero, per esempio 12,5."
_LINE_BREAKS = re.compile(r"[^\S\n]*(?:\r\n?|\n)\s*")


class Text(forms.CharField):
    """A text of the sheet, kept as the archive keeps texts: NFC, inner white space collapsed, each line break typed
    begins a paragraph."""

    def __init__(
        self, label: str, help_text: str = "", *, rows: int = 0, longest: int = LONGEST, paragraphs: bool = False
    ) -> None:
        widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
        super().__init__(label=label, help_text=help_text, required=False, max_length=longest, widget=widget)
        self.error_messages["max_length"] = "Il testo è troppo lungo: al massimo %(limit_value)d caratteri."
        self.paragraphs = paragraphs

    def clean(self, value: Any) -> str:
        """Return the text as it is kept."""
        typed = str(super().clean(value))
        return tidy(_LINE_BREAKS.sub("\n\n", typed)) if self.paragraphs else tidy(" ".join(typed.split()))

    def to_python(self, value: Any) -> str:
        """Count a line break once, as the person sees it."""
        return str(super().to_python(value)).replace("\r\n", "\n")


class Number(forms.DecimalField):
    """A number written with a decimal comma or a point."""

    def __init__(self, label: str, **limits: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(label=label, required=False, localize=True, widget=widget, **limits)
        self.error_messages |= {
            "invalid": NOT_A_NUMBER,
            "max_decimal_places": "Al massimo %(max)s cifre dopo la virgola.",
            "max_digits": "Il numero è troppo lungo.",
            "max_whole_digits": "Il numero è troppo lungo.",
        }


class Weight(Number):
    """A weight of a hundred."""

    def __init__(self, label: str, help_text: str = "") -> None:
        hundred = {"min_value": Decimal(0), "max_value": Decimal(100)}
        super().__init__(label, max_digits=5, decimal_places=2, help_text=help_text, **hundred)
        limits = "Il peso va da 0 a 100."
        self.error_messages |= {"min_value": limits, "max_value": limits, "max_whole_digits": limits}


class ReasonForm(forms.Form):
    """Why the sheet changes: all that may be written of a sheet that is to be removed (R05, R07)."""

    motive = forms.ChoiceField(
        label="Motivo della variazione",
        required=False,
        help_text="Perché la scheda cambia: lo chiede la regola R07.",
        choices=[("", "da scegliere"), *((motive.value, motive.label.capitalize()) for motive in Motive)],
    )
    motive_text = Text(
        "Motivazione", "Che cosa è successo e perché si cambia: la Giunta la legge accanto alla scheda.",
        rows=4, paragraphs=True,
    )  # fmt: skip

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sheet.change == Change.INSERITO:
            self.fields["motive"].label = "Motivo dell'inserimento"


class FieldsForm(ReasonForm):
    """The fields of a sheet."""

    number = forms.IntegerField(
        label="Numero",
        help_text="Libero fra gli obiettivi attivi del settore.",
        min_value=1,
        max_value=999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": "Scrivere il numero dell'obiettivo.",
            "invalid": "Scrivere un numero intero.",
            "min_value": "Il numero va da 1 a 999.",
            "max_value": "Il numero va da 1 a 999.",
        },
    )
    weight = Weight("Peso", "Quanto conta nel settore, su 100.")
    kind = Text("Tipo di obiettivo", "Com'è scritto nel piano, per esempio STRATEGICO.", longest=30)
    title = Text("Obiettivo", "Il titolo, come si leggerà nel piano.", rows=2)
    description = Text(
        "Descrizione", "Che cosa si vuole ottenere, per chi e come. A capo comincia un capoverso.",
        rows=8, paragraphs=True,
    )  # fmt: skip
    dup_link = Text(
        "Collegamento con Rel. Prev. Prog./DUP", "Missione, programma o obiettivo del DUP. Si può lasciare vuoto.",
        rows=2, paragraphs=True,
    )  # fmt: skip
    multi_year = forms.BooleanField(
        label="Obiettivo pluriennale", required=False, help_text="Continua oltre l'anno del piano (R26)."
    )
    manager = forms.ModelChoiceField(
        label="Responsabile di servizio",
        help_text="Chi risponde del settore oggi, e chi la scheda nominava.",
        queryset=Manager.objects.none(),
        required=False,
        empty_label="non indicato",
        error_messages={"invalid_choice": "Scegliere uno dei responsabili del settore."},
    )

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, sheet=sheet, **kwargs)
        self.fields["manager"].queryset = _managers(sheet)  # type: ignore[attr-defined]
        if sheet.change == Change.INSERITO:
            self.fields["substitutes"] = SubstitutedField(sheet)


def _managers(sheet: Sheet) -> Any:
    """Those who answer for the settore today, and the one whom the sheet names."""
    still = Q(valid_to=None) | Q(valid_to__gte=timezone.localdate()) | Q(pk=sheet.manager_id)
    return Manager.objects.filter(still, sector=sheet.sector_id).order_by("name", "pk")


class SubstitutedField(forms.ModelChoiceField):
    """The removed sheet of the same settore whose place a new one takes: offered, not forced (R07)."""

    def __init__(self, sheet: Sheet) -> None:
        removed = Sheet.objects.filter(
            objective__plan=sheet.objective.plan_id, sector=sheet.sector_id, change=Change.ELIMINATO
        )
        super().__init__(
            label="Sostituisce l'obiettivo eliminato",
            queryset=removed.select_related("sector", "deliberation__entity").order_by("number", "pk"),
            required=False,
            empty_label="nessuno",
            error_messages={"invalid_choice": "Scegliere una delle schede eliminate del settore."},
        )

    def label_from_instance(self, obj: Sheet) -> str:
        """Return number, title and where the removal stands."""
        act = obj.deliberation
        state = act.short if act and obj.state == State.ADOTTATA else "eliminazione proposta"
        return f"n° {obj.number} {obj.title} ({state})"


class PhaseForm(forms.Form):
    """A phase and its months, in the plan's year and the two after it."""

    text = Text("Descrizione della fase", rows=2, paragraphs=True)
    months = forms.MultipleChoiceField(label="Mesi", required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, plan_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [f"{year}-{month:02}" for year in range(plan_year, plan_year + 3) for month in range(1, 13)]
        self.fields["months"].choices = [(month, month) for month in every]  # type: ignore[attr-defined]
        self.fields["months"].error_messages["invalid_choice"] = (
            f"I mesi sono quelli degli anni {plan_year}–{plan_year + 2} del piano."
        )

    def clean(self) -> dict[str, Any]:
        """Refuse months without a phase: the archive keeps them with its text."""
        if self.cleaned_data.get("months") and not self.cleaned_data.get("text"):
            self.add_error("text", "Scrivere la fase a cui si riferiscono i mesi, o togliere i mesi.")
        return self.cleaned_data


class IndicatorForm(forms.Form):
    """An indicator; its expected value is read at once, and the reading can be corrected."""

    family = forms.CharField(widget=forms.HiddenInput)
    text = Text("Indice", rows=2, paragraphs=True)
    expected = Text("Valore atteso")
    weight = Weight("Peso dell'indice")
    kind = forms.ChoiceField(
        label="Tipo di valore",
        required=False,
        choices=[("", "come letto dal programma"), *((kind.value, kind.label) for kind in TargetKind)],
    )
    direction = forms.ChoiceField(
        label="Il risultato è buono se è",
        required=False,
        choices=[("", "come letto dal programma"), *((side.value, side.label) for side in Direction)],
    )
    number = Number("Numero", max_digits=14, decimal_places=4)
    date = forms.DateField(
        label="Data",
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "Questo giorno non esiste: scriverlo come 31/12/2022."},
    )
    unit = Text("Unità di misura", longest=60)
    year = forms.IntegerField(
        label="Anno in cui conta",
        required=False,
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": "Scrivere l'anno con quattro cifre.",
            "min_value": "Scrivere l'anno con quattro cifre.",
            "max_value": "Scrivere l'anno con quattro cifre.",
        },
    )

    def __init__(self, *args: Any, plan_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan_year = plan_year

    def clean(self) -> dict[str, Any]:
        """Refuse an indicator without its text, and a corrected reading without its value."""
        if "text" not in self.errors and not self.cleaned_data.get("text"):
            self.add_error("text", "Scrivere l'indice a cui si riferisce il valore, o togliere la riga.")
        kind = self.cleaned_data.get("kind")
        if kind == TargetKind.DATE and not self.cleaned_data.get("date"):
            self.add_error("date", "Indicare la data.")
        if kind in NEEDS_NUMBER and self.cleaned_data.get("number") is None and "number" not in self.errors:
            self.add_error("number", "Indicare il numero.")
        if not kind and any(self.cleaned_data.get(name) not in (None, "") for name in ("number", "date", "unit")):
            self.add_error("kind", "Scegliere il tipo di valore.")
        return self.cleaned_data

    @property
    def by_hand(self) -> bool:
        """Whether a person corrected the reading."""
        return any(self.cleaned_data.get(name) not in (None, "") for name in CORRECTIONS)

    @property
    def target(self) -> Target:
        """The value as it is to be understood."""
        typed = self.cleaned_data
        read = read_target(
            typed.get("expected", ""),
            family=typed.get("family", ""),
            plan_year=self.plan_year,
            label=typed.get("text", ""),
        )
        return corrected(read, typed)


class PersonForm(forms.Form):
    """A person involved, and their share as written."""

    category = Text("Categoria", longest=30)
    name = Text("Cognome e nome", longest=150)
    share = Text("% partecipazione", longest=30)

    def clean(self) -> dict[str, Any]:
        """Refuse a share of nobody."""
        if "name" not in self.errors and not self.cleaned_data.get("name"):
            self.add_error("name", "Scrivere cognome e nome, o togliere la riga.")
        return self.cleaned_data
