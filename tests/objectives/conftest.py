"""Sheets to start from: a draft, an adopted one, and the stub of its earlier text."""

import pytest

from tests.factories import load, make_draft, make_plan, make_sector, written_act, written_sheet

STAFF = [{"category": "C", "name": "Anna Bianchi", "share": "50"}]


@pytest.fixture
def draft(caluso):
    """A sheet that nobody sent yet."""
    return make_draft(make_sector(caluso), make_plan(caluso))


@pytest.fixture
def adopted(caluso):
    """A sheet changed by GC 100/2022, with a row of each kind; its earlier text is not on file."""
    act = load(
        written_act(100, "2022-10-18", written_sheet(1, "MODIFICATO", staff=STAFF), cites=[(8, "2022-02-07")]), caluso
    ).act
    return act.sheets.get()


@pytest.fixture
def stub(adopted):
    """The version that `adopted` changes: its text is not on file."""
    return adopted.base
