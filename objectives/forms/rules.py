"""The settings of a plan's rules, as the Segretario writes them."""

import re
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict

from objectives.choices import ShareRule
from objectives.models import Plan
from objectives.rule_settings import SWITCHABLE, setting_written, version_of
from objectives.rules import RULES
from objectives.weights import written

NOT_A_DAY = "Scrivere giorno e mese, come 30/09."
NOT_A_WEIGHT = {
    "invalid": "Scrivere un numero, come 100 o 0,5.",
    "max_digits": "Questo numero è troppo lungo.",
    "max_whole_digits": "Questo numero è troppo grande.",
    "max_decimal_places": "Al massimo due decimali.",
}


class RulesForm(forms.Form):
    """Which rules are on, and their parameters; the version of the settings that was read."""

    weight_total = forms.DecimalField(
        label="Somma dei pesi di un settore",
        required=False,
        localize=True,
        max_digits=6,
        decimal_places=2,
        min_value=0,
        help_text="Vuoto: nessun controllo della somma.",
        error_messages={**NOT_A_WEIGHT, "min_value": "La somma dei pesi non è negativa."},
    )
    weight_tolerance = forms.DecimalField(
        label="Tolleranza",
        localize=True,
        max_digits=5,
        decimal_places=2,
        min_value=0,
        help_text="Di quanto la somma può scostarsi. Di solito 0.",
        error_messages={
            **NOT_A_WEIGHT,
            "required": "Scrivere la tolleranza; 0 per nessuna.",
            "min_value": "La tolleranza non è negativa.",
        },
    )
    cut_off = forms.CharField(
        label="Modifiche entro il",
        max_length=5,
        help_text="Giorno e mese, come 30/09.",
        error_messages={"required": NOT_A_DAY, "max_length": NOT_A_DAY},
    )
    share_rule = forms.ChoiceField(
        label="Somma delle partecipazioni",
        choices=ShareRule.choices,
        error_messages={"required": "Scegliere una delle voci.", "invalid_choice": "Scegliere una delle voci."},
    )
    on = forms.MultipleChoiceField(
        required=False,
        choices=[(key, RULES[key].title) for key in SWITCHABLE],
        error_messages={"invalid_choice": "Questa regola non si può accendere o spegnere."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, plan: Plan) -> None:
        """Begin with the settings of `plan`."""
        initial = {
            "weight_total": None if plan.weight_total is None else written(plan.weight_total),
            "weight_tolerance": written(plan.weight_tolerance),
            "cut_off": setting_written("cut_off", plan.cut_off),
            "share_rule": plan.share_rule,
            "on": [key for key in SWITCHABLE if key not in plan.rules_off],
            "version": version_of(plan),
        }
        super().__init__(data, initial=initial)

    def clean_cut_off(self) -> str:
        """Return the day as the archive keeps it, "09-30"; 29/02 is one, whatever the year."""
        found = re.fullmatch(r"(\d{1,2})[/.\-](\d{1,2})", self.cleaned_data["cut_off"].strip())
        try:
            day = date(2000, int(found[2]), int(found[1])) if found else None
        except ValueError:
            day = None
        if day is None:
            raise forms.ValidationError(NOT_A_DAY)
        return f"{day:%m-%d}"

    def settings(self) -> dict[str, Any]:
        """Return what was chosen, by the names of the plan's fields."""
        chosen = self.cleaned_data
        off = [key for key in SWITCHABLE if key not in chosen["on"]]
        return {
            **{name: chosen[name] for name in ("weight_total", "weight_tolerance", "cut_off", "share_rule")},
            "rules_off": off,
        }

    def read_again(self, plan: Plan) -> None:
        """Take the settings as they are now for read, and keep what is typed: the next saving is meant."""
        data = cast(QueryDict, self.data).copy()
        data["version"] = str(version_of(plan))
        self.data = data
