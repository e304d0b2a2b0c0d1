"""The plan in force on a day with 60 acts behind it, against the same plan with 6."""

import datetime as dt
from functools import partial
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.measuring import Figure, Line, medians, milliseconds
from benchmarks.pages import address, get, queries
from benchmarks.towns import act_of, found_town, sign_in
from objectives.loading import load_act
from objectives.models import Plan, Sheet

SHEETS, CHANGED = 60, 5  # sheets of the plan, and those that each further act changes
FEW, MANY = 6, 60
TIMES = 60


def measure() -> list[Line]:
    """Read the sheets with their rows, and open the page, of both plans in turn."""
    few, many = with_acts("pochi-atti", FEW), with_acts("molti-atti", MANY)
    browser = sign_in(few.entity, many.entity)
    pages = [partial(get, browser, address(plan), "Piano della Performance") for plan in (few, many)]
    whole = [partial(in_force, plan) for plan in (few, many)]
    read_few, read_many, page_few, page_many = medians(TIMES, *whole, *pages, warm_up=3)
    counts = [statements(deed) for deed in whole]
    page_counts = [queries(browser, plan) for plan in (few, many)]
    return [
        Figure(
            "60 sheets in force with their rows, 60 acts behind them", milliseconds(read_many),
            f"6 acts {milliseconds(read_few)}", read_many / read_few, limit=1.5,
        ),
        Figure("the same, queries", str(counts[1]), f"6 acts {counts[0]}", counts[1] / counts[0], limit=1),
        Figure(
            "plan page with 60 sheets, 60 acts behind it", milliseconds(page_many),
            f"6 acts {milliseconds(page_few)}", page_many / page_few,
        ),
        Figure(
            "the same, queries", str(page_counts[1]), f"6 acts {page_counts[0]}", page_counts[1] / page_counts[0],
            limit=1,
        ),
    ]  # fmt: skip


def with_acts(slug: str, count: int) -> Plan:
    """A town whose plan was approved by one act and changed by the others, one each day."""
    plan = found_town(slug, SHEETS)
    written = act_of(SHEETS, plan.entity.name)
    for n in range(1, count):
        load_act(changing(written, n), entity=plan.entity, by=None)
    return plan


def changing(written: dict[str, Any], n: int) -> dict[str, Any]:
    """The further act number `n`: it changes the next few sheets, in one word of their titles."""
    first = {key: written["act"][key] for key in ("number", "year", "date")}
    day = dt.date.fromisoformat(written["act"]["date"]) + dt.timedelta(days=n + 1)
    act = {
        **written["act"], "number": 100 + n, "date": f"{day}", "cites": [first],
        "immediately_enforceable": True, "opinions": [], "publication_start": None, "enforceable_on": None,
        "group_leaders_informed_on": None, "publication_days": None,
    }  # fmt: skip
    chosen = [written["sheets"][(n * CHANGED + place) % len(written["sheets"])] for place in range(CHANGED)]
    sheets = [{**sheet, "change": "MODIFICATO", "title": f"{sheet['title']} ({n})"} for sheet in chosen]
    return {**written, "act": act, "sheets": sheets}


def in_force(plan: Plan) -> None:
    """Read the plan at the end of its year. Raises AssertionError where it is not whole."""
    acts = plan.entity.deliberations.in_force_on(dt.date(plan.year, 12, 31))
    if len(Sheet.objects.of(plan).in_force(acts).with_rows()) != SHEETS:
        raise AssertionError("The plan is not whole.")


def statements(deed: "partial[None]") -> int:
    """How often it asks the database."""
    with CaptureQueriesContext(connection) as captured:
        deed()
    return len(captured)
