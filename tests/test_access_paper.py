"""docs/chi-puo-cosa.md says what the program does; outside an entity nobody gets in by an address."""

import logging
import re

import pytest
from django.test import Client
from django.urls import resolve

from tests.access_paper import PAPER, every_route, paper

SAMPLES = {"uuid": "0" * 8 + "-0000-4000-8000-" + "0" * 12, "int": "7", "slug": "caluso", "str": "x", "path": "7"}
REGULAR = {
    "^api/.*": "api/x",
    "(?P<key>[-:\\w]+)": "x",
    "(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)": "1-x",
    "([^/]+)": "7",
    "(?P<app_label>organisation|objectives)": "objectives",
    "(?P<url>.*)": "x/",
    "<id>": "7",
}


def example(route):
    """An address of this kind."""
    for expression, instance in REGULAR.items():
        route = route.replace(expression, instance)
    route = re.sub(r"<(\w+):\w+>", lambda found: SAMPLES[found[1]], route)
    return "/" + route.replace("^", "").replace("$", "")


def test_the_paper_is_what_the_program_would_write():
    assert PAPER.read_text(encoding="utf-8") == paper(), "make papers writes it anew"


@pytest.mark.django_db
def test_who_is_not_signed_in_is_led_to_the_sign_in_wherever_it_is_asked_for(caplog):
    """Every address, of entities or not, that does not say it is open to anybody."""
    caplog.set_level(logging.CRITICAL, logger="django.request")
    asking = [example(path) for path, _, asks in every_route() if asks]
    assert len(asking) > 150
    for path in asking:
        resolve(path)
    client = Client()
    for method in ("get", "post", "put", "delete"):
        answers = {path: getattr(client, method)(path) for path in asking}
        inside = {
            path: answer.status_code
            for path, answer in answers.items()
            if answer.status_code != 302 or "/login/" not in answer["Location"]
        }
        assert inside == {}, method
