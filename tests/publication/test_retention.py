"""Art. 8 of D.Lgs. 33/2013: five years from 1 January of the following year."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publication.retention import last_day, still_published

years = st.lists(st.integers(1990, 2100), min_size=1, max_size=5)


def test_the_plan_of_2022_is_read_until_the_end_of_2027():
    assert last_day([2022]) == dt.date(2027, 12, 31)
    assert still_published([2022], dt.date(2027, 12, 31))
    assert not still_published([2022], dt.date(2028, 1, 1))


def test_a_later_act_keeps_it_longer():
    assert last_day([2022, 2023]) == dt.date(2028, 12, 31)


def test_without_a_year_there_is_no_term():
    with pytest.raises(ValueError, match="empty"):
        last_day([])


@given(years, st.dates(dt.date(1990, 1, 1), dt.date(2110, 12, 31)))
def test_five_whole_years_after_the_latest_one_and_not_a_day_more(duties, day):
    first = dt.date(max(duties) + 1, 1, 1)
    assert still_published(duties, day) == (day < first.replace(year=first.year + 5))


@given(years, st.integers(1990, 2100))
def test_another_duty_never_shortens_it(duties, year):
    assert last_day([*duties, year]) >= last_day(duties)
