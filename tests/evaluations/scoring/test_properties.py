"""What holds of every score, whatever was expected, achieved and set."""

import datetime as dt
from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from evaluations.choices import LateRule, PartialRule
from evaluations.scoring import (
    Achieved,
    Criteria,
    Part,
    Score,
    person_average,
    plan_average,
    score_indicator,
    sector_average,
    sheet_average,
)
from objectives.choices import Direction, TargetKind
from objectives.targets import Target

DUE = dt.date(2022, 6, 30)
LAST = dt.date(2022, 12, 31)
NUMBERS = st.decimals(-1000, 1000, places=2)
KINDS = st.sampled_from([TargetKind.NUMBER, TargetKind.COUNT, TargetKind.PERCENT, TargetKind.FREQUENCY])
AVERAGES = (sheet_average, sector_average, plan_average, person_average)


@st.composite
def criteria(draw):
    """Any criteria a Segretario may set: further steps are not worth more."""
    limits = sorted(draw(st.sets(st.integers(1, 400), max_size=5)))
    worths = sorted((draw(st.integers(0, 99)) for _ in limits), reverse=True)
    return Criteria(
        cap=draw(st.integers(100, 200)),
        partial=draw(st.sampled_from(PartialRule.values)),
        late=draw(st.sampled_from(LateRule.values)),
        late_steps=tuple(zip(limits, worths, strict=True)),
        indicator_weights=draw(st.booleans()),
    )


def score_number(kind, direction, expected, achieved, rules):
    target = Target(str(expected), kind, direction, number=expected, year=2022)
    return score_indicator(target, Achieved(str(achieved), kind, achieved), rules, plan_year=2022, on=LAST)


def score_day(direction, late, rules):
    target = Target("30/06/2022", TargetKind.DATE, direction, date=DUE, year=2022)
    achieved = Achieved("un giorno", TargetKind.DATE, date=DUE + dt.timedelta(days=late))
    return score_indicator(target, achieved, rules, plan_year=2022, on=LAST)


@given(KINDS, st.sampled_from(Direction.values), NUMBERS, NUMBERS, criteria())
@settings(max_examples=150)
def test_a_score_lies_between_nothing_and_the_cap(kind, direction, expected, achieved, rules):
    found = score_number(kind, direction, expected, achieved, rules)
    assert 0 <= found.percent <= rules.cap
    assert found.words


@given(KINDS, st.sampled_from(Direction.values), NUMBERS, st.lists(NUMBERS, min_size=2, max_size=6), criteria())
@settings(max_examples=150)
def test_a_better_result_never_lowers_a_score(kind, direction, expected, achieved, rules):
    better = {
        Direction.AT_LEAST: lambda number: number,
        Direction.AT_MOST: lambda number: -number,
        Direction.BY: lambda number: -number,
        Direction.EQUAL: lambda number: -abs(number - expected),
    }[direction]
    scores = [score_number(kind, direction, expected, one, rules).percent for one in sorted(achieved, key=better)]
    assert all(worse <= good for worse, good in pairwise(scores))


@given(st.sampled_from(Direction.values), st.lists(st.integers(-500, 500), min_size=2, max_size=6), criteria())
@settings(max_examples=150)
def test_a_day_less_late_never_lowers_a_score(direction, days, rules):
    off = {
        Direction.AT_LEAST: lambda late: max(-late, 0),
        Direction.EQUAL: abs,
    }.get(direction, lambda late: max(late, 0))
    scores = [score_day(direction, late, rules).percent for late in sorted(days, key=off)]
    assert all(0 <= worse <= good <= 100 for good, worse in pairwise(scores))


@given(KINDS, NUMBERS, NUMBERS, criteria())
@settings(max_examples=100)
def test_whoever_reaches_what_was_expected_has_all_of_it(kind, expected, more, rules):
    reached = expected + abs(more)
    assert score_number(kind, Direction.AT_LEAST, expected, reached, rules).percent >= 100
    assert score_number(kind, Direction.AT_MOST, reached, expected, rules).percent >= 100


PARTS = st.lists(
    st.builds(
        Part,
        st.just("voce"),
        st.none() | st.decimals(0, 200, places=2),
        st.none() | st.decimals(0, 100, places=2),
    ),
    max_size=8,
)


@given(PARTS, st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_the_order_makes_no_difference(parts, chance):
    shuffled = list(parts)
    chance.shuffle(shuffled)
    for average in AVERAGES:
        assert average(shuffled).percent == average(parts).percent


@given(PARTS)
@settings(max_examples=100)
def test_an_average_lies_between_its_lowest_and_its_highest(parts):
    for average in AVERAGES:
        found = average(parts)
        scores = [part.percent for part in found.parts]
        assert found.percent is None if not scores else min(scores) <= found.percent <= max(scores)


@given(PARTS)
@settings(max_examples=100)
def test_what_is_not_applicable_is_left_out_and_never_zero(parts):
    out = Part("non applicabile", None, Decimal(50), "Riguarda il 2023.")
    for average in AVERAGES:
        with_it = average([*parts, out])
        assert with_it.percent == average(parts).percent
        assert with_it.left_out[-1].label == "non applicabile"


@given(st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=8), st.decimals("0.01", 100, places=2))
@settings(max_examples=100)
def test_equal_weights_make_the_plain_mean(scores, weight):
    weighted = [Part("voce", score, weight) for score in scores]
    plain = [Part("voce", score) for score in scores]
    assert sheet_average(weighted).percent == sheet_average(plain).percent == plan_average(plain).percent
    assert sector_average(weighted).percent == person_average(weighted).percent == plan_average(plain).percent


@given(st.none() | st.decimals(0, 200, places=2), st.text(max_size=20))
@settings(max_examples=50)
def test_a_score_survives_its_storing(percent, words):
    assert Score.from_json(Score(percent, words).to_json()) == Score(percent, words)
