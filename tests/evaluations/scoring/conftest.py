"""Scores a result."""

import pytest

from evaluations.scoring import Criteria, score_indicator
from tests.scores import END_OF_YEAR, read_both


@pytest.fixture
def score():
    """Scores a result of the plan of 2022: expected and achieved as written."""

    def make(expected, achieved, family="QUANTITA", criteria=None, on=END_OF_YEAR, label="", **facts):
        target, read = read_both(expected, achieved, family, label)
        return score_indicator(target, read, criteria or Criteria(), plan_year=2022, on=on, **facts)

    return make
