"""Entering results: what is typed is kept and read; nothing is lost, nothing is written over."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluations.models import Result
from evaluations.rounds import BadEntry, Change, StaleRows, confirm, enter, take_back
from objectives.workflow import Refused
from tests.factories import load, written_act
from tests.results import analysis, complete, progress, result
from tests.this_year import YEAR, full_sheet, sheet_of

pytestmark = pytest.mark.django_db


def refusal(*args, **kwargs):
    """The sentence with which `enter` refuses."""
    with pytest.raises(Refused) as refused:
        enter(*args, **kwargs)
    return str(refused.value)


def test_what_was_achieved_is_kept_as_typed_and_read_as_the_expected_value_is(open_one, every_kind, ufficio):
    typed = ["15-gen", "3 giornate", "trimestrale", "72,5", "nessuna", "1.499,50", "no", "come da progetto"]
    rows = enter(open_one, [result(every_kind, n, achieved=text) for n, text in enumerate(typed)], by=ufficio)
    for row in rows:
        row.refresh_from_db()
    assert [row.achieved for row in rows] == typed
    assert [(row.kind, str(row.date or row.number or 0)) for row in rows] == [
        ("DATE", f"{YEAR}-01-15"), ("COUNT", "3.0000"), ("FREQUENCY", "4.0000"), ("PERCENT", "72.5000"),
        ("NONE_AT_ALL", "0"), ("NUMBER", "1499.5000"), ("YES_NO", "0"), ("TEXT", "0"),
    ]  # fmt: skip
    assert {row.sheet for row in rows} == {every_kind}


def test_an_empty_cell_is_not_entered_and_never_zero(open_one, sheet, ufficio):
    (row,) = enter(open_one, [result(sheet, 1, achieved="  ")], by=ufficio)
    assert (row.pk, Result.objects.count()) == (None, 0)
    (row,) = enter(open_one, [result(sheet, 1, achieved="2")], by=ufficio)
    (row,) = enter(open_one, [result(sheet, 1, row_version=1, achieved="")], by=ufficio)
    row.refresh_from_db()
    assert (row.achieved, row.kind, row.number, row.row_version) == ("", "", None, 2)


def test_rows_of_every_kind_are_kept_in_one_call(open_one, every_kind, ufficio):
    person = every_kind.participations.all()[0]
    changes = [
        result(every_kind, 7, achieved="come da progetto", percent="75,5 %", evidence="Verbale n. 4"),
        progress(every_kind, 0, "40%"),
        Change("staff", every_kind.objective_id, person.key, {"share": "33,33"}),
        analysis(every_kind, causes="Ritardi\r\ndella ditta"),
    ]
    judged, phase, share, review = enter(open_one, changes, by=ufficio)
    assert (judged.percent, phase.percent, share.share) == (75.5, 40, share.share)
    assert (str(share.share), review.causes, review.sheet) == ("33.33", "Ritardi\ndella ditta", every_kind)
    assert {row.history.get().history_user for row in (judged, phase, share, review)} == {ufficio}


def test_what_can_not_be_read_says_where_and_why_and_nothing_is_saved(open_one, sheet, every_kind, ufficio):
    person = every_kind.participations.all()[0]
    changes = [
        result(sheet, 1, achieved="2"),
        progress(sheet, 0, "metà"),
        progress(sheet, 1, "12,5"),
        Change("staff", every_kind.objective_id, person.key, {"share": "101"}),
        result(every_kind, 0, not_applicable="on"),
        result(every_kind, 1, deviation="-1", achieved="a\x00b"),
    ]
    with pytest.raises(BadEntry) as bad:
        enter(open_one, changes, by=ufficio)
    assert [(one.change, one.cell, one.message.split(":")[0]) for one in bad.value.problems] == [
        (changes[1], "percent", "«metà» non è una percentuale"),
        (changes[2], "percent", "«12,5» non è un numero intero da 0 a 100"),
        (changes[3], "share", "«101» non è una percentuale"),
        (changes[5], "achieved", "Il testo contiene caratteri che non si possono scrivere"),
    ]
    with pytest.raises(BadEntry) as bad:
        enter(open_one, [changes[0], changes[4], result(every_kind, 1, deviation="-1")], by=ufficio)
    assert [(one.cell, one.message) for one in bad.value.problems] == [
        ("not_applicable_note", "Scrivere perché l'indicatore non è applicabile."),
        ("deviation_note", "Scrivere perché lo scostamento è diverso da quello calcolato."),
    ]
    assert Result.objects.count() == 0


def test_numbers_that_no_number_is_are_refused(open_one, sheet, ufficio):
    for typed in ("NaN", "-1", "1e1000", "Infinity", "٣٤ e mezzo", "1,234"):
        with pytest.raises(BadEntry):
            enter(open_one, [result(sheet, 1, percent=typed)], by=ufficio)


def test_a_text_longer_than_a_page_is_refused(open_one, sheet, ufficio):
    said = refusal(open_one, [analysis(sheet, causes="x" * 4001)], by=ufficio)
    assert said == "Si possono scrivere al massimo 4000 caratteri: qui sono 4001."


def test_who_read_an_earlier_row_is_told_and_writes_over_nothing(open_one, sheet, ufficio, responsabile):
    enter(open_one, [result(sheet, 1, achieved="2")], by=ufficio)
    mine = [result(sheet, 0, achieved=f"15/06/{YEAR}"), result(sheet, 1, achieved="3")]
    with pytest.raises(StaleRows) as stale:
        enter(open_one, mine, by=responsabile)
    assert [(change, row.achieved, row.row_version) for change, row in stale.value.rows] == [(mine[1], "2", 1)]
    assert stale.value.stored == stale.value.rows[0][1]
    assert [row.achieved for row in Result.objects.all()] == ["2"]
    (row,) = enter(open_one, [result(sheet, 1, row_version=1, achieved="3")], by=responsabile)
    assert (row.achieved, row.row_version) == ("3", 2)


def test_stale_rows_and_unreadable_cells_are_told_together(open_one, sheet, ufficio):
    enter(open_one, [result(sheet, 1, achieved="2")], by=ufficio)
    with pytest.raises(StaleRows) as stale:
        enter(open_one, [result(sheet, 1, achieved="3"), progress(sheet, 0, "x")], by=ufficio)
    assert [problem.cell for problem in stale.value.problems] == ["percent"]


def test_what_is_stored_already_is_not_written_again(open_one, sheet, ufficio, responsabile):
    enter(open_one, [result(sheet, 1, achieved="2")], by=ufficio)
    (again,) = enter(open_one, [result(sheet, 1, achieved=" 2 ")], by=responsabile)
    assert (again.row_version, again.history.count()) == (1, 1)


def test_two_changes_of_a_row_are_one(open_one, sheet, ufficio):
    first, second = enter(
        open_one, [result(sheet, 1, achieved="2"), result(sheet, 1, evidence="Registro presenze")], by=ufficio
    )
    assert first is second
    assert (first.achieved, first.evidence, first.history.count()) == ("2", "Registro presenze", 1)


def test_only_who_works_in_the_settore_enters_its_results(open_one, sheet, of_finanziario, altrove, segretario, nucleo):
    change = [result(sheet, 1, achieved="2")]
    assert refusal(open_one, change, by=altrove) == (
        "Il settore FINANZIARIO non è tra i suoi: lo può fare chi vi lavora."
    )
    assert refusal(open_one, change, by=segretario).startswith("Il suo ruolo non permette di inserire i risultati")
    assert refusal(open_one, change, by=nucleo).startswith("Il suo ruolo non permette di inserire i risultati")


def test_rows_of_two_settori_are_refused_whole_to_who_works_in_one(open_one, plan, sheet, altrove):
    other = sheet_of(plan, 1, "TECNICO")
    refusal(open_one, [result(other, 1, achieved="2"), result(sheet, 1, achieved="2")], by=altrove)
    assert Result.objects.count() == 0
    assert enter(open_one, [result(other, 1, achieved="2")], by=altrove)[0].pk


def test_a_confirmed_settore_is_opened_first(open_one, plan, tecnico, ufficio, altrove):
    sheet = sheet_of(plan, 1, "TECNICO")
    complete(open_one, sheet, ufficio)
    confirm(open_one, tecnico, by=altrove)
    change = [result(sheet, 1, row_version=1, achieved="1")]
    assert refusal(open_one, change, by=ufficio) == (
        "I risultati di TECNICO sono confermati da Altrove Rossi: per cambiarli la conferma va prima tolta, dal "
        "responsabile del settore o dal Segretario."
    )
    take_back(open_one, tecnico, by=altrove, note="Una giornata non si è tenuta.")
    assert enter(open_one, change, by=ufficio)[0].row_version == 2


def test_a_row_that_no_sheet_in_force_holds_is_refused(open_one, sheet, every_kind, ufficio):
    nowhere = "Questa riga non è tra quelle che la verifica misura"
    key = sheet.indicators.all()[0].key
    for change in (
        Change("result", sheet.objective_id, uuid.uuid4(), {"achieved": "1"}),
        Change("result", every_kind.objective_id, key, {"achieved": "1"}),
        Change("phase", sheet.objective_id, key, {"percent": "1"}),
        Change("review", sheet.objective_id, key, {"causes": "1"}),
        Change("result", 10**9, key, {"achieved": "1"}),
    ):
        assert refusal(open_one, [change], by=ufficio).startswith(nowhere)


def test_an_indicator_that_survives_a_change_keeps_its_result_and_the_version_it_was_measured_on(
    caluso, open_one, sheet, ufficio
):
    enter(open_one, [result(sheet, 1, achieved="2")], by=ufficio)
    changed = full_sheet(2, weight=40, change="MODIFICATO", title="Obiettivo rivisto")
    act = load(
        {
            **written_act(9, f"{YEAR}-01-01", changed, cites=[(8, f"{YEAR}-01-01")]),
            "plan": {"year": YEAR, "triennium": None},
        },
        caluso,
    ).act
    now = act.sheets.get()
    assert Result.objects.get().sheet == sheet
    assert now.indicators.all()[1].key == sheet.indicators.all()[1].key
    (row,) = enter(open_one, [result(now, 1, row_version=1, achieved="3")], by=ufficio)
    assert (row.sheet, row.history.count()) == (now, 2)


def test_a_page_of_many_cells_is_saved_in_as_many_queries_as_one_of_few(open_one, sheet, every_kind, ufficio):
    def queries(changes):
        with CaptureQueriesContext(connection) as counted:
            enter(open_one, changes, by=ufficio)
        return len(counted)

    assert queries([result(sheet, 1, achieved="2")]) == queries(
        [result(every_kind, place, achieved="1") for place in range(8)]
    )
