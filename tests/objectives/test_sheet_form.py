"""The blocks of the form on a page: values as written, and beside them how they were read (R24–R26)."""

import pytest

from objectives.models import Indicator, Sheet
from objectives.sheet_form import families, reviews
from tests.plans import adopt, indicator_data, sheet_data


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("expected", "family", "reading"),
    [
        ("31-dic", "TEMPO", "31/12/2022, entro"),
        ("15/05/22", "TEMPO", "15/05/2022, entro"),
        ("72,19%", "QUALITA", "72,19 %, almeno"),
        ("1", "QUANTITA", "1, almeno"),
        ("nessuna", "QUALITA", "0, al massimo"),
        ("trimestrale", "QUANTITA", "4 volte l'anno, almeno"),
        ("2 giornate", "QUALITA", "2 giornate, almeno"),
        ("da concordare con la Giunta", "QUALITA", "testo da valutare"),
        ("", "QUALITA", ""),
    ],
)
def test_a_value_stands_as_written_beside_its_reading(caluso, expected, family, reading):
    adopt(caluso, 1, "2022-01-10", sheet_data(indicators=[indicator_data("Indice", expected, family)]))
    blocks = families(Indicator.objects.all(), 2022)
    told = [(line.indicator.expected, line.reading) for block in blocks for line in block.lines]
    assert told == [(expected, reading)]


@pytest.mark.django_db
def test_the_four_families_stand_in_the_order_of_the_form_also_when_empty(act100):
    sheet = Sheet.objects.get(title="ESTERNALIZZAZIONE SERVIZIO TRIBUTI")
    told = [(block.label, len(block.lines)) for block in families(sheet.indicators.all(), 2022)]
    assert told == [("Quantità", 1), ("Tempo", 2), ("Costo", 1), ("Qualità", 1)]
    assert [block.label for block in families([], 2022)] == ["Quantità", "Tempo", "Costo", "Qualità"]


@pytest.mark.django_db
def test_an_indicator_of_another_year_says_so(act100):
    sheet = Sheet.objects.filter(number=1, sector__name="FINANZIARIO", on_file=True).get()
    years = [line.other_year for block in families(sheet.indicators.all(), 2022) for line in block.lines]
    assert years == [None, 2023, None, 2023, 2023]


def test_verifications_show_only_what_is_filled_in():
    printed = [
        {"round": "INTERMEDIA", "date": "2022-07-31", "value_average": "80", "time_average": "", "causes": "Ritardi"},
        {"round": "FINALE", "date": "31-dic"},
    ]
    assert [(review.label, review.rows) for review in reviews(printed)] == [
        ("Verifica intermedia", [("Data", "31/07/2022"), ("Media valore raggiunto %", "80"), ("Cause", "Ritardi")]),
        ("Verifica finale", [("Data", "31-dic")]),
    ]
