"""What the pictures are made of: means of what was measured, nothing counted as zero."""

import datetime as dt
from decimal import Decimal

import pytest

from evaluations.measuring import measure
from evaluations.plan_charts import (
    due_share,
    phases_of,
    progress_of,
    said,
    sector_results,
    sheet_results,
)
from evaluations.rounds import enter
from tests.results import progress, result
from tests.this_year import YEAR


@pytest.mark.parametrize(
    ("months", "on", "share"),
    [
        (["2022-03", "2022-04"], (2022, 3, 30), 0),
        (["2022-03", "2022-04"], (2022, 3, 31), 50),
        (["2022-03", "2022-04"], (2022, 12, 1), 100),
        (["2022-12", "2023-01"], (2022, 12, 31), 50),
        ([], (2022, 12, 31), None),
    ],
)
def test_what_is_due_are_the_months_that_are_over(months, on, share):
    assert due_share(months, dt.date(*on)) == (None if share is None else Decimal(share))


def test_a_percentage_does_not_leave_its_sign():
    assert (said(50), said(None), said(None, "-")) == ("50\N{NO-BREAK SPACE}%", "non inserito", "-")


@pytest.fixture
def measured(open_one, sheet, ufficio):
    """The verification, with one phase of FINANZIARIO n° 2 half done and one of its indicators reached by half."""
    enter(open_one, [progress(sheet, 0, "50"), result(sheet, 1, achieved="1")], by=ufficio)
    return measure(open_one)


@pytest.mark.django_db
def test_progress_is_the_mean_of_what_was_measured_and_says_of_how_many(measured):
    finanziario, tecnico = progress_of(phases_of(measured), dt.date(YEAR, 12, 31))
    assert (finanziario.done, finanziario.measured) == (Decimal(50), "1 su 4")
    assert (tecnico.done, tecnico.due, tecnico.measured) == (None, Decimal(100), "")


@pytest.mark.django_db
def test_results_of_settori_and_of_their_sheets(measured):
    assert [(bar.name, bar.value, bar.note) for bar in sector_results(measured)] == [
        ("FINANZIARIO", Decimal(50), "non inserito"),
        ("TECNICO", None, "non inserito"),
    ]
    names = [(bar.name, bar.value) for bar in sheet_results(measured.sectors[:1])]
    assert names == [("n° 1 · Obiettivo 1", None), ("n° 2 · Obiettivo 2", Decimal(50))]
