"""An act that comes again: unchanged, with the dates it did not have, or otherwise."""

import datetime as dt

import pytest

from deliberations.models import Deliberation
from objectives.exchange import act_to_dict
from tests.acts import real_data
from tests.factories import load, written_act, written_sheet
from tests.refusals import refused, rows_on_record


def test_the_same_act_twice_changes_nothing(act100):
    before = rows_on_record()
    again = load(real_data(), act100.entity)
    assert (again.act, again.created, rows_on_record()) == (act100, False, before)


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda data: data.update(entity="COMUNE DI CALUSO"),
        lambda data: data["act"]["cites"][1].update(date=None),
        lambda data: data["sheets"][0]["phases"].reverse(),
        lambda data: data["sheets"][0].update(motive_text="", reviews=[]),
        lambda data: data["sheets"][0].update(weight=25.0),
    ],
)
def test_the_same_act_written_a_little_otherwise_is_still_the_same(act100, rewrite):
    data = real_data()
    rewrite(data)
    assert load(data, act100.entity).created is False


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["sheets"][3].update(title="ALTRO"),
        lambda data: data["sheets"][0]["indicators"][0].update(achieved="1"),
        lambda data: data["sheets"][0].update(motive="SLITTAMENTO"),
        lambda data: data["sheets"].pop(),
        lambda data: data["act"].update(vote="CONTRARIA"),
        lambda data: data["act"]["members"][1].update(present=True),
        lambda data: data["act"].update(date="2022-10-19"),
    ],
)
def test_an_adopted_act_does_not_come_in_again_with_another_content(act100, change):
    data = real_data()
    change(data)
    assert refused(data, act100.entity) == [
        (
            "R08",
            "La GC 100/2022 è già in archivio con un altro contenuto: un atto adottato non si cambia. "
            "Confrontare il documento con la scheda dell'atto.",
        )
    ]


WAITING = {"immediately_enforceable": False}
DATES = {
    "publication_start": "2022-02-10",
    "publication_days": 15,
    "group_leaders_informed_on": "2022-02-10",
    "enforceable_on": "2022-02-21",
}


def test_an_act_that_comes_again_with_its_dates_receives_them_once(caluso, segretario):
    act = load(written_act(8, "2022-02-07", written_sheet(1), **WAITING), caluso).act
    assert (act.in_force_from, act.counting) == (None, "PRIMO_GIORNO_ESCLUSO")
    dated = written_act(8, "2022-02-07", written_sheet(1), **WAITING, **DATES)
    again = load(dated, caluso, segretario)
    assert (again.act, again.created, again.dated) == (act, False, True)
    assert act_to_dict(Deliberation.objects.get(pk=act.pk)) == dated
    told = act.history.latest("history_id")
    assert (again.act.in_force_from, told.history_user, told.history_act) == (
        dt.date(2022, 2, 21), segretario, "Giunta Comunale 8/2022"
    )  # fmt: skip
    assert load(dated, caluso).dated is False
    assert refused(
        written_act(8, "2022-02-07", written_sheet(1), **WAITING, **DATES | {"publication_days": 16}), caluso
    )


def test_dates_alone_are_completed_and_nothing_beside_them(caluso):
    load(written_act(8, "2022-02-07", written_sheet(1), **WAITING), caluso)
    assert refused(written_act(8, "2022-02-07", written_sheet(2), **WAITING, **DATES), caluso)[0][0] == "R08"


def test_dates_that_would_move_an_effect_already_on_record_are_refused(caluso):
    load(written_act(8, "2022-02-07", written_sheet(1), **WAITING, publication_start="2022-02-10"), caluso)
    dated = written_act(8, "2022-02-07", written_sheet(1), **WAITING, **DATES | {"publication_days": None})
    dated["act"]["enforceable_on"] = "2022-02-22"
    assert refused(dated, caluso) == [
        (
            "R08",
            "La GC 8/2022 è in archivio in vigore dal 21/02/2022; con queste date lo sarebbe dal 22/02/2022: "
            "un effetto già registrato non si sposta.",
        )
    ]


def test_dates_do_not_put_an_act_in_force_before_the_one_it_changes(caluso):
    load(written_act(8, "2022-02-07", written_sheet(1), **WAITING), caluso)
    changing = written_act(30, "2022-05-03", written_sheet(1, "MODIFICATO"), **WAITING)
    load(changing, caluso)
    changing["act"] |= {"publication_start": "2022-05-04"}
    assert [code for code, _ in refused(changing, caluso)] == ["R17"]
    load(written_act(8, "2022-02-07", written_sheet(1), **WAITING, **DATES), caluso)
    assert load(changing, caluso).act.in_force_from == dt.date(2022, 5, 15)


def test_an_act_keeps_the_way_of_counting_of_the_day_it_was_registered(caluso):
    act = load(written_act(8, "2022-02-07", written_sheet(1), publication_start="2022-02-10", **WAITING), caluso).act
    before = act.days.explain()
    caluso.counting = "FINE_PUBBLICAZIONE"
    caluso.save()
    assert Deliberation.objects.get(pk=act.pk).days.explain() == before
