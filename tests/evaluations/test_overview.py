"""What waits in the verifications: for the settori, for the Segretario."""

import pytest

from evaluations.overview import to_close, to_confirm
from evaluations.rounds import confirm
from tests.factories import load, written_act
from tests.results import ON, complete
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
