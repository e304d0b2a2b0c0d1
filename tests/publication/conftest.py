"""A plan of this year that Caluso publishes: two sheets, people in one of them, one named in its words too."""

import pytest

from tests.this_year import approved_plan, full_sheet

STAFF = [
    {"category": "C", "name": "VERDI GIUSEPPINA", "share": "50"},
    {"category": "D", "name": "Bianchi Ugo", "share": "41"},
]


@pytest.fixture
def plan(caluso):
    """The plan of this year, with staff that nobody outside may know."""
    caluso.published = True
    caluso.accessibility_contact = "accessibile@caluso.example"
    caluso.save()
    told = {"staff": STAFF, "description": "Se ne occupa Giuseppina Verdi.", "title": "=SOMMA(A1)"}
    return approved_plan(caluso, full_sheet(1, weight=60, **told), full_sheet(2, weight=40))
