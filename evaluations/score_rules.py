"""The criteria by which a plan's scores are computed: settings that the Segretario changes, and the history keeps.

A verification that is closed keeps the criteria it was closed with (evaluations.outcomes).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db import transaction

from evaluations.choices import LateRule, PartialRule
from evaluations.models import ScoreRules
from evaluations.scoring.criteria import ordered
from evaluations.scoring.writing import days
from objectives.models import Plan
from objectives.permissions import standing
from objectives.workflow import Refused, Stale
from organisation.holding import hold
from organisation.models import User
from organisation.recording import recording
from organisation.roles import Deed, roles_that_may

SETTINGS = {
    "cap": "tetto di un indicatore",
    "partial": "valore non raggiunto",
    "late": "termine non rispettato",
    "late_steps": "scaglioni di ritardo",
    "indicator_weights": "conta il peso degli indicatori, dove è scritto",
}
"""The fields of ScoreRules that are set, as people read them."""
MOST_STEPS = 5
CHANGED = (
    "I criteri sono stati cambiati dopo che la pagina è stata aperta: vedere sotto che cosa, e salvare di nuovo se va "
    "bene."
)


def rules_of(plan: Plan) -> ScoreRules:
    """Return the criteria of a plan; unsaved ones with the defaults, of version 0, where it has none of its own."""
    return ScoreRules.objects.filter(plan=plan).first() or ScoreRules(plan=plan, row_version=0)


def save_rules(plan: Plan, settings: dict[str, Any], *, by: User, row_version: int) -> bool:
    """Change the criteria of a plan (names in SETTINGS); tell whether anything differed.

    Raises Refused for who may not and for steps that make no sense, Stale where somebody changed them after the person
    read `row_version`. Two people who save at once are told apart by the plan, which is held.
    """
    with transaction.atomic(), recording(by=by, why="Criteri di punteggio"):
        hold(Plan.objects.filter(pk=plan.pk))
        if not standing(by, plan.entity).may(Deed.RULES):
            raise Refused(f"I criteri di punteggio li cambia solo chi è {' o '.join(roles_that_may(Deed.RULES))}.")
        now = rules_of(plan)
        wanted = {**settings, "late_steps": [list(step) for step in ordered(settings["late_steps"])]}
        if refusal := why_not_steps(wanted["late_steps"], wanted["late"]):
            raise Refused(refusal)
        differing = [name for name in SETTINGS if getattr(now, name) != wanted[name]]
        if differing and row_version != now.row_version:
            raise Stale(CHANGED, now)
        for name in differing:
            setattr(now, name, wanted[name])
        if differing:
            now.row_version += 1
            now.full_clean()
            now.save()
        return bool(differing)


def why_not_steps(steps: list[list[int]], late: str) -> str | None:
    """Return why these steps of delay make no sense, or None: each further day must not be worth more."""
    if late == LateRule.A_SCAGLIONI and not steps:
        return "Per contare il ritardo a scaglioni serve almeno uno scaglione: fino a quanti giorni, quanto vale."
    if len(steps) > MOST_STEPS:
        return f"Gli scaglioni sono al massimo {MOST_STEPS}."
    if any(not (1 <= limit <= 3660 and 0 <= worth <= 99) for limit, worth in steps):
        return "Uno scaglione va da 1 a 3660 giorni, e vale da 0 a 99: rispettato il termine, vale 100."
    for (limit, worth), (further, less) in pairwise(steps):
        if limit == further:
            return f"Due scaglioni arrivano a {days(limit)}: lasciarne uno."
        if less > worth:
            return f"Un ritardo fino a {days(further)} non può valere più di uno fino a {days(limit)}."
    return None


@dataclass(frozen=True)
class RulesChange:
    """A change of the criteria: when, by whom (None: by whoever administers the installation), what in sentences."""

    at: datetime
    by: User | None
    what: list[str]


def changes_of(plan: Plan) -> list[RulesChange]:
    """Return the changes of a plan's criteria, the latest first, in one query; the first one is from the defaults."""
    rows = ScoreRules.history.filter(plan=plan).select_related("history_user").order_by("history_id")
    changes = [
        RulesChange(after.history_date, after.history_user, list(_differences(before, after)))
        for before, after in pairwise([ScoreRules(plan=plan), *rows])
    ]
    return [change for change in changes if change.what][::-1]


def _differences(before: Any, after: Any) -> Iterator[str]:
    for name, label in SETTINGS.items():
        if getattr(before, name) != getattr(after, name):
            yield f"{label}: da {setting_written(name, before)} a {setting_written(name, after)}"


def setting_written(name: str, rules: Any) -> str:
    """Return a setting as an office writes it: "120 %", "tutto o niente", "fino a 30 giorni 50 %", "sì"."""
    value = getattr(rules, name)
    if name == "cap":
        return f"{value} %"
    if name == "late_steps":
        return ", ".join(f"fino a {days(limit)} {worth} %" for limit, worth in ordered(value)) or "nessuno"
    if name == "indicator_weights":
        return "sì" if value else "no"
    return f"«{(PartialRule if name == 'partial' else LateRule)(value).label}»"
