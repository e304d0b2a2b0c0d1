"""A plan of the present year, in force: what a change of today starts from (R28 refuses a year gone by)."""

from typing import Any

from django.utils import timezone

from deliberations.models import Deliberation
from objectives.draft_content import DraftContent
from objectives.models import Plan, Sheet
from objectives.workflow import edit
from organisation.models import Entity, User
from tests.factories import written_act, written_indicator, written_sheet
from tests.remembered import load_first

YEAR = timezone.localdate().year


def full_sheet(number: int, **facts: Any) -> dict[str, Any]:
    """A sheet of this year that no rule has anything against, in the exchange format."""
    indicators = [written_indicator(expected=f"31/12/{YEAR}"), written_indicator(family="QUANTITA", expected="2")]
    phases = [{"slot": 1, "text": "Avvio", "months": []}, {"slot": 2, "text": "Verifica", "months": [f"{YEAR}-12"]}]
    return written_sheet(number, **{"indicators": indicators, "phases": phases, **facts})


def approved_plan(entity: Entity, *sheets: dict[str, Any], number: int = 8, **facts: Any) -> Plan:
    """The plan of this year, approved by GC 8 on the first of January; FINANZIARIO n° 1 (60) and n° 2 (40) by default.

    No rule objects to the season (R28), so that tests read the same all year round.
    """
    content = sheets or (full_sheet(1, weight=60), full_sheet(2, weight=40))
    act = written_act(number, f"{YEAR}-01-01", *content, **facts)
    data = {**act, "entity": entity.name, "plan": {"year": YEAR, "triennium": None}}
    load_first(data, entity)
    plan: Plan = entity.plans.get(year=YEAR)
    plan.cut_off = "12-31"
    plan.save()
    return plan


def sheet_of(plan: Plan, number: int, sector: str = "FINANZIARIO") -> Sheet:
    """The last adopted version of a sheet."""
    adopted = Sheet.objects.of(plan).adopted().filter(sector__name=sector, number=number)
    sheet: Sheet = adopted.exclude(successor__state="ADOTTATA").get()
    return sheet


def first_act(plan: Plan) -> Deliberation:
    """The act that approved the plan."""
    act: Deliberation = plan.entity.deliberations.registered().in_order().first()
    return act


def rewritten(draft: Sheet, by: User, **fields: Any) -> Sheet:
    """A draft with another title and the reason for it."""
    words = {"title": "Sportello digitale", "motive": "SLITTAMENTO", "motive_text": "La fornitura tarda."}
    return edit(draft, DraftContent({**words, **fields}), by=by)
