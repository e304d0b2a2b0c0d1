"""Dates as acts write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectives.italian_dates import find_dates, month_number, number_from_words


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("duemilaventidue", 2022),
        ("duemila ventidue", 2022),
        ("DUEMILAVENTITRÉ", 2023),
        ("millenovecentonovantotto", 1998),
        ("diciotto", 18),
        ("ventuno", 21),
        ("primo", 1),
        ("trentuno", 31),
        ("pippo", None),
        ("", None),
    ],
)
def test_numbers_in_words(words: str, number: int | None) -> None:
    assert number_from_words(words) == number


@pytest.mark.parametrize(
    ("name", "number"),
    [("Gennaio", 1), ("dic", 12), ("Sett.", 9), ("AGO", 8), ("ma", None), ("marketing", None), ("", None)],
)
def test_month_names(name: str, number: int | None) -> None:
    assert month_number(name) == number


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("n. 8 del 07/02/2022 e n. 1 del 10/01/2022", [date(2022, 2, 7), date(2022, 1, 10)]),
        ("Legge 05.05.2009 n. 42", [date(2009, 5, 5)]),
        ("D.lgs 23 giugno 2011 n. 118, D.Lgs 267/2000, deliberazione n. 8/2022", [date(2011, 6, 23)]),
        ("diciotto ottobre duemilaventidue", [date(2022, 10, 18)]),
        ("indicatore 2.8 del rendiconto, 12 sottoscrizioni, 5 settimane, triennio 2022-2024", []),
        ("al 31/12/23", [date(2023, 12, 31)]),
    ],
)
def test_dates_are_found_and_codes_are_not(text: str, days: list[date]) -> None:
    assert [written.on(2022) for written in find_dates(text)] == days


def test_an_impossible_day_is_found_as_such() -> None:
    (written,) = find_dates("entro il 31/02/2022")
    assert (written.is_possible, written.on(2022)) == (False, None)


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    assert all(written.text for written in find_dates(text))
