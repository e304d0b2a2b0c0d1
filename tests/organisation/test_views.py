"""The settori with who answers for them, and what the pages of a demonstration say."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from organisation.models import Manager, Sector
from organisation.roles import Role
from tests.pages import texts

pytestmark = pytest.mark.django_db


def make_sectors(entity, count):
    for number in range(count):
        sector = Sector(entity=entity, name=f"SETTORE {number}")
        sector.save()
        for name in ("ROSSI", "BIANCHI"):
            Manager(sector=sector, title="DR.", name=name, valid_from=date(2022, 1, 1)).save()


def test_the_pages_of_a_demonstration_say_so_and_real_ones_do_not(signed_in, make_person, caluso, esempio):
    client = signed_in(make_person("due", (esempio, Role.LETTURA), (caluso, Role.LETTURA)))
    assert texts(client.get("/esempio/"), "//aside/strong") == ["DATI DIMOSTRATIVI"]
    assert texts(client.get("/caluso/"), "//aside/strong") == []


def test_a_settore_shows_its_responsabili_past_present_and_future(signed_in, lettura, caluso):
    sector = Sector(entity=caluso, name="FINANZIARIO")
    sector.save()
    today = timezone.localdate()
    Manager(sector=sector, name="VERDI", valid_from=date(2020, 1, 1), valid_to=date(2021, 12, 31)).save()
    Manager(sector=sector, title="DR.", name="BERTOLDI", valid_from=date(2022, 1, 1)).save()
    Manager(sector=sector, name="NERI", valid_from=today + timedelta(days=1)).save()
    page = signed_in(lettura).get("/caluso/settori/")
    tomorrow = (today + timedelta(days=1)).strftime("%d/%m/%Y")
    assert texts(page, "//main//ul//ul/li") == [
        f"NERI dal {tomorrow} — incarico non ancora iniziato",
        "DR. BERTOLDI dal 01/01/2022",
        "VERDI dal 01/01/2020 al 31/12/2021 — incarico concluso",
    ]


def test_an_objective_with_three_versions_counts_once(signed_in, lettura, act100):
    page = signed_in(lettura).get("/caluso/settori/")
    counted = dict(zip(texts(page, "//main//h2"), texts(page, "//main//p[@class='muted'][1]"), strict=False))
    assert counted["FINANZIARIO"] == "Obiettivi in archivio: 4"


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_settori_takes_five_queries_however_many(
    signed_in, lettura, caluso, count, django_assert_num_queries
):
    make_sectors(caluso, count)
    client = signed_in(lettura)
    with django_assert_num_queries(5):  # session, user, entity with roles, settori, responsabili
        client.get("/caluso/settori/")


def test_without_settori_the_page_says_where_they_come_from(signed_in, lettura, caluso):
    assert texts(signed_in(lettura).get("/caluso/settori/"), "//p[@class='empty-title']") == ["Nessun settore"]


@pytest.mark.parametrize("name", ["404.html", "403.html", "403_csrf.html", "400.html", "429.html", "500.html"])
def test_the_pages_of_errors_need_neither_person_nor_database(name, django_assert_num_queries):
    from django.template.loader import render_to_string

    with django_assert_num_queries(0):
        page = render_to_string(name, {"user": AnonymousUser()})
    assert 'href="/"' in page
