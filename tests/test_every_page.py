"""Every page outside an entity, for who does not see it or has no mouse; those of an entity are looked at together
with who may open them (objectives/views/test_who_may_what.py)."""

import logging

import pytest
from django.test import Client

from tests.page_flaws import flaws
from tests.pages import texts
from tests.this_year import YEAR, approved_plan, full_sheet

pytestmark = pytest.mark.django_db

FOR_ANYBODY = [
    "/accesso/login/",
    "/accesso/password/reset/",
    "/verifica/",
    "/verifica/ABCD-EFGH-JKLM/",
    "/accessibilita/",
    "/accessibilita/caluso/",
    "/trasparenza/caluso/",
    f"/trasparenza/caluso/{YEAR}/",
    f"/trasparenza/caluso/{YEAR - 20}/",
]


def looked_at(client, paths):
    """What is wrong with the pages, by address; nothing, if they are as they should be."""
    pages = {path: client.get(path, follow=True).content.decode() for path in paths}
    return {path: wrong for path, page in pages.items() if (wrong := flaws(page))}


def test_pages_for_anybody(caluso, caplog):
    caplog.set_level(logging.CRITICAL, logger="django.request")
    approved_plan(caluso, full_sheet(1))
    caluso.published = True
    caluso.save()
    assert looked_at(Client(), FOR_ANYBODY) == {}
    wrong = Client().post("/accesso/login/", {"login": "", "password": ""}).content.decode()
    assert flaws(wrong) == []


def test_pages_of_ones_own(signed_in, segretario):
    own = ["/accesso/2fa/", "/accesso/password/change/", "/accesso/logout/", "/guida/"]
    assert looked_at(signed_in(segretario), own) == {}


def test_a_refusal_leads_on(signed_in, lettura, caplog):
    caplog.set_level(logging.CRITICAL, logger="django.request")
    client = signed_in(lettura)
    refused, missing, elsewhere = (client.get(path) for path in ("/caluso/bozze/", "/caluso/atti/no/", "/altrove/"))
    assert [page.status_code for page in (refused, missing, elsewhere)] == [403, 404, 404]
    assert "/caluso/atti/" in texts(refused, "//main//a/@href")
    assert [texts(page, "//main//a[contains(@class, 'btn')]/@href") for page in (refused, missing, elsewhere)] == [
        ["/caluso/"],
        ["/caluso/"],
        ["/"],
    ]
    assert [flaws(page.content.decode()) for page in (refused, missing, elsewhere)] == [[], [], []]
