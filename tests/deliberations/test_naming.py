"""An act is called by its body, with the body's article."""

from datetime import date

import pytest

from deliberations.models import Deliberation
from deliberations.naming import full_name


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("Giunta Comunale", "Deliberazione della Giunta Comunale n. 5 del 01/03/2022"),
        ("Consiglio Comunale", "Deliberazione del Consiglio Comunale n. 5 del 01/03/2022"),
        ("Commissario straordinario", "Deliberazione del Commissario straordinario n. 5 del 01/03/2022"),
        ("Assemblea dei Sindaci", "Deliberazione n. 5 del 01/03/2022 – Assemblea dei Sindaci"),
    ],
)
def test_each_body_has_its_article(body, name):
    assert full_name(Deliberation(body=body, number=5, year=2022, session_on=date(2022, 3, 1))) == name


def test_without_a_day_the_year_stands_beside_the_number():
    act = Deliberation(body="Giunta Comunale", number=8, year=2022)
    assert full_name(act) == "Deliberazione della Giunta Comunale n. 8/2022"
