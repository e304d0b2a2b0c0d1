"""Search engines: they find the public pages, and those alone."""

import re

import pytest

from tests.factories import make_entity
from tests.this_year import YEAR, approved_plan, full_sheet

pytestmark = pytest.mark.django_db
HOME = "/trasparenza/caluso/"
PLAN = f"{HOME}{YEAR}/"


def test_search_engines_ask_as_much_of_one_entity_as_of_many(client, plan, django_assert_num_queries):
    for slug in ("altro", "terzo"):
        approved_plan(make_entity(slug, published=True), full_sheet(1), subject=slug)
    with django_assert_num_queries(4):
        pages = client.get("/sitemap.xml").content.decode()
    assert [pages.count(f"/trasparenza/{slug}/{YEAR}/dopo/") for slug in ("altro", "caluso", "terzo")] == [1, 1, 1]


def test_search_engines_find_the_public_pages_and_those_alone(client, plan):
    make_entity("altro")
    robots = client.get("/robots.txt").content.decode().splitlines()
    assert robots[1:] == [
        "Allow: /trasparenza/", "Allow: /accessibilita/", "Allow: /static/", "Disallow: /",
        "Sitemap: http://testserver/sitemap.xml",
    ]  # fmt: skip
    pages = re.findall("<loc>http://testserver(.*?)</loc>", client.get("/sitemap.xml").content.decode())
    assert pages == [HOME, "/accessibilita/caluso/", PLAN, f"{PLAN}dopo/gc-8-{YEAR}/"]
    assert {client.get(page).status_code for page in pages} == {200}
