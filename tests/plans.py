"""Puts plans on record in a line: an act of an entity, its day, its sheets."""

from typing import Any

from deliberations.models import Deliberation
from organisation.models import Entity
from tests.factories import written_act, written_indicator, written_sheet
from tests.remembered import load_first


def sheet_data(number: int = 1, **told: Any) -> dict[str, Any]:
    """A sheet of the exchange format, without a description."""
    return written_sheet(number, **({"title": f"OBIETTIVO {number}", "description": ""} | told))


def indicator_data(text: str, expected: str = "31/12/2022", family: str = "TEMPO") -> dict[str, Any]:
    """An indicator of the exchange format, without results."""
    return written_indicator(text=text, expected=expected, family=family)


def adopt(entity: Entity, number: int, day: str, *sheets: dict[str, Any], **told: Any) -> Deliberation:
    """Put on record the act of `entity` that adopts `sheets` on `day`, for the plan of that year; return it."""
    year = int(day[:4])
    data = written_act(number, day, *sheets, **told)
    plan = {"year": year, "triennium": [year, year + 2]}
    return load_first(data | {"entity": entity.name, "plan": plan}, entity).act


def cites(act: Deliberation) -> list[tuple[int, str]]:
    """How a later act cites `act`, to say that it amends it."""
    return [(act.number, f"{act.session_on:%Y-%m-%d}")]
