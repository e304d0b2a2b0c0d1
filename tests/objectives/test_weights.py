"""R01: the weights of a settore and the plan's total."""

from decimal import Decimal

import pytest

from objectives.weights import Segment, WeightSum, written


def weights(*told):
    return [None if weight is None else Decimal(weight) for weight in told]


@pytest.mark.parametrize(
    ("weight", "text"),
    [("25.00", "25"), ("12.50", "12,5"), ("0.00", "0"), ("100.00", "100"), (None, "non noto")],
)
def test_a_weight_is_written_as_an_office_writes_it(weight, text):
    assert written(weights(weight)[0]) == text


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (["60", "40"], "Peso noto 100 su 100"),
        (["25", None, None], "Peso noto 25 su 100: 2 schede hanno peso non noto"),
        (["75", None], "Peso noto 75 su 100: una scheda ha peso non noto"),
        (["25", "25", "15"], "Peso noto 65 su 100: mancano 35"),
        (["60", "45.5"], "Peso noto 105,5 su 100: supera il totale di 5,5"),
        (["60", "45", None], "Peso noto 105 su 100: una scheda ha peso non noto, supera il totale di 5"),
        ([], "Peso noto 0 su 100: mancano 100"),
    ],
)
def test_the_sum_is_told_in_words(told, sentence):
    assert WeightSum(weights(*told)).sentence == sentence


def test_what_is_missing_from_a_plan_not_wholly_on_file_is_not_an_error():
    fin = WeightSum(weights("25", "25", "15"), complete=False)
    assert fin.sentence == "Peso noto 65 su 100: il resto non è in archivio"


def test_a_plan_may_have_a_tolerance_or_no_total_at_all():
    assert WeightSum(weights("99"), tolerance=Decimal(1)).holds
    assert not WeightSum(weights("98"), tolerance=Decimal(1)).holds
    assert WeightSum(weights("98"), total=None).sentence == "Peso noto 98"


def test_the_bar_has_a_piece_for_each_weight_known():
    assert WeightSum(weights("25", None, "15.5")).segments == [Segment("0", "25"), Segment("25", "15.5")]


def test_the_bar_of_too_much_weight_is_full():
    assert WeightSum(weights("100", "60")).segments == [Segment("0", "62.5"), Segment("62.5", "37.5")]


def test_a_bar_without_weights_is_empty():
    assert WeightSum(weights("0", None), total=Decimal(0)).segments == []
