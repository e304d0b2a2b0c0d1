"""An identifier of another entity in what is sent answers as one that never was: nothing there changes or is told."""

import logging
import re

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from lxml import html

from operations.isolation.crossing import crossings
from operations.isolation.ownership import owned, paths
from tests.full_entity import address, full_entity
from tests.fuzz.hostile import forms_of, send
from tests.operations.isolation.planting import WORD, plant
from tests.who_may_what import TABLE

pytestmark = pytest.mark.django_db
BEFORE = 900_000
CHOSEN = "//*[self::select or self::input[@type='hidden' or @type='radio' or @type='checkbox']][@name=$name]"
PRINTED_ANEW = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}')


@pytest.fixture
def here(caluso, ufficio, responsabile, segretario):
    """What there is in Caluso; the rows that come after it, in whatever table, are numbered from 900001."""
    facts = full_entity(caluso, ufficio, responsabile, segretario)
    with connection.cursor() as cursor:
        for table in {model._meta.db_table for model in owned() if model._meta.pk.name == "id"}:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, BEFORE])
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, BEFORE])
    return facts


def forms_with_choices(client, here):
    """The forms of all pages, each once, with the fields in which a page writes numbers of rows for who sends it."""
    found = {}
    for name, states, *_ in TABLE:
        for state in states.split() or [""]:
            path = address(name, state, here)
            for form in forms_of(client, "tuttofare", path):
                found.setdefault((form.path.split("?")[0], form.method, tuple(sorted(form.sent))), (form, path))
    for form, path in found.values():
        page = html.fromstring(client.get(path).content.decode())
        for name in sorted(form.sent):
            written = page.xpath(f"{CHOSEN}/descendant-or-self::*/@value", name=name)
            if any(map(str.isdecimal, written)) and not name.endswith(("_FORMS", "version", "not_applicable")):
                yield form, name


def rows_of(entity):
    """Every row of an entity, its history included."""
    return [
        list(model._base_manager.filter(**{path: entity.pk}).order_by("pk").values_list())
        for model in owned()
        for path in paths(model)
    ]


def answered(client, form, name, number):
    """The answer to a form with a number in one of its fields, and what of the database leads elsewhere after it."""
    client.cookies.pop("messages", None)
    with transaction.atomic():
        response = send(client, form, {**form.sent, name: [str(number)]})
        crossing = list(crossings()) if form.method == "post" else []
        transaction.set_rollback(True)
    body = PRINTED_ANEW.sub("", response.content.decode(errors="replace")).replace(str(number), "…")
    return response.status_code, response.get("Location", "").replace(str(number), "…"), body, crossing


def test_an_identifier_of_another_entity_in_what_is_sent(here, there, esempio, tuttofare, signed_in, settings, caplog):
    caplog.set_level(logging.CRITICAL, logger="django.request")
    settings.RATES_PER_MINUTE = dict.fromkeys(settings.RATES_PER_MINUTE, 0)
    cache.clear()
    plant(esempio)
    client, before = signed_in(tuttofare), rows_of(esempio)
    tried = set()
    for form, name in [*forms_with_choices(client, here)]:
        foreign, nobodys = (answered(client, form, name, number) for number in (BEFORE + 1, 2_000_000_001))
        assert (form.path, name, foreign) == (form.path, name, nobodys)
        assert (WORD in foreign[2], foreign[3], rows_of(esempio) == before) == (False, [], True)
        tried.add(name)
    assert {"manager", "persona", "piano", "settori", "settore", "con"} <= tried
