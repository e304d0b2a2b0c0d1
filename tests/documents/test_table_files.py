"""Tables as files: what Excel in Italy opens, what a program reads, and nothing that a spreadsheet would run."""

import csv
import datetime as dt
import io
import json
from decimal import Decimal

import pytest
from django.http import Http404

from documents.spreadsheets import Column, Table
from documents.table_files import TableFile, table_response

ROWS = [("Sì", Decimal("12.50"), dt.date(2026, 12, 31)), ('=HYPERLINK("http://x")', 3, None), ("a;b\nc", -5, None)]
COLUMNS = [Column(name, 10, lambda row, at=at: row[at]) for at, name in enumerate(["Testo", "Numero", "Giorno"])]
FILE = TableFile(
    "Prova – tabelle",
    "prova",
    [Table("Prima", COLUMNS, ROWS), Table("Seconda", COLUMNS[:1], ROWS[:1])],
    [("Ente", "Caluso"), ("Scaricata il", dt.date(2026, 1, 2))],
)


def read_csv(answer):
    """The rows of a .csv as Excel in Italy reads them."""
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_csv_is_written_as_an_office_writes_and_holds_no_formula():
    assert read_csv(table_response(FILE, "csv")) == [
        ["Testo", "Numero", "Giorno"],
        ["Sì", "12,5", "31/12/2026"],
        ['\'=HYPERLINK("http://x")', "3", ""],
        ["a;b\nc", "-5", ""],
    ]


def test_a_csv_holds_one_table_that_the_address_names():
    answer = table_response(FILE, "csv", "seconda")
    assert read_csv(answer) == [["Testo"], ["Sì"]]
    assert answer["Content-Disposition"] == 'attachment; filename="prova-seconda.csv"'


def test_json_holds_all_tables_with_values_that_a_program_reads():
    content = json.loads(table_response(FILE, "json").content)
    assert content["tabelle"]["Prima"][0] == {"Testo": "Sì", "Numero": 12.5, "Giorno": "2026-12-31"}
    assert content["tabelle"]["Prima"][1] == {"Testo": '=HYPERLINK("http://x")', "Numero": 3, "Giorno": None}
    assert (content["formato"], content["versione"]) == ("caluso-perf/tabelle", 1)
    assert content["dati"] == {"Ente": "Caluso", "Scaricata il": "2026-01-02"}


@pytest.mark.parametrize(("form", "only"), [("ods", ""), ("docx", ""), ("csv", "terza")])
def test_what_there_is_not_is_said(form, only):
    with pytest.raises(Http404, match="menu «Scarica»" if only else "si scaricano come"):
        table_response(FILE, form, only)
