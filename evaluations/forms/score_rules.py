"""The criteria of scores, as the Segretario writes them."""

from typing import Any, cast

from django import forms
from django.http import QueryDict

from evaluations.choices import LateRule, PartialRule
from evaluations.models import ScoreRules
from evaluations.score_rules import MOST_STEPS, why_not_steps
from evaluations.scoring.criteria import ordered

CHOOSE = {"required": "Scegliere una delle voci.", "invalid_choice": "Scegliere una delle voci."}
PLAIN = ("partial", "cap", "late", "indicator_weights")


def _number(label: str, lowest: int, highest: int, **facts: Any) -> forms.IntegerField:
    between = f"Scrivere un numero intero da {lowest} a {highest}."
    messages = {"invalid": between, "min_value": between, "max_value": between, "required": between}
    return forms.IntegerField(label=label, min_value=lowest, max_value=highest, error_messages=messages, **facts)


class ScoreRulesForm(forms.Form):
    """How values and days that are missed count, the cap, the weights; with the version that was read."""

    partial = forms.ChoiceField(
        label="Un valore non raggiunto vale",
        choices=PartialRule.choices,
        widget=forms.RadioSelect,
        help_text="Atteso 10, raggiunto 8: in proporzione vale 80, altrimenti 0.",
        error_messages=CHOOSE,
    )
    cap = _number(
        "Un indicatore vale al massimo, in percento",
        100,
        200,
        help_text="100: fare più dell'atteso non compensa altro; 120: un risultato migliore può valere fino a 120.",
    )
    late = forms.ChoiceField(
        label="Un termine non rispettato vale",
        choices=LateRule.choices,
        widget=forms.RadioSelect,
        help_text="Un termine rispettato vale sempre 100.",
        error_messages=CHOOSE,
    )
    indicator_weights = forms.BooleanField(
        label="Contano i pesi degli indicatori, dove sono scritti per tutti",
        required=False,
        help_text="Dove manca anche un solo peso, gli indicatori della scheda contano tutti uguale.",
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, rules: ScoreRules) -> None:
        """Begin with the criteria `rules`; the steps of delay get a pair of fields each."""
        initial = {
            name: getattr(rules, name) for name in ("partial", "cap", "late", "indicator_weights", "row_version")
        }
        steps = ordered(rules.late_steps)
        for place in range(MOST_STEPS):
            limit, worth = steps[place] if place < len(steps) else (None, None)
            initial |= {f"days_{place}": limit, f"worth_{place}": worth}
        super().__init__(data, initial=initial)
        for place in range(MOST_STEPS):
            which = f" (scaglione {place + 1})"
            self.fields[f"days_{place}"] = _number(f"Fino a giorni di ritardo{which}", 1, 3660, required=False)
            self.fields[f"worth_{place}"] = _number(f"Vale, in percento{which}", 0, 99, required=False)

    @property
    def steps(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of the steps, two by two."""
        return [(self[f"days_{place}"], self[f"worth_{place}"]) for place in range(MOST_STEPS)]

    def clean(self) -> dict[str, Any]:
        """Refuse half a step, and steps that are worth more the later one is."""
        cleaned: dict[str, Any] = super().clean() or {}
        steps = []
        for place in range(MOST_STEPS):
            limit, worth = cleaned.get(f"days_{place}"), cleaned.get(f"worth_{place}")
            if limit is not None and worth is not None:
                steps.append([limit, worth])
            elif limit is not None and f"worth_{place}" in cleaned:
                self.add_error(f"worth_{place}", "Scrivere quanto vale questo scaglione, o svuotarlo.")
            elif worth is not None and f"days_{place}" in cleaned:
                self.add_error(f"days_{place}", "Scrivere fino a quanti giorni arriva questo scaglione, o svuotarlo.")
        cleaned["late_steps"] = sorted(steps)
        if not self.errors and (refusal := why_not_steps(cleaned["late_steps"], cleaned["late"])):
            self.add_error(None, refusal)
        return cleaned

    def settings(self) -> dict[str, Any]:
        """Return what was chosen, by the names of the fields of ScoreRules."""
        return {name: self.cleaned_data[name] for name in (*PLAIN, "late_steps")}

    def read_again(self, rules: ScoreRules) -> None:
        """Take the criteria as they are now for read, and keep what is typed: the next saving is meant."""
        data = cast(QueryDict, self.data).copy()
        data["row_version"] = str(rules.row_version)
        self.data = data
