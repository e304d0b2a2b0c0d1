"""The settori: who answers for them, how many objectives they have, today and at another moment."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from deliberations.calendar import from_the
from organisation.models import Manager, Sector
from tests.pages import texts, with_class

pytestmark = pytest.mark.django_db


def make_sectors(entity, count):
    for number in range(count):
        sector = Sector(entity=entity, name=f"SETTORE {number}")
        sector.save()
        for name in ("ROSSI", "BIANCHI"):
            Manager(sector=sector, title="DR.", name=name, valid_from=date(2022, 1, 1)).save()


def test_a_settore_shows_its_responsabili_past_present_and_future(signed_in, lettura, caluso):
    sector = Sector(entity=caluso, name="FINANZIARIO")
    sector.save()
    today = timezone.localdate()
    Manager(sector=sector, name="VERDI", valid_from=date(2020, 1, 1), valid_to=date(2021, 12, 31)).save()
    Manager(sector=sector, title="DR.", name="BERTOLDI", valid_from=date(2022, 1, 1)).save()
    Manager(sector=sector, name="NERI", valid_from=today + timedelta(days=1)).save()
    page = signed_in(lettura).get("/caluso/settori/")
    assert texts(page, "//main//ul//ul/li") == [
        f"NERI {from_the(today + timedelta(days=1))} — incarico non ancora iniziato",
        "DR. BERTOLDI dal 1° gennaio 2022",
        "VERDI dal 1° gennaio 2020 al 31 dicembre 2021 — incarico concluso",
    ]


def test_an_objective_with_three_versions_counts_once(signed_in, lettura, act100):
    page = signed_in(lettura).get("/caluso/settori/")
    counted = dict(zip(texts(page, "//main//h2"), texts(page, "//main//p[@class='muted'][1]"), strict=False))
    assert counted["FINANZIARIO"] == "Obiettivi in archivio: 4"


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_settori_takes_six_queries_however_many(
    signed_in, lettura, caluso, count, django_assert_num_queries
):
    make_sectors(caluso, count)
    client = signed_in(lettura)
    with django_assert_num_queries(6):  # session, user, entity with roles, acts, settori, responsabili
        client.get("/caluso/settori/")


def test_without_settori_the_page_says_where_they_come_from(signed_in, lettura, caluso):
    assert texts(signed_in(lettura).get("/caluso/settori/"), "//p[@class='empty-title']") == ["Nessun settore"]


# ---- At another moment -----------------------------------------------------------------------------------------------


def counted(response):
    """How many objectives each settore has, as the page says it."""
    names, said = texts(response, "//main//h2"), texts(response, "//main//p[@class='muted'][1]")
    return dict(zip(names, said, strict=False))


def test_on_a_day_it_counts_what_was_in_force_and_names_who_answered_for_it(signed_in, lettura, act100):
    sector = Sector.objects.get(name="FINANZIARIO")
    Manager(sector=sector, name="VERDI", valid_from=date(2020, 1, 1), valid_to=date(2022, 10, 17)).save()
    client = signed_in(lettura)
    before, after = (client.get("/caluso/settori/", {"giorno": day}) for day in ("2022-10-17", "2022-10-18"))
    people = "//main//li[.//h2='FINANZIARIO']//ul/li/strong"
    assert (texts(before, people), texts(after, people)) == (["VERDI"], ["DR. DANILO BERTOLDI"])
    assert counted(before)["FINANZIARIO"] == "Obiettivi in vigore: 3"
    assert texts(before, with_class("moment")) == ["Come risulta il 17 ottobre 2022. Mostra oggi"]


def test_after_an_act_it_counts_what_it_left(signed_in, lettura, act100):
    response = signed_in(lettura).get("/caluso/settori/", {"atto": "gc-8-2022"})
    assert counted(response)["FINANZIARIO"] == "Obiettivi in vigore: 3"
    assert texts(response, with_class("moment")) == ["Come risulta dopo GC 8/2022. Mostra oggi"]


@pytest.mark.parametrize("asked", [{"giorno": "2022-02-31"}, {"atto": "gc-999-2022"}])
def test_a_moment_that_does_not_exist_is_said(signed_in, lettura, act100, asked):
    response = signed_in(lettura).get("/caluso/settori/", asked)
    assert len(texts(response, with_class("wrong"))) == 1
    assert counted(response)["FINANZIARIO"] == "Obiettivi in archivio: 4"
