"""What offices take along: the plan at a moment and the registers, as .xlsx, .csv, .json and .docx."""

import csv
import io
import json

import docx
import pytest
from openpyxl import load_workbook

from tests.factories import load, written_act, written_sheet

pytestmark = pytest.mark.django_db

STAFF = [{"category": "C", "name": "Anna Bianchi", "share": "50"}]
PLAN = "/caluso/piano/2022/"


@pytest.fixture
def acts(caluso):
    """GC 8 approves two sheets, GC 100 changes the first one and removes the second one."""
    load(written_act(8, "2022-02-07", written_sheet(1, staff=STAFF), written_sheet(2, title="=1+1")), caluso)
    changed = written_sheet(1, "MODIFICATO", title="Nuovo titolo", weight=30, staff=STAFF)
    gone = written_sheet(2, "ELIMINATO", title="=1+1", motive_text="Senza risorse")
    return load(written_act(100, "2022-10-18", changed, gone, cites=[(8, "2022-02-07")]), caluso).act


@pytest.fixture
def get(signed_in, lettura, acts):
    """The bytes that who only reads gets."""
    client = signed_in(lettura)

    def got(path):
        answer = client.get(path)
        assert answer.status_code == 200
        return answer.content

    return got


def rows(content):
    """The rows of a .csv."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def titles(content):
    """The titles in a .csv of sheets."""
    return [row["Obiettivo"] for row in rows(content)]


def test_the_plan_is_the_one_of_the_moment_asked_for(get):
    assert titles(get(f"{PLAN}scarica/csv/")) == ["Nuovo titolo"]
    assert titles(get(f"{PLAN}al/2022-03-01/scarica/csv/")) == ["Obiettivo 1", "'=1+1"]
    assert titles(get(f"{PLAN}dopo/gc-8-2022/scarica/csv/")) == ["Obiettivo 1", "'=1+1"]


def test_the_workbook_holds_sheets_indicators_phases_and_staff(get):
    book = load_workbook(io.BytesIO(get(f"{PLAN}al/2022-03-01/scarica/xlsx/")))
    assert book.sheetnames == ["Schede", "Indicatori", "Fasi", "Personale", "Piano"]
    assert (book["Schede"]["C3"].value, book["Schede"]["C3"].data_type) == ("=1+1", "s")
    assert book["Personale"]["E2"].value == "Anna Bianchi"
    assert [row["Fase"] for row in rows(get(f"{PLAN}scarica/csv/?tabella=fasi"))] == ["1"]


def test_the_json_is_the_exchange_format(get):
    after = json.loads(get(f"{PLAN}dopo/gc-100-2022/scarica/json/"))
    assert (after["format"], after["as_of"]) == ("caluso-perf/plan", {"on": None, "after": "GC 100/2022"})
    assert [sheet["title"] for sheet in after["sheets"]] == ["Nuovo titolo"]


def test_the_word_file_holds_each_sheet_in_the_official_form(get):
    file = docx.Document(io.BytesIO(get(f"{PLAN}al/2022-03-01/scarica/docx/")))
    headings = [one.text for one in file.paragraphs if one.style.name.startswith("Heading")]
    assert headings == [
        "PIANO DELLA PERFORMANCE 2022",
        "FINANZIARIO",
        "Comune di Caluso ANNO 2022 - Obiettivo strategico n° 1 PESO: 25 INSERITO",
        "Comune di Caluso ANNO 2022 - Obiettivo strategico n° 2 PESO: 25 INSERITO",
    ]
    assert "Anna Bianchi" in {cell.text for table in file.tables for row in table.rows for cell in row.cells}


def test_the_registers_follow_the_filters_of_the_list(get):
    assert [row["Atto"] for row in rows(get("/caluso/registri/atti/csv/"))] == ["GC 8/2022", "GC 100/2022"]
    assert [row["Atto"] for row in rows(get("/caluso/registri/atti/csv/?atto=gc-8-2022"))] == ["GC 8/2022"]
    changes = [row for row in rows(get("/caluso/registri/variazioni/csv/")) if row["Atto"] == "GC 100/2022"]
    facts = ("Variazione", "Peso prima", "Peso", "Motivazione", "Cambia il testo della")
    assert [[row[fact] for fact in facts] for row in changes] == [
        ["MODIFICATO", "25", "30", "", "GC 8/2022"],
        ["ELIMINATO", "25", "25", "Senza risorse", "GC 8/2022"],
    ]


@pytest.mark.parametrize("path", ["2021/scarica/csv/", "2022/al/2022-02-30/scarica/csv/", "2022/scarica/ods/"])
def test_what_there_is_not_is_answered_with_a_sentence(signed_in, lettura, acts, path):
    assert signed_in(lettura).get(f"/caluso/piano/{path}").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("piano/2022/scarica/xlsx/", 8),
        ("piano/2022/scarica/docx/", 8),
        ("registri/atti/csv/", 7),
        ("registri/variazioni/csv/", 7),
    ],
)
def test_it_takes_the_same_queries_however_many_sheets(
    path, queries, count, caluso, signed_in, lettura, django_assert_num_queries
):
    load(written_act(8, "2022-02-07", *(written_sheet(n, weight=3) for n in range(1, count + 1))), caluso)
    client = signed_in(lettura)
    with django_assert_num_queries(queries):
        client.get(f"/caluso/{path}")
