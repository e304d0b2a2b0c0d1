"""Which rules a plan keeps and how: settings that the Segretario changes, and that the history keeps."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db import transaction

from objectives.choices import ShareRule
from objectives.models import Plan
from objectives.permissions import standing
from objectives.rules import RULES
from objectives.weights import written
from organisation.holding import hold
from organisation.models import User
from organisation.recording import recording
from organisation.roles import Deed

SETTINGS = ("weight_total", "weight_tolerance", "cut_off", "share_rule", "rules_off")
SWITCHABLE = tuple(rule.id for rule in sorted(RULES.values(), key=lambda rule: rule.id) if not rule.always)


class SettingsRefused(ValueError):
    """The settings can't be changed as things stand. The message is a sentence for the person."""


def version_of(plan: Plan) -> int:
    """Return what tells one state of a plan's settings from another: who changes them says which one they read."""
    version: int = plan.history.order_by("-history_id").values_list("history_id", flat=True)[0]
    return version


def set_rules(plan: Plan, settings: dict[str, Any], *, by: User, version: int) -> bool:
    """Change the settings of a plan's rules (names in SETTINGS); tell whether anything differed.

    Raises SettingsRefused for who may not, and where somebody changed them after `version` was read.
    """
    with transaction.atomic(), recording(by=by, why="Regole del piano"):
        hold(Plan.objects.filter(pk=plan.pk))
        held = Plan.objects.get(pk=plan.pk)
        if not standing(by, plan.entity).may(Deed.RULES):
            raise SettingsRefused("Le regole del piano le cambia il Segretario.")
        wanted = {**settings, "rules_off": sorted(set(settings["rules_off"]) & set(SWITCHABLE))}
        differing = [name for name in SETTINGS if getattr(held, name) != wanted[name]]
        if differing and version != version_of(held):
            raise SettingsRefused(
                "Le regole sono state cambiate dopo che la pagina è stata aperta: vedere sotto che cosa, e salvare di "
                "nuovo se va bene."
            )
        for name in differing:
            setattr(held, name, wanted[name])
        if differing:
            held.save()
        return bool(differing)


@dataclass(frozen=True)
class SettingsChange:
    """A change of the settings: when, by whom (None: by whoever administers the installation), what in sentences."""

    at: datetime
    by: User | None
    what: list[str]


def changes_of(plan: Plan) -> list[SettingsChange]:
    """Return the changes of a plan's settings, the latest first, in one query."""
    rows = list(plan.history.select_related("history_user").order_by("history_id"))
    changes = [
        SettingsChange(after.history_date, after.history_user, what)
        for before, after in pairwise(rows)
        if (what := list(_differences(before, after)))
    ]
    return changes[::-1]


def _differences(before: Any, after: Any) -> Iterator[str]:
    for name, label in (
        ("weight_total", "somma dei pesi di un settore"),
        ("weight_tolerance", "tolleranza"),
        ("cut_off", "termine per le modifiche"),
        ("share_rule", "somma delle partecipazioni"),
    ):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield f"{label}: da {setting_written(name, old)} a {setting_written(name, new)}"
    yield from _switched("spenta", set(after.rules_off) - set(before.rules_off))
    yield from _switched("riaccesa", set(before.rules_off) - set(after.rules_off))


def _switched(how: str, keys: Iterable[str]) -> Iterator[str]:
    return (f"{how} la regola {key}" for key in sorted(keys))


def setting_written(name: str, value: Any) -> str:
    """Return a setting as an office writes it: "100", "nessun controllo", "30/09"."""
    if name == "cut_off":
        month, _, day = value.partition("-")
        return f"{day}/{month}"
    if name == "share_rule":
        return f"«{ShareRule(value).label}»"
    return "nessun controllo" if value is None else written(value)
