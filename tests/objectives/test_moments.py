"""Legal time: today, on a day, after an act; and the way from one change of the plan to the next."""

from datetime import date

import pytest

from objectives.moments import Step, Steps, after, on, steps
from objectives.overview import acts_of
from tests.plans import adopt, sheet_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def acts(caluso):
    """Three acts of one plan: January, March, and one of May that waits for its publication."""
    adopt(caluso, 1, "2022-01-10", sheet_data(1))
    adopt(caluso, 2, "2022-03-15", sheet_data(2))
    adopt(caluso, 3, "2022-05-20", sheet_data(3), immediately_enforceable=False)
    return acts_of(caluso.plans.get())


def names(moment):
    return [act.short for act in moment.acts.in_order()]


def test_on_a_day_the_acts_in_force_count(caluso, acts):
    assert names(on(caluso, date(2022, 3, 14))) == ["GC 1/2022"]
    assert names(on(caluso, date(2022, 3, 15))) == ["GC 1/2022", "GC 2/2022"]
    assert names(on(caluso, date(2030, 1, 1))) == ["GC 1/2022", "GC 2/2022"]


def test_after_an_act_it_and_the_earlier_ones_count_whatever_the_day(acts):
    assert names(after(acts[2])) == ["GC 1/2022", "GC 2/2022", "GC 3/2022"]


def test_a_moment_says_itself_in_words(caluso, acts):
    assert on(caluso, date(2022, 10, 8)).label == "in vigore all'8 ottobre 2022"
    assert after(acts[0]).label == "come risulta dopo GC 1/2022"


def test_a_moment_warns_of_an_act_without_effect_yet(acts):
    assert after(acts[0]).note == ""
    assert after(acts[2]).note == ("GC 3/2022 non è ancora in vigore: questo è il piano come sarà quando avrà effetto.")


def test_a_moment_warns_of_an_act_with_a_later_effect(caluso):
    act = adopt(
        caluso, 9, "2022-10-18", sheet_data(), immediately_enforceable=False, publication_start="2023-02-06",
        publication_days=15,
    )  # fmt: skip
    assert after(act).note == "GC 9/2022 ha effetto dopo la seduta: è in vigore dal 17 febbraio 2023."


def test_from_a_day_one_steps_to_the_eve_of_the_last_change_and_to_the_next(caluso, acts):
    january = Step("Il giorno prima dell'ultima modifica: 9 gennaio 2022", day=date(2022, 1, 9))
    march = Step("Alla modifica seguente: 15 marzo 2022", day=date(2022, 3, 15))
    assert steps(on(caluso, date(2022, 2, 1)), acts) == Steps(january, march)
    assert steps(on(caluso, date(2021, 2, 1)), acts).back is None
    assert steps(on(caluso, date(2022, 3, 15)), acts).forward is None


def test_from_an_act_one_steps_to_the_acts_around_it(acts):
    assert steps(after(acts[1]), acts) == Steps(
        Step("Dopo GC 1/2022", act=acts[0]), Step("Dopo GC 3/2022", act=acts[2])
    )
    assert steps(after(acts[0]), acts).back is None


def test_an_act_that_does_not_touch_the_plan_has_no_steps(caluso, acts):
    other = adopt(caluso, 50, "2021-06-01", sheet_data())
    assert steps(after(other), acts) == Steps()
