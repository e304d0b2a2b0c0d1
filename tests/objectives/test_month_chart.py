"""The cronoprogramma: only the months that the document states."""

from objectives.month_chart import ChartRow, chart

EMPTY = [""] * 12


def test_a_month_of_another_year_stands_in_its_column():
    march = ["", "", "2023", *EMPTY[3:]]
    assert chart([(3, "Avvio del servizio", ["2023-03"])]) == [ChartRow(3, "Avvio del servizio", march)]


def test_a_month_may_hold_two_years():
    assert chart([(1, "Fase", ["2023-12", "2022-12"])])[0].cells == [*EMPTY[:11], "2022, 2023"]


def test_a_phase_without_months_has_an_empty_row():
    assert chart([(8, "Fase", [])])[0].cells == EMPTY


def test_no_phases_no_rows():
    assert chart([]) == []
