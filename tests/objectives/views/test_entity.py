"""The front page of an entity."""

import pytest

from tests.pages import texts

pytestmark = pytest.mark.django_db


def test_it_shows_the_plans_the_last_acts_and_how_much_is_on_record(signed_in, lettura, act100):
    page = signed_in(lettura).get("/caluso/")
    assert texts(page, "//main//h3") == ["Piano della Performance 2022"]
    assert texts(page, "//main//dd") == ["12", "4", "6"]  # sheets in force, acts, settori
    assert texts(page, "//main//ul[@class='rows']/li/a") == ["GC 100/2022"]


def test_an_empty_entity_tells_who_may_import_what_to_do(signed_in, segretario, lettura):
    assert texts(signed_in(segretario).get("/caluso/"), "//main//a/@href") == ["/caluso/importa/"]
    assert texts(signed_in(lettura).get("/caluso/"), "//main//a/@href") == []


def test_it_takes_eight_queries(signed_in, lettura, act100, django_assert_num_queries):
    client = signed_in(lettura)
    with django_assert_num_queries(8):
        client.get("/caluso/")
