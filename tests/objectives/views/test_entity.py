"""The front page of an entity."""

import pytest

from tests.factories import make_draft, make_plan, make_sector
from tests.pages import texts

pytestmark = pytest.mark.django_db


def test_it_shows_the_plans_the_last_acts_and_how_much_is_on_record(signed_in, lettura, act100):
    page = signed_in(lettura).get("/caluso/")
    assert texts(page, "//main//h3") == ["Piano della Performance 2022"]
    assert len(texts(page, "//section[@aria-labelledby='ultime-variazioni']//li")) == 8
    assert texts(page, "//main//dd") == ["12", "4", "6"]  # sheets in force, acts, settori
    assert texts(page, "//section[@aria-labelledby='ultimi-atti']//li/a") == ["GC 100/2022"]


def test_an_empty_entity_tells_who_may_import_what_to_do(signed_in, segretario, lettura):
    assert texts(signed_in(segretario).get("/caluso/"), "//main//a/@href") == ["/caluso/importa/"]
    assert texts(signed_in(lettura).get("/caluso/"), "//main//a/@href") == []


def test_what_waits_for_the_person_stands_first(signed_in, ufficio, segretario, caluso, act100):
    make_draft(act100.sheets.first().sector, act100.sheets.first().objective.plan, number=9)
    page = signed_in(ufficio).get("/caluso/")
    assert texts(page, "//main//h2")[0] == "Da fare 1"
    assert texts(page, "//main//h3")[0] == "Bozze da completare 1"
    assert texts(page, "//section[@aria-labelledby='ultime-variazioni']") == []
    nothing = signed_in(segretario).get("/caluso/")
    assert "non c'è nulla che tocchi a lei" in texts(nothing, "//section[@aria-labelledby='da-fare']")[0]


def test_of_many_things_the_oldest_are_shown_and_the_rest_is_a_click_away(signed_in, ufficio, caluso):
    sector, plan = make_sector(caluso), make_plan(caluso)
    for number in range(1, 12):
        make_draft(sector, plan, number=number)
    page = signed_in(ufficio).get("/caluso/")
    assert len(texts(page, "//section[@aria-labelledby='da-fare-bozze']//li")) == 8
    assert texts(page, "//section[@aria-labelledby='da-fare-bozze']/p/a") == ["Altre 3: bozze da completare"]
    assert texts(page, "//section[@aria-labelledby='da-fare-bozze']/p/a/@href") == ["/caluso/bozze/?stato=BOZZA"]


@pytest.mark.parametrize(("who", "queries"), [("lettura", 12), ("ufficio", 14), ("segretario", 17), ("nucleo", 12)])
def test_it_takes_the_same_queries_whatever_is_there(
    who, queries, signed_in, request, act100, django_assert_num_queries
):
    client = signed_in(request.getfixturevalue(who))
    with django_assert_num_queries(queries):
        client.get("/caluso/")
