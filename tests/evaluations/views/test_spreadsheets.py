"""The results of a verification as .xlsx: typed, and to each person what they may read."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from documents.spreadsheets import MIME
from evaluations.rounds import Change, enter, open_round
from tests.results import ON, analysis, result
from tests.this_year import YEAR, approved_plan, full_sheet

pytestmark = pytest.mark.django_db

PATH = f"/caluso/verifiche/{YEAR}/intermedia/scarica/xlsx/"
TABLES = ["Esiti", "Indicatori", "Fasi", "Analisi", "Persone", "Verifica"]


@pytest.fixture
def entered(open_one, every_kind, sheet, ufficio):
    """Some results of FINANZIARIO: a day, a number that is not enough, words that look like a formula."""
    enter(
        open_one,
        [
            result(every_kind, 0, achieved=f"15/11/{YEAR}", evidence='=HYPERLINK("http://x","y")'),
            result(every_kind, 3, achieved="70,5%"),
            analysis(every_kind, causes="-5 addetti"),
            Change("phase", sheet.objective_id, sheet.phases.all()[0].key, {"percent": "60", "note": "@casa"}),
        ],
        by=ufficio,
    )
    return open_one


@pytest.fixture
def book(signed_in, entered):
    """The workbook that a person gets."""

    def download(person):
        answer = signed_in(person).get(PATH)
        assert (answer.status_code, answer["Content-Type"]) == (200, MIME)
        return load_workbook(io.BytesIO(answer.content))

    return download


def rows(book, name):
    """The rows of a table by the titles of its columns."""
    header, *others = book[name].iter_rows(values_only=True)
    return [dict(zip(header, map(_day, row), strict=True)) for row in others]


def _day(value):
    """A day, where the workbook has the midnight with which it begins."""
    return value.date() if isinstance(value, dt.datetime) else value


def test_the_nucleo_gets_all_of_it_typed(book, nucleo):
    got = book(nucleo)
    assert got.sheetnames == TABLES
    first, quality = rows(got, "Indicatori")[0], rows(got, "Indicatori")[3]
    day = dt.date(YEAR, 11, 15)
    assert (first["Raggiunto"], first["Raggiunto (valore)"]) == (f"15/11/{YEAR}", day)
    assert (first["Atteso (valore)"], first["Punteggio %"]) == (dt.date(YEAR, 12, 31), 100)
    assert (quality["Atteso (valore)"], quality["Raggiunto (valore)"]) == (72.19, 70.5)
    assert quality["Scostamento"].startswith("−1,69")
    assert [row["Avanzamento %"] for row in rows(got, "Fasi")][2:4] == [60, None]
    assert [row["Cause"] for row in rows(got, "Analisi")] == ["-5 addetti"]
    assert [(row["Cognome e nome"], row["Quota %"]) for row in rows(got, "Persone")] == [
        ("Anna Bianchi", 60),
        ("Ugo Neri", 40),
    ]
    assert {"Dato": "Alla data del", "Valore": ON} in rows(got, "Verifica")
    assert {"Dato": "Stato", "Valore": "aperta: i risultati sono provvisori"} in rows(got, "Verifica")


def test_no_cell_is_a_formula(book, segretario):
    cells = [cell for sheet in book(segretario) for row in sheet for cell in row]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    assert {'=HYPERLINK("http://x","y")', "-5 addetti", "@casa"} <= {cell.value for cell in cells}


def test_the_averages_stand_under_plan_settore_and_sheet(book, segretario):
    outcomes = rows(book(segretario), "Esiti")
    assert [(row["Livello"], row["Settore"], row["N°"]) for row in outcomes] == [
        ("Piano", None, None),
        ("Settore", "FINANZIARIO", None),
        ("Scheda", "FINANZIARIO", 1),
        ("Scheda", "FINANZIARIO", 2),
        ("Settore", "TECNICO", None),
        ("Scheda", "TECNICO", 1),
    ]
    assert outcomes[2]["Media rispetto dei tempi %"] == 100
    assert outcomes[2]["Sotto l'atteso"] == "sì"


def test_a_settore_reads_its_own_results_and_the_averages_of_all(book, of_finanziario, ufficio, altrove):
    assert {row["Settore"] for row in rows(book(ufficio), "Indicatori")} == {"FINANZIARIO"}
    elsewhere = book(altrove)
    assert {row["Settore"] for row in rows(elsewhere, "Indicatori")} == {"TECNICO"}
    assert "Anna Bianchi" not in {cell.value for sheet in elsewhere for row in sheet for cell in row}
    assert [row["Settore"] for row in rows(elsewhere, "Esiti")] == [None, "FINANZIARIO", "TECNICO", "TECNICO"]


@pytest.mark.parametrize("who", ["lettura", "amministratore"])
def test_who_only_reads_gets_averages_and_no_names(request, book, who):
    got = book(request.getfixturevalue(who))
    assert got.sheetnames == [name for name in TABLES if name != "Persone"]
    assert [row["Livello"] for row in rows(got, "Esiti")] == ["Piano", "Settore", "Settore"]
    assert rows(got, "Indicatori") == rows(got, "Fasi") == rows(got, "Analisi") == []


@pytest.mark.parametrize("count", [1, 30])
def test_it_takes_the_same_queries_however_many_sheets(count, caluso, segretario, signed_in, django_assert_num_queries):
    plan = approved_plan(caluso, *(full_sheet(number, weight=3) for number in range(1, count + 1)))
    open_round(plan, "INTERMEDIA", on=ON, by=segretario)
    client = signed_in(segretario)
    with django_assert_num_queries(15):
        answer = client.get(PATH)
    assert len(rows(load_workbook(io.BytesIO(answer.content)), "Esiti")) == count + 2


def test_the_name_says_what_it_is(signed_in, segretario, entered):
    answer = signed_in(segretario).get(PATH)
    name = f"risultati-caluso-{YEAR}-intermedia-provvisori.xlsx"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'


def test_of_another_entity_or_of_no_verification_there_is_nothing(signed_in, estraneo, segretario, entered):
    assert signed_in(estraneo).get(PATH).status_code == 404
    assert signed_in(segretario).get(PATH.replace("intermedia", "finale")).status_code == 404
