"""R31: what share of a person an objective takes."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectives.rules import PlanRules
from objectives.rules.staff import share_of
from objectives.snapshots import StaffLine
from tests.rules import change_set, draft, places, sheet, told

PER_SHEET, PER_PERSON = PlanRules(2022, share_rule="PER_SCHEDA"), PlanRules(2022, share_rule="PER_PERSONA")


def staff(*shares, name="Anna Bianchi"):
    return tuple(
        StaffLine(f"s{n}", n, "C", f"{name} {n}" if n > 1 else name, share) for n, share in enumerate(shares, 1)
    )


@pytest.mark.parametrize(
    ("text", "share"),
    [("50", "50"), ("33,3%", "33.3"), ("100 %", "100"), ("0", "0"), (" 12.5 ", "12.5")],
)
def test_a_share_is_read(text, share):
    assert share_of(text) == Decimal(share)


@pytest.mark.parametrize("text", ["", "101", "100,5", "metà", "-5", "50%%", "1e2", "½", "5 0"])
def test_what_is_no_share_is_not_read(text):
    assert share_of(text) is None


@given(st.text(max_size=8))
def test_a_share_that_is_read_lies_between_0_and_100(text):
    share = share_of(text)
    assert share is None or 0 <= share <= 100


def test_a_share_beyond_100_blocks_its_row():
    changes = change_set(draft(staff=staff("120")))
    message = "FINANZIARIO n° 1: la partecipazione «120» di Anna Bianchi non è fra 0 e 100."
    assert (told("R31", changes), places("R31", changes)) == ([("E", message)], ["staff:s1"])


def test_an_empty_share_is_not_zero_and_not_wrong():
    assert told("R31", change_set(draft(staff=staff("", "100")), plan=PER_SHEET)) == []
    assert told("R31", change_set(draft(staff=staff("")), plan=PER_SHEET)) == []


def test_a_plan_may_want_100_in_every_sheet():
    assert told("R31", change_set(draft(staff=staff("50", "50")), plan=PER_SHEET)) == []
    short = draft(staff=staff("50", "40"))
    assert told("R31", change_set(short, plan=PER_SHEET)) == [
        ("E", "FINANZIARIO n° 1: le partecipazioni fanno 90, non 100.")
    ]
    assert told("R31", change_set(short)) == []


def test_a_plan_may_want_at_most_100_of_a_person_over_all_sheets():
    here = draft(staff=staff("60"))
    elsewhere = sheet(2, staff=staff("41", name="BIANCHI ANNA"))
    message = "FINANZIARIO n° 1: Anna Bianchi partecipa in tutto per 101, più di 100, sulle schede attive."
    assert told("R31", change_set(here, beside=[elsewhere], plan=PER_PERSON)) == [("E", message)]
    assert told("R31", change_set(here, beside=[sheet(2, staff=staff("40"))], plan=PER_PERSON)) == []


def test_who_is_overloaded_elsewhere_does_not_stop_this_sheet():
    overloaded = [sheet(2, staff=staff("100")), sheet(3, staff=staff("100"))]
    other = draft(staff=staff("50", name="Carla Verdi"))
    assert told("R31", change_set(other, beside=overloaded, plan=PER_PERSON)) == []


def test_a_removed_sheet_takes_no_share_of_anybody():
    assert told("R31", change_set(draft(change="ELIMINATO", staff=staff("120")), plan=PER_SHEET)) == []
