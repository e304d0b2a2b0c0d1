"""Puts an act that was read (exchange format) on record: whole, or not at all."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction

from deliberations.loading import find_act
from objectives import upper_rooms
from objectives.act_again import load_again
from objectives.entering import Entering
from objectives.filling import Filling
from objectives.importing.exchange_format import cited_name
from objectives.importing.findings import ERROR, Finding, Limits, Rules, RulesOf
from objectives.load_outcome import Loaded, LoadRefused
from objectives.models import Plan
from objectives.rule_settings import SWITCHABLE
from organisation.counting import Counting
from organisation.folding import fold
from organisation.holding import hold
from organisation.models import Entity, User
from organisation.recording import recording


def load_act(
    data: dict[str, Any], *, entity: Entity, by: User | None, details: Mapping[str, str] | None = None
) -> Loaded:
    """Put an act of the exchange format on record, with its plan, settori, responsabili and sheets.

    `data` is what a reading without errors holds, `details` what the document says beyond the exchange format. The
    same act twice changes nothing, but for dates it did not have yet. One known only because others cite it receives
    its text, and so do its sheets that were not on file. Raises LoadRefused, and leaves the database as it was, where
    the act does not fit what is on record.
    """
    act_data = data["act"]
    name = f"{act_data['body']} {act_data['number']}/{act_data['year']}"
    with transaction.atomic(), recording(by=by, why=f"Importazione dell'atto {name}", act=name):
        # Two imports of one entity, or an import and an adoption: the second one waits.
        hold(Entity.objects.filter(pk=entity.pk))
        _refuse_another_entity(data["entity"], entity)
        _refuse_citing_itself(act_data)
        known = find_act(act_data, entity)
        if known and known.on_file:
            since = known.in_force_from
            outcome = load_again(known, data)
        else:
            since = None
            entering = Filling(known, data, by, details or {}) if known else Entering(data, entity, by, details or {})
            outcome = entering.run()
        upper_rooms.takes_effect(outcome.act, by, since=since)
        return outcome


def rules_of(entity: Entity) -> RulesOf:
    """Return the rules by which an act of this entity is judged: its own, and those of the plan of a year."""

    def of_year(_name: str, year: int) -> Rules:
        plan = Plan.objects.filter(entity=entity, year=year).first() or Plan(entity=entity, year=year)
        return Rules(
            Counting(entity.counting),
            entity.late_after_days,
            plan.weight_total,
            plan.weight_tolerance,
            plan.cut_off,
            frozenset(plan.rules_off).intersection(SWITCHABLE),
        )

    return of_year


def limits_from_settings() -> Limits:
    """Return how much a document may ask of this installation (settings IMPORT_MAX_…)."""
    return Limits(
        max_bytes=settings.IMPORT_MAX_BYTES,
        max_line_chars=settings.IMPORT_MAX_LINE_CHARS,
        max_sheets=settings.IMPORT_MAX_SHEETS,
        max_seconds=settings.IMPORT_MAX_SECONDS,
        max_memory=settings.IMPORT_MAX_MEMORY,
    )


def _refuse_another_entity(name: str, entity: Entity) -> None:
    if fold(name) != fold(entity.name):
        message = f"Il documento è di «{name}», non di «{entity.name}»: aprire la pagina dell'ente giusto."
        raise LoadRefused([Finding(ERROR, "I09", message)])


def _refuse_citing_itself(act: dict[str, Any]) -> None:
    if cited_name(act, act) in [cited_name(cited, act) for cited in act["cites"]]:
        message = f"L'atto cita sé stesso ({act['number']}/{act['year']}): controllare gli atti citati."
        raise LoadRefused([Finding(ERROR, "R09", message)])
