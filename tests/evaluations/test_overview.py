"""What waits in the verifications: for the settori, for the Segretario."""

import pytest

from evaluations.overview import plan_rounds, to_close, to_confirm
from evaluations.rounds import close, confirm, open_round
from organisation.roles import Role
from tests.factories import load, written_act
from tests.results import ON, complete, confirm_all
from tests.this_year import full_sheet

pytestmark = pytest.mark.django_db


def waiting(caluso):
    return [review.sector.name for review in to_confirm([caluso]).order_by("sector__name")]


def test_settori_wait_until_they_have_confirmed_then_the_segretario_may_close(
    open_one, caluso, esempio, sheet, every_kind, finanziario, responsabile
):
    assert (waiting(caluso), list(to_confirm([esempio]))) == (["FINANZIARIO", "TECNICO"], [])
    complete(open_one, sheet, responsabile)
    complete(open_one, every_kind, responsabile)
    confirm(open_one, finanziario, by=responsabile)
    assert (waiting(caluso), list(to_close([caluso]))) == (["TECNICO"], [])


def test_a_settore_whose_last_sheet_an_act_took_away_keeps_nobody_waiting(
    open_one, caluso, sheet, every_kind, finanziario, responsabile
):
    complete(open_one, sheet, responsabile)
    complete(open_one, every_kind, responsabile)
    confirm(open_one, finanziario, by=responsabile)
    gone = full_sheet(1, change="ELIMINATO", sector="TECNICO")
    later = written_act(9, ON.isoformat(), gone, cites=[(8, ON.isoformat())])
    load({**later, "plan": {"year": ON.year, "triennium": None}}, caluso)
    assert (waiting(caluso), list(to_close([caluso]))) == ([], [open_one])
    ((_, _, counted), _) = plan_rounds(caluso)[0].rounds
    assert (counted.sector_count, counted.confirmed_count) == (1, 1)


def test_the_final_one_waits_until_the_intermediate_is_closed(plan, open_one, caluso, make_person, segretario):
    final = open_round(plan, "FINALE", on=ON, by=segretario)
    everywhere = make_person("tutto", (caluso, Role.RESPONSABILE))
    confirm_all(final, everywhere)
    assert list(to_close([caluso])) == []
    confirm_all(open_one, everywhere)
    assert list(to_close([caluso])) == [open_one]
    close(open_one, by=segretario)
    assert list(to_close([caluso])) == [final]
