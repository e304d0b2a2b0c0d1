"""What belongs to another entity answers, at every address, as what there never was; and no page tells a word of it."""

import io
import logging
import re
import zipfile

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from evaluations.feeds import new_address
from tests.full_entity import address, parts
from tests.operations.isolation.planting import WORD, plant
from tests.this_year import YEAR
from tests.who_may_what import TABLE

pytestmark = pytest.mark.django_db
NOWHERE = {"pk": 10**9, "sheet": 10**9, "sector": 10**9, "act": "gc-999-1999"}
PRINTED_ANEW = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
FORMS = ("json", "csv", "xlsx", "docx")
BEGINNING = WORD.lower()[:6]
OUTSIDE = ["home", "guide", "sitemap", "api", "api_document", "robots", "accessibility"]


@pytest.fixture(autouse=True)
def _in_silence(caplog):
    """Refusals are what this asks for."""
    caplog.set_level(logging.CRITICAL, logger="django.request")


def answered(client, method, path, named):
    """The whole of an answer, but for what is another each time, for the address itself and for what it names."""
    with transaction.atomic():
        response = getattr(client, method)(path)
        transaction.set_rollback(True)
    body = PRINTED_ANEW.sub("", response.content.decode(errors="replace")).replace(path, "…")
    body = body.replace(named, "…") if isinstance(named, str) else body
    told = {name: value for name, value in response.headers.items() if name not in {"X-Request-ID", "Content-Length"}}
    return response.status_code, told, body


def asked(columns, *, first):
    """The methods that a page of the table has; what is posted does not depend on the state, once there is nothing."""
    methods = dict(zip(("get", "post"), columns, strict=True))
    return [name for name, codes in methods.items() if codes != "405" and (first or name == "get")]


def with_foreign_parts(client, here, there):
    """The answers at each address of Caluso with one part of another entity's, and with the same part of nobody's."""
    nobodys, seen = {}, set()
    for name, states, *columns in TABLE:
        for state in states.split() or [""]:
            mine, theirs = parts(name, state, here), parts(name, state, there)
            for part in NOWHERE.keys() & mine.keys():
                for method in asked(columns, first=(name, part) not in seen):
                    at = (name, part, method, "" if part == "pk" else state)
                    if at not in nobodys:
                        path = address(name, state, here, **{part: NOWHERE[part]})
                        nobodys[at] = answered(client, method, path, NOWHERE[part])
                    path = address(name, state, here, **{part: theirs[part]})
                    yield (*at[:3], state), answered(client, method, path, theirs[part]), nobodys[at]
                seen.add((name, part))


def test_what_belongs_to_another_entity_is_not_there(here, there, tuttofare, signed_in):
    call_command("check_isolation")
    client = signed_in(tuttofare)
    pairs = {at: pair for at, *pair in with_foreign_parts(client, here, there)}
    assert [at for at, (foreign, nobodys) in pairs.items() if foreign != nobodys or foreign[0] != 404] == []
    assert len(pairs) > 150
    for name in ("entity", "plan", "sheet", "search", "plan_file", "act"):  # the others: test_who_may_what
        slugs = (there["slug"], "nessuno")
        foreign, nobodys = (answered(client, "get", address(name, "adottata", there, slug=one), one) for one in slugs)
        assert foreign == nobodys


def told(response):
    """Everything that an answer says, also inside the files of an office program."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    return content.decode(errors="replace")


def pages_of(here):
    """Every address that shows or hands out something of Caluso, but for the printed papers."""
    for name, states, get, _ in TABLE:
        if get in {"405", "-"} or get.endswith("-"):
            continue
        state = (states.split() or [""])[0]
        forms = [{"form": form} for form in FORMS] if "form" in parts(name, state, here) else [{}]
        yield from (address(name, state, here, **form) for form in forms)
    at = reverse("search", args=[here["slug"]])
    yield from (f"{at}?q={BEGINNING}", f"{at}?stato=tutte", f"{reverse('jump', args=[here['slug']])}?q={BEGINNING}")
    yield from map(reverse, OUTSIDE)


def open_pages(entity, here):
    """What anybody finds of an entity that publishes its plans."""
    year, slug = YEAR, entity.slug
    yield from (reverse(name, args=[slug]) for name in ("public", "accessibility_of"))
    yield from (reverse(name, args=[slug, year]) for name in ("public_plan", "public_csv", "public_json"))
    yield reverse("public_plan_after", args=[slug, year, here["act"]])
    yield from (f"/api/v1/enti{rest}" for rest in ("", f"/{slug}", f"/{slug}/piani", f"/{slug}/piani/{year}"))


def test_no_page_tells_a_word_of_another_entity(here, there, caluso, esempio, tuttofare, estraneo, signed_in):
    caluso.published = True
    caluso.save()
    assert plant(esempio) > 200
    feed = reverse("deadline_feed", args=[new_address(by=tuttofare)])
    inside, outside = signed_in(tuttofare), Client()
    answers = [(page, inside.get(page)) for page in pages_of(here)]
    answers += [(page, outside.get(page)) for page in [*open_pages(caluso, here), feed]]
    assert [page for page, response in answers if WORD in told(response)] == []
    assert sum(response.status_code == 200 for _, response in answers) > 80
    assert WORD in told(signed_in(estraneo).get(reverse("entity", args=[esempio.slug])))
