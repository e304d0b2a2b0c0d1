"""An act between the two verifications: each measures its own sheets, and what was measured before is not lost."""

import datetime as dt

import pytest

from evaluations.choices import RoundKind
from evaluations.measuring import measure
from evaluations.rounds import enter, open_round
from tests.factories import load, written_act
from tests.results import result
from tests.this_year import full_sheet, sheet_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(caluso, segretario, responsabile):
    """The verifica intermedia of June, with results; an act of September; the verifica finale."""
    first = [full_sheet(1, weight=60), full_sheet(2, weight=40), full_sheet(1, weight=100, sector="TECNICO")]
    load(written_act(1, "2022-01-10", *first), caluso)
    plan = caluso.plans.get()
    intermedia = open_round(plan, RoundKind.INTERMEDIA, on=dt.date(2022, 6, 30), by=segretario)
    sheets = sheet_of(plan, 1), sheet_of(plan, 2), sheet_of(plan, 1, "TECNICO")
    enter(intermedia, [result(sheet, 1, achieved="1") for sheet in sheets], by=responsabile)
    changed = full_sheet(1, change="MODIFICATO", weight=60, title="Sportello digitale")
    changed["indicators"][1]["expected"] = "4"
    gone = full_sheet(2, change="ELIMINATO", weight=40)
    come = full_sheet(3, weight=40)
    closed = full_sheet(1, change="ELIMINATO", weight=100, sector="TECNICO")
    load(written_act(2, "2022-09-10", changed, gone, come, closed, cites=[(1, "2022-01-10")]), caluso)
    finale = open_round(plan, RoundKind.FINALE, on=dt.date(2022, 12, 31), by=segretario)
    return intermedia, finale


def measured(verification):
    """Settore and number of the sheets of a verification."""
    return [(one.sheet.sector.name, one.sheet.number) for one in measure(verification).sheets]


def test_each_measures_the_sheets_in_force_on_its_own_day(both):
    """The ELIMINATO ones are in the first alone, the INSERITO one in the second; a settore may be left without any."""
    intermedia, finale = both
    assert measured(intermedia) == [("FINANZIARIO", 1), ("FINANZIARIO", 2), ("TECNICO", 1)]
    assert measured(finale) == [("FINANZIARIO", 1), ("FINANZIARIO", 3)]
    assert [review.sector.name for review in finale.sectors.all()] == ["FINANZIARIO"]
    assert [one.sector.name for one in measure(finale).sectors] == ["FINANZIARIO"]


def test_a_changed_indicator_keeps_its_earlier_result_with_the_version_it_was_measured_on(both, responsabile):
    intermedia, finale = both
    before = measure(intermedia).sheets[0]
    now = measure(finale).sheets[0].sheet
    enter(finale, [result(now, 1, achieved="3")], by=responsabile)
    row = measure(finale).sheets[0].indicators[1]
    assert (row.result.achieved, row.score.short, row.measured_on) == ("3", "75 %", None)
    assert (row.earlier.achieved, row.earlier.sheet) == ("1", before.sheet)
    assert row.earlier.sheet.indicators.all()[1].expected == "2"
    assert measure(intermedia).sheets[0].indicators[1].score.short == "50 %"
    new = measure(finale).sheets[1].indicators[1]
    assert (new.result, new.earlier) == (None, None)
