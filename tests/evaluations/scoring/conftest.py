"""An indicator and what it achieved, written as an office writes them."""

import datetime as dt

import pytest

from evaluations.scoring import Criteria, read_achieved, score_indicator
from objectives.targets import read_target

END_OF_YEAR = dt.date(2022, 12, 31)


def read_both(expected, achieved, family="QUANTITA", label=""):
    """The two values, typed."""
    target = read_target(expected, family=family, plan_year=2022, label=label)
    return target, read_achieved(achieved, kind=target.kind, family=family, plan_year=2022)


@pytest.fixture
def score():
    """Scores a result of the plan of 2022: expected and achieved as written."""

    def make(expected, achieved, family="QUANTITA", criteria=None, on=END_OF_YEAR, label="", **facts):
        target, read = read_both(expected, achieved, family, label)
        return score_indicator(target, read, criteria or Criteria(), plan_year=2022, on=on, **facts)

    return make
