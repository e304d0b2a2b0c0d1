"""What tests start from: entities, people, settori, and acts of the exchange format with what matters written out."""

import datetime as dt
from typing import Any

from deliberations.models import Deliberation
from objectives.choices import Change, State
from objectives.load_outcome import Loaded
from objectives.loading import load_act
from objectives.models import Objective, Plan, Sheet
from organisation.models import Entity, Membership, Sector, User
from organisation.roles import Role

CALUSO = "Comune di Caluso"


def make_entity(slug: str = "caluso", name: str = CALUSO, **facts: Any) -> Entity:
    """An entity on record."""
    entity = Entity(slug=slug, name=name, **facts)
    entity.save()
    return entity


def make_person(username: str, entity: Entity | None = None, role: Role | None = None) -> User:
    """A person without a password, with a role in an entity or without any."""
    user = User.objects.create_user(username=username)
    if entity and role:
        Membership(user=user, entity=entity, role=role).save()
    return user


def make_sector(entity: Entity, name: str = "FINANZIARIO") -> Sector:
    """A settore on record."""
    sector = Sector(entity=entity, name=name)
    sector.save()
    return sector


def make_plan(entity: Entity, year: int = 2022) -> Plan:
    """A plan on record."""
    plan = Plan(entity=entity, year=year, triennium_start=year, triennium_end=year + 2)
    plan.save()
    return plan


def make_draft(sector: Sector, plan: Plan, **facts: Any) -> Sheet:
    """A sheet that nobody sent yet, with an objective of its own."""
    objective = Objective(plan=plan)
    objective.save()
    sheet = Sheet(
        **{
            "objective": objective,
            "sector": sector,
            "change": Change.INSERITO,
            "state": State.BOZZA,
            "number": 1,
            "weight": 25,
            "title": "Sportello unico",
            **facts,
        }
    )
    sheet.save()
    return sheet


def make_proposal(entity: Entity, **facts: Any) -> Deliberation:
    """An act that is not registered yet."""
    act = Deliberation(**{"entity": entity, "session_on": dt.date(2022, 10, 18), **facts})
    act.save()
    return act


def written_sheet(number: int = 1, change: str = "INSERITO", **facts: Any) -> dict[str, Any]:
    """A sheet in the exchange format."""
    return {
        "sector": "FINANZIARIO",
        "manager": "DR. DANILO BERTOLDI",
        "kind": "STRATEGICO",
        "number": number,
        "weight": 25,
        "change": change,
        "title": f"Obiettivo {number}",
        "description": "Come da programma.",
        "dup_link": "",
        "phases": [{"slot": 1, "text": "Avvio", "months": []}],
        "indicators": [written_indicator()],
        "staff": [],
        **facts,
    }


def written_indicator(**facts: Any) -> dict[str, Any]:
    """An indicator in the exchange format."""
    return {
        "family": "TEMPO",
        "text": "Avvio del servizio",
        "expected": "31/12/2022",
        "achieved": "",
        "deviation": "",
        **facts,
    }


def written_act(number: int, day: str, *sheets: dict[str, Any], cites: Any = (), **facts: Any) -> dict[str, Any]:
    """An act of Caluso in the exchange format, adopted on `day` and immediately enforceable.

    `cites` holds (number, day) of the acts it cites. `facts` replace what it says of itself.
    """
    act = {
        "body": "Giunta Comunale",
        "number": number,
        "year": int(day[:4]),
        "date": day,
        "time": None,
        "subject": "Piano della Performance 2022.",
        "members": [],
        "secretary": None,
        "proposer": None,
        "opinions": [],
        "vote": None,
        "immediately_enforceable": True,
        "publication_start": None,
        "publication_days": None,
        "group_leaders_informed_on": None,
        "enforceable_on": None,
        "cites": [{"number": cited, "year": int(on[:4]), "date": on} for cited, on in cites],
    }
    return {
        "format": "caluso-perf/act",
        "version": 1,
        "entity": CALUSO,
        "act": {**act, **facts},
        "plan": {"year": 2022, "triennium": [2022, 2024]},
        "sheets": list(sheets),
    }


def load(data: dict[str, Any], entity: Entity, by: User | None = None) -> Loaded:
    """Put an act on record."""
    return load_act(data, entity=entity, by=by)
