"""Entering results: what is typed is kept and read; nothing is lost, nothing is written over."""

import pytest

from evaluations.rounds import enter
from tests.evaluations.conftest import result

pytestmark = pytest.mark.django_db


def test_what_was_achieved_is_kept_as_typed_and_read_as_the_expected_value_is(open_one, sheet, ufficio):
    (row,) = enter(open_one, [result(sheet, 1, achieved=" 3 ")], by=ufficio)
    row.refresh_from_db()
    assert (row.achieved, row.kind, row.number, row.row_version, row.sheet) == ("3", "COUNT", 3, 1, sheet)
