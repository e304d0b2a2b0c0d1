"""Numbers as an office writes them."""

from decimal import Decimal

import pytest

from evaluations.scoring.writing import amount, days, per_cent, plain, rounded, signed


@pytest.mark.parametrize(
    ("number", "text"),
    [("12", "12"), ("72.1900", "72,19"), ("1500", "1.500"), ("-3", "−3"), ("1E+3", "1.000"), ("-0.0", "0"), ("0", "0")],
)
def test_numbers_have_no_zeros_that_say_nothing(number, text):
    assert plain(Decimal(number)) == text


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        ("1850.4000", "€", "1.850,40 €"),
        ("1500", "euro", "1.500 euro"),
        ("0.0345", "€", "0,0345 €"),
        ("1.5", "ore", "1,5 ore"),
    ],
)
def test_euro_have_all_their_cents_or_none(number, unit, text):
    assert amount(Decimal(number), unit) == text


def test_signs_units_and_dashes():
    assert (signed(Decimal(3)), signed(Decimal("-1.5")), signed(Decimal(0))) == ("+3", "−1,5", "0")
    assert (per_cent(Decimal("87.50")), per_cent(None)) == ("87,5 %", "–")
    assert (days(1), days(1200)) == ("1 giorno", "1.200 giorni")
    assert rounded(Decimal("0.125")) == Decimal("0.13")
