"""Change sets for the tests of the rules: a sound one, of which a test changes what matters."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from deliberations.calendar import ActDays
from objectives.rules import (
    RULES,
    ActFacts,
    ActiveSheet,
    ChangeSet,
    EarlierAct,
    OpinionGiven,
    PlanRules,
    Proposed,
    Stage,
)
from objectives.snapshots import IndicatorLine, PhaseLine, Snapshot
from objectives.targets import read_target

SESSION = dt.date(2022, 9, 20)
GC8 = EarlierAct(8, "GC 8/2022", session_on=dt.date(2022, 2, 7), in_force_from=dt.date(2022, 2, 7))
OPINIONS = (
    OpinionGiven("TECNICA", "FAVOREVOLE", dt.date(2022, 9, 15)),
    OpinionGiven("CONTABILE", "NON_NECESSARIO", dt.date(2022, 9, 15)),
)


def indicator(expected: str = "31/12/2022", text: str = "Avvio del servizio", **told: Any) -> IndicatorLine:
    """An indicator of time, read as the program reads it; `told` corrects the reading."""
    family = told.pop("family", "TEMPO")
    read = read_target(expected, family=family, plan_year=2022, label=text)
    reading = {
        "target_kind": read.kind,
        "target_number": read.number,
        "target_date": read.date,
        "target_unit": read.unit,
        "direction": read.direction,
        "year": read.year,
    }
    return IndicatorLine(told.pop("key", "i1"), 1, family, text, expected, **{**reading, **told})


def sheet(number: int = 1, weight: str | None = "100", **told: Any) -> Snapshot:
    """A sheet in force, complete."""
    facts = {
        "sheet": number,
        "objective": number,
        "sector": 1,
        "sector_name": "SETTORE FINANZIARIO",
        "number": number,
        "weight": None if weight is None else Decimal(weight),
        "title": f"Obiettivo {number}",
        "phases": (PhaseLine("f1", 1, "Avvio"),),
        "indicators": (indicator(),),
        "state": "ADOTTATA",
    }
    return Snapshot(**{**facts, **told})


def draft(number: int = 1, weight: str | None = "100", change: str = "MODIFICATO", **told: Any) -> Snapshot:
    """A sheet on its way, with its motive."""
    motive = {"motive": "SLITTAMENTO", "motive_text": "Il fornitore ritarda.", "state": "BOZZA"}
    identity = {"sheet": 100 + number, "objective": number, "change": change}
    base = None if change == "INSERITO" else number
    return sheet(number, weight, **{**motive, **identity, "base": base, **told})


def proposed(after: Snapshot, before: Snapshot | None = None, **told: Any) -> Proposed:
    """A sheet on its way against the one in force: the same with another description, or none where it is new."""
    if before is None and after.change != "INSERITO":
        before = sheet(after.number, sector=after.sector, description="Il testo di prima.")
        if after.change == "ELIMINATO":
            before = sheet(after.number, str(after.weight), sector=after.sector)
    return Proposed(after, before, **{"base_act": GC8 if before else None, **told})


def active(one: Snapshot) -> ActiveSheet:
    """A sheet as it stands in the resulting plan."""
    return ActiveSheet(one.sheet, one.sector, one.sector_name, one.number, one.weight, one.title, one.staff)


def change_set(*changes: Proposed | Snapshot, beside: Iterable[Snapshot] = (), **told: Any) -> ChangeSet:
    """Changes of the plan of 2022, `beside` what stays in force, on a day of September."""
    every = tuple(one if isinstance(one, Proposed) else proposed(one) for one in changes)
    resulting = [active(one.after) for one in every if one.is_active] + [active(one) for one in beside]
    plan = told.pop("plan", PlanRules(2022))
    return ChangeSet(plan=plan, proposed=every, resulting=tuple(resulting), **{"day": SESSION, **told})


def act(**told: Any) -> ActFacts:
    """An act of five members, all of whom are there and in favour, with what it needs."""
    days = {"session_on": SESSION, **told.pop("days", {})}
    facts = {
        "opinions": OPINIONS,
        "cited": frozenset({8}),
        "plan_acts": frozenset({8}),
        "present": (True,) * 5,
        "votes_for": 5,
    }
    return ActFacts(**{**facts, "days": ActDays(**days), **told})


def adoption(*changes: Proposed | Snapshot, act: ActFacts, **told: Any) -> ChangeSet:
    """Changes on the day of their adoption."""
    day = act.session_on or SESSION
    return change_set(*(changes or (draft(),)), act=act, stage=Stage.ADOPT, **{"day": day, **told})


def told(rule: str, changes: ChangeSet) -> list[tuple[str, str]]:
    """What one rule says: severity and message."""
    return [(one.severity, one.message) for one in RULES[rule].check(changes)] if RULES[rule].concerns(changes) else []


def places(rule: str, changes: ChangeSet) -> list[str]:
    """Where one rule finds something."""
    return [one.place for one in RULES[rule].check(changes)]
