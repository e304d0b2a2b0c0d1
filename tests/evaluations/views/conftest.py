"""An office before its page of results."""

import pytest

from tests.results_office import Office


@pytest.fixture
def office(signed_in, ufficio, open_one, finanziario):
    """The office of FINANZIARIO before its page."""
    return Office(signed_in(ufficio), finanziario)
