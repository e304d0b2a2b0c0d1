"""Scores of five sheets of GC 100/2022, as computed by hand from its expected values; the reckoning stands beside."""

import datetime as dt
from decimal import Decimal

import pytest

from evaluations.choices import LateRule, RoundKind
from evaluations.measuring import measure
from evaluations.models import ScoreRules
from evaluations.rounds import Change, enter, open_round

pytestmark = pytest.mark.django_db

RESULTS = {
    # A count and three indicators of 2023, which stay out; a day that was not kept.
    ("FINANZIARIO", 1): ["1", "", "in corso", "", ""],
    ("FINANZIARIO", 2): ["100%", "30/12/2022"],
    # 3 ÷ 4 times a year, 15 ÷ 20 %, 1 ÷ 2 days: (75 + 75 + 50) ÷ 3. One day kept, one missed by two days.
    ("FINANZIARIO", 4): ["3", "28/02/2022", "02/05/2022", "15%", "1 giornata"],
    # 9 ÷ 12; "31-dic" is of the plan's year.
    ("AMMINISTRATIVO E SERVIZI ALLA PERSONA", 5): ["9", "20-dic"],
    # 81 ÷ 90 and two reports where none was expected: (90 + 0) ÷ 2. Fifteen days late.
    ("POLIZIA MUNICIPALE E PROTEZIONE CIVILE", 5): ["81 su 100", "15/01/2023", "2"],
    # 100 ÷ 100 and 15 ÷ 20: (100 + 75) ÷ 2. Three days of four.
    ("TECNICO MANUTENTIVO", 4): ["100%", "15/03/2022", "30/05/2022", "01/12/2022", "31/12/2022", "15"],
}


def entered(sheet, texts):
    """The changes of the results of a sheet, in the order of its indicators."""
    rows = zip(sheet.indicators.all(), texts, strict=True)
    return [Change("result", sheet.objective_id, row.key, {"achieved": text}) for row, text in rows if text]


@pytest.fixture
def scored(act100, caluso, segretario, responsabile):
    """The verifica finale of 2022, with these results."""
    verification = open_round(caluso.plans.get(year=2022), RoundKind.FINALE, on=dt.date(2022, 12, 31), by=segretario)
    for (sector, number), texts in RESULTS.items():
        (one,) = [
            one
            for one in measure(verification).sheets
            if sector in one.sheet.sector.name and one.sheet.number == number
        ]
        enter(verification, entered(one.sheet, texts), by=responsabile)
    return verification


def averages(verification):
    """The two averages of each sheet of RESULTS, as an office reads them."""
    sheets = measure(verification).sheets
    return {
        (sector, number): (one.value.short, one.time.short)
        for sector, number in RESULTS
        for one in sheets
        if sector in one.sheet.sector.name and one.sheet.number == number
    }


def test_the_averages_are_those_computed_by_hand(scored):
    assert list(averages(scored).values()) == [
        ("100 %", "0 %"), ("100 %", "100 %"), ("66,67 %", "50 %"), ("75 %", "100 %"), ("45 %", "0 %"),
        ("87,5 %", "75 %"),
    ]  # fmt: skip


def test_a_settore_weighs_its_sheets_without_the_eliminated_one(scored):
    """FINANZIARIO: (100 × 25 + 100 × 25 + 66,67 × 15) ÷ 65; the n° 2 ELIMINATO weighs nothing (R05)."""
    (finanziario,) = [one for one in measure(scored).sectors if one.sector.name == "FINANZIARIO"]
    assert [one.sheet.number for one in finanziario.sheets] == [1, 2, 4]
    assert finanziario.value.percent == Decimal("92.31")
    assert finanziario.value.words == "Media pesata di 3: (100 × 25 + 100 × 25 + 66,67 × 15) ÷ 65 = 92,31 %."
    assert finanziario.time.percent == Decimal("50.00")  # (0 × 25 + 100 × 25 + 50 × 15) ÷ 65


def test_a_day_missed_counts_by_steps_where_the_plan_says_so(scored):
    ScoreRules(plan=scored.plan, late=LateRule.A_SCAGLIONI).save()
    found = averages(scored)
    assert found["POLIZIA MUNICIPALE E PROTEZIONE CIVILE", 5] == ("45 %", "50 %")  # 15 days: within 30, half
    assert found["FINANZIARIO", 4] == ("66,67 %", "75 %")  # (100 + 50) ÷ 2
    assert found["TECNICO MANUTENTIVO", 4] == ("87,5 %", "87,5 %")  # (100 + 100 + 50 + 100) ÷ 4
