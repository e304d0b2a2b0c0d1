"""The page of results saves itself: each row is kept, or says what is wrong, or shows what somebody else wrote."""

import pytest

from evaluations.models import PhaseProgress, Result
from evaluations.rounds import confirm, enter
from tests.results import complete, everything, result
from tests.results_office import Office, achieved
from tests.this_year import YEAR

pytestmark = pytest.mark.django_db


def test_a_row_saves_itself_and_hears_how_it_was_read(office):
    row = office.row(0)
    told = office.by_itself(row, achieved="15-gen").json()
    assert (achieved(), told["rows"][row.name]["faults"], told["saved_at"] != "") == (["15-gen"], {}, True)
    assert f"15/01/{YEAR}" in told["rows"][row.name]["beside"]
    objective = office.part().sheet.objective_id
    missing = {"mancano-quanti", f"mancano-{objective}"}
    assert set(told["parts"]) == {*missing, f"stato-{objective}", f"esito-{objective}", f"analisi-{objective}-detto"}
    again = {"name": row.name, "token": told["rows"][row.name]["token"], "values": {"achieved": "16-gen"}}
    assert office.send({"rows": [again]}).status_code == 200
    assert (achieved(), Result.objects.get().row_version) == (["16-gen"], 2)


def test_the_whole_list_of_what_is_missing_comes_when_it_begins_or_ends(
    office, open_one, every_kind, sheet, responsabile
):
    complete(open_one, sheet, responsabile)
    told = office.by_itself(office.row(0), achieved="15-gen").json()["parts"]
    assert ("missing-list" in told["mancano"], "mancano-quanti" in told) == (True, False)
    stored = Result.objects.get(objective=every_kind.objective)
    enter(open_one, [one for one in everything(every_kind) if one.key != stored.key], by=responsabile)
    office.response = office.client.get(office.address)
    told = office.by_itself(office.row(0), achieved=f"31/12/{YEAR}").json()["parts"]
    assert "Non manca niente." in told["mancano"]


def test_a_pasted_block_saves_itself_in_one_go(office):
    rows = [line.row for line in office.part().indicators if line.row]
    before = len(rows)
    told = office.by_itself(*rows, achieved="3").json()
    assert (len(told["rows"]), len(achieved())) == (before, before)


def test_a_row_that_cannot_be_kept_says_so_and_holds_nobody_back(office):
    bad, good = office.part().phases
    sent = [
        {"name": bad.row.name, "token": bad.row.token, "values": {"percent": "150"}},
        {"name": good.row.name, "token": good.row.token, "values": {"percent": "50"}},
    ]
    told = office.send({"rows": sent}).json()["rows"]
    assert ("percent" in told[bad.row.name]["faults"], "token" in told[bad.row.name]) == (True, False)
    assert (told[good.row.name]["faults"], PhaseProgress.objects.get().percent) == ({}, 50)


def test_a_row_that_somebody_else_saved_is_shown_and_not_written_over(office, open_one, every_kind, responsabile):
    row = office.row(1)
    enter(open_one, [result(every_kind, 1, achieved="1 giornata")], by=responsabile)
    told = office.by_itself(row, achieved="2 giornate").json()
    assert ("1 giornata" in told["rows"][row.name]["two"], told["saved_at"], achieved()) == (True, "", ["1 giornata"])


def test_a_settore_that_is_confirmed_tells_the_page_to_stop(
    office, open_one, finanziario, every_kind, sheet, responsabile
):
    for one in (every_kind, sheet):
        complete(open_one, one, responsabile)
    confirm(open_one, finanziario, by=responsabile)
    response = office.by_itself(office.row(0), achieved="mai")
    assert (response.status_code, "conferma" in response.json()["message"]) == (409, True)


def test_a_row_of_another_settore_is_refused(office, altrove, open_one, tecnico, signed_in):
    elsewhere = Office(signed_in(altrove), tecnico)
    response = elsewhere.by_itself(office.row(0), achieved="31-dic")
    assert (response.status_code, achieved()) == (409, [])


@pytest.mark.parametrize(
    "body",
    ["", "[]", '{"rows": 1}', "[" * 100_000, '{"rows": [' + "1," * 2500 + "1]}", b"\x00\xd8"],
)
def test_what_is_no_row_of_a_page_is_refused_in_a_sentence(office, body):
    response = office.client.post(f"{office.address}salva/", body, content_type="application/json")
    assert (response.status_code, response.json()["message"]) == (
        400, "La pagina ha mandato dati che il programma non capisce: ricaricarla.",
    )  # fmt: skip


def test_whoever_may_not_is_told_in_a_way_that_the_page_understands(open_one, signed_in, lettura, finanziario):
    address = f"/caluso/verifiche/{YEAR}/intermedia/settori/{finanziario.pk}/salva/"
    response = signed_in(lettura).post(address, "{}", content_type="application/json")
    assert (response.status_code, response.json()["message"] != "") == (403, True)


def test_what_no_archive_keeps_is_refused_and_breaks_nothing(office):
    row = office.row(7)
    told = office.by_itself(row, achieved="nul\x00lo \ud800").json()
    assert ("achieved" in told["rows"][row.name]["faults"], achieved()) == (True, [])
