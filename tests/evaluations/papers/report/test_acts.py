"""R33: the Relazione lists every act that made and changed the plan, with the reasons; nothing is invented."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluations.papers.report.acts import report_acts
from tests.factories import load, written_act, written_sheet

pytestmark = pytest.mark.django_db

MOVED = {"change": "MODIFICATO", "motive": "SLITTAMENTO", "motive_text": "La gara è andata deserta.", "weight": 30}


@pytest.fixture
def changed(caluso):
    """A plan approved with two sheets, of which an act changes one, takes one out and brings one in."""
    load(written_act(8, "2022-02-07", written_sheet(1), written_sheet(2, weight=75)), caluso)
    sheets = (
        written_sheet(1, **MOVED),
        written_sheet(2, change="ELIMINATO", weight=75, motive="CAUSA_ESTERNA", motive_text=""),
        written_sheet(3, weight=70),
    )
    load(written_act(100, "2022-10-18", *sheets, cites=[(8, "2022-02-07")], subject="Modifiche."), caluso)
    return caluso.plans.get(year=2022)


def test_the_act_that_approves_the_plan_gives_no_reasons(changed):
    approval = report_acts(changed)[0]
    assert approval.name == "Deliberazione della Giunta Comunale n. 8 del 07/02/2022"
    assert approval.headline == "Approva il piano con 2 schede; in vigore dal 07/02/2022"
    assert (approval.first, approval.sheets, approval.lacking) == (True, [], [])


def test_an_act_that_changes_it_tells_each_change_with_its_reason(changed):
    change = report_acts(changed)[1]
    assert change.headline == "3 schede: 1 MODIFICATA, 1 ELIMINATA, 1 INSERITA; in vigore dal 18/10/2022"
    assert [(one.number, one.change, one.before, one.after, one.reason) for one in change.sheets] == [
        (1, "MODIFICATO", "25", "30", "Slittamento dei tempi. La gara è andata deserta"),
        (2, "ELIMINATO", "75", "—", "Cause esterne"),
        (3, "INSERITO", "—", "70", "Motivo non indicato"),
    ]


def test_what_is_missing_of_a_reason_is_named(changed):
    assert [(one.number, one.lacks) for one in report_acts(changed)[1].lacking] == [
        (2, "motivazione"),
        (3, "motivo e motivazione"),
    ]


def test_of_the_real_act_what_it_changes_is_not_on_file_and_no_reason_is_made_up(act100):
    earlier, act = report_acts(act100.entity.plans.get(year=2022))
    assert (earlier.short, earlier.on_file, earlier.sheets) == ("GC 8/2022", False, [])
    assert earlier.count == "testo non in archivio: se ne conosce solo 12 schede che atti seguenti cambiano"
    assert act.count == "13 schede: 11 MODIFICATE, 1 ELIMINATA, 1 INSERITA"
    assert len(act.sheets) == len(act.lacking) == 13
    assert {one.before for one in act.sheets if one.change == "MODIFICATO"} == {"non noto"}


def test_the_acts_take_two_queries(changed):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        report_acts(changed)
    assert len(queries) == 2
