"""The scores of a plan with 60 sheets, against reading sheets and results alone, and against a plan of 6."""

import datetime as dt
from functools import partial

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.measuring import Deed, Figure, Line, medians, milliseconds
from benchmarks.pages import get
from benchmarks.towns import found_town, sign_in
from evaluations.choices import RoundKind
from evaluations.measuring import measure as measure_round
from evaluations.models import Result, Round
from objectives.models import Plan, Sheet
from organisation.recording import create_recorded, recording

FEW, MANY = 6, 60  # sheets of a plan
ON = dt.date(2026, 12, 31)
TIMES = 10


def measure() -> list[Line]:
    """Measure both verifications in turn, and open the page of the larger one's scores."""
    few, many = verification("pochi-esiti", FEW), verification("molti-esiti", MANY)
    browser = sign_in(many.plan.entity)
    page = partial(get, browser, f"/{many.plan.entity.slug}/verifiche/2026/finale/esiti/", "Punteggi")
    scored, read, shown = medians(TIMES, partial(scores, many), partial(entered, many), page, warm_up=2)
    counts = [statements(partial(scores, one)) for one in (many, few)]
    return [
        Figure(
            "scores of a plan with 60 sheets", milliseconds(scored), f"sheets and results read {milliseconds(read)}",
            scored / read, limit=3,
        ),
        Figure("the same, queries", str(counts[0]), f"6 sheets {counts[1]}", counts[0] / counts[1], limit=1),
        Figure(
            "page of the scores of 60 sheets", milliseconds(shown), f"scores alone {milliseconds(scored)}",
            shown / scored,
        ),
    ]  # fmt: skip


def verification(slug: str, count: int) -> Round:
    """A verification of a plan of `count` sheets in which every indicator achieved what was expected."""
    plan = found_town(slug, count)
    with recording(by=None, why="Misura"):
        found = Round(plan=plan, kind=RoundKind.FINALE, on=ON)
        found.save()
        create_recorded(
            [
                Result(round=found, objective=sheet.objective, sheet=sheet, key=row.key, achieved=row.expected)
                for sheet in sheets(plan)
                for row in sheet.indicators.all()
            ]
        )
    return Round.objects.select_related("plan__entity").get(pk=found.pk)


def scores(found: Round) -> None:
    """Measure it. Raises AssertionError where nothing was measured."""
    if measure_round(found).plan_value.percent is None:
        raise AssertionError("Nothing was measured.")


def entered(found: Round) -> None:
    """Read the sheets with their rows, and the results."""
    sheets(found.plan)
    list(Result.objects.filter(round=found))


def sheets(plan: Plan) -> list[Sheet]:
    """Read the sheets in force with all their rows."""
    return list(Sheet.objects.of(plan).in_force(plan.entity.deliberations.in_force_on(ON)).with_rows())


def statements(deed: Deed) -> int:
    """How often it asks the database."""
    with CaptureQueriesContext(connection) as captured:
        deed()
    return len(captured)
