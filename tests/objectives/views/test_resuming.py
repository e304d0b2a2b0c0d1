"""The list of withdrawn drafts, and taking one up again from it."""

import pytest

from objectives.workflow import amend, insert, withdraw
from organisation.models import Sector
from tests.pages import texts, with_class
from tests.this_year import sheet_of

pytestmark = pytest.mark.django_db
LIST = "/caluso/bozze/ritirate/"
ITEMS = "//main//ul/li"


def said(response):
    return texts(response, "//main" + with_class("alert"))


def test_from_the_list_back_to_the_page_of_the_draft(signed_in, ufficio, change):
    client, key = signed_in(ufficio), change.pk
    withdraw(change, by=ufficio)
    assert f"{LIST}" in client.get("/caluso/bozze/").content.decode()
    (listed,) = texts(client.get(LIST), ITEMS)
    assert listed.startswith("MODIFICATO FINANZIARIO n° 1 — Sportello digitale Piano")
    response = client.post(f"/caluso/bozze/{key}/di-nuovo/", follow=True)
    assert response.redirect_chain == [(f"/caluso/bozze/{key}/", 302)]
    assert said(response) == ["La bozza è di nuovo qui, com'era quando è stata ritirata."]
    assert texts(client.get(LIST), ITEMS) == []
    again = client.post(f"/caluso/bozze/{key}/di-nuovo/", follow=True)
    assert (again.redirect_chain, said(again)) == (
        [(f"/caluso/bozze/{key}/", 302)], ["Questa bozza è già stata recuperata."]
    )  # fmt: skip


def test_where_it_cannot_be_taken_up_the_list_says_why(signed_in, ufficio, segretario, change, this_plan):
    key = change.pk
    withdraw(change, by=ufficio)
    assert texts(signed_in(segretario).get(LIST), ITEMS + "//button") == []
    amend(sheet_of(this_plan, 1), by=ufficio)
    client = signed_in(ufficio)
    assert texts(client.get(LIST), ITEMS + "//button") == []
    problem = "Non si recupera: sulla stessa scheda c'è già un'altra modifica in corso di Ufficio Rossi."
    assert texts(client.get(LIST), ITEMS + "//p")[1] == problem
    response = client.post(f"/caluso/bozze/{key}/di-nuovo/", follow=True)
    assert (response.redirect_chain, said(response)) == ([(LIST, 302)], [problem])


def test_drafts_of_another_settore_are_not_listed(signed_in, ufficio, caluso, this_plan):
    other = Sector(entity=caluso, name="TECNICO")
    other.save()
    draft = insert(this_plan, other, by=ufficio)
    key = draft.pk
    withdraw(draft, by=ufficio)
    ufficio.memberships.get().sectors.set([Sector.objects.get(name="FINANZIARIO")])
    client = signed_in(ufficio)
    assert texts(client.get(LIST), ITEMS) == []
    assert client.post(f"/caluso/bozze/{key}/di-nuovo/").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_queries_however_long(count, signed_in, ufficio, this_plan, django_assert_num_queries):
    sector = Sector.objects.get(name="FINANZIARIO")
    for _ in range(count):
        withdraw(insert(this_plan, sector, by=ufficio), by=ufficio)
    client = signed_in(ufficio)
    client.get(LIST)
    with django_assert_num_queries(6):
        response = client.get(LIST)
    assert len(texts(response, ITEMS)) == count
