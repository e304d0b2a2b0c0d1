"""A town to open pages of: invented sheets, put on record the way every act is, and a member of it."""

import copy
import json
from typing import Any

from django.conf import settings
from django.test import Client

from objectives.loading import load_act
from objectives.models import Plan
from organisation.models import Entity, Membership, User
from organisation.recording import recording
from organisation.roles import Role

INVENTED_ACT = settings.BASE_DIR / "demo" / "gc-12-2026.json"
YEAR = 2026  # of that act


def act_of(count: int, name: str, year: int = YEAR) -> dict[str, Any]:
    """The demonstration's first act with `count` sheets: six settori, further sheets under further numbers.

    In another `year` than its own, every mention of it is moved there.
    """
    act = json.loads(INVENTED_ACT.read_text(encoding="utf-8").replace(str(YEAR), str(year)))
    act["plan"] = {"year": year, "triennium": [year, year + 2]}
    known = act["sheets"]
    by_turns = sorted(range(len(known)), key=lambda index: (index % 5, index))
    sheets = [copy.deepcopy(known[by_turns[place % len(known)]]) for place in range(count)]
    for place, sheet in enumerate(sheets):
        sheet["number"] += 5 * (place // len(known))
    for sector in {sheet["sector"] for sheet in sheets}:
        share_out_weights([sheet for sheet in sheets if sheet["sector"] == sector])
    return {**act, "entity": name, "sheets": sheets}


def share_out_weights(sheets: list[dict[str, Any]]) -> None:
    """Have the sheets of a settore weigh 100 together (R01)."""
    for place, sheet in enumerate(sheets):
        sheet["weight"] = (100 * (place + 1)) // len(sheets) - (100 * place) // len(sheets)


def found_town(slug: str, count: int, year: int = YEAR) -> Plan:
    """Make the town with its plan of `count` sheets in force since 5 February of the year."""
    with recording(by=None, why="Misura"):
        entity = Entity(name=f"Comune di {slug.title()}", slug=slug, is_demo=True)
        entity.save()
    load_act(act_of(count, entity.name, year), entity=entity, by=None)
    return Plan.objects.get(entity=entity)


def sign_in(*towns: Entity) -> Client:
    """A browser of somebody who may see these towns."""
    with recording(by=None, why="Misura"):
        user = User.objects.create_user(
            "-".join(town.slug for town in towns), password=None, is_staff=True, is_superuser=True
        )
        for town in towns:
            Membership(user=user, entity=town, role=Role.SEGRETARIO).save()
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client
