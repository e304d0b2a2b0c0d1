"""A stored PDF downloaded, against an empty response of the same server: gunicorn on the loopback interface."""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.conf import settings
from django.db import connections
from django.test import Client
from django.urls import reverse

from benchmarks.measuring import Figure, Line, NotMeasured, medians
from benchmarks.serving import PATIENCE, gunicorn
from benchmarks.towns import found_town, sign_in
from documents.render import PdfUnavailable
from objectives.models import Sheet
from objectives.printing import sheet_document

TIMES = 300


def measure() -> list[Line]:
    """Download one stored PDF again and again, over a kept connection, in turn with the empty responses."""
    plan = found_town("scarico", 6)
    sheet = Sheet.objects.of(plan).with_rows().first()
    try:
        size = sheet_document(sheet).size
    except PdfUnavailable as reason:
        return [NotMeasured("stored PDF downloaded", str(reason))]
    cookie = session_of(sign_in(plan.entity))
    connections.close_all()
    with server() as line:
        pdf, empty, known = medians(
            TIMES,
            partial(get, line, cookie, reverse("sheet_pdf", args=["scarico", sheet.pk]), size),
            partial(get, line, cookie, "/confronto/vuota/", 0),
            partial(get, line, cookie, "/confronto/vuota/scarico/", 0),
            warm_up=5,
        )
    ours = f"{1 / pdf:.0f}/s ({size // 1024} kB)"
    point = "stored PDF downloaded, requests/s"
    return [
        Figure(
            f"{point}; empty response to anybody", ours, f"{1 / empty:.0f}/s", empty / pdf, limit=0.5, at_most=False
        ),
        Figure(
            f"{point}; empty response to a member", ours, f"{1 / known:.0f}/s", known / pdf, limit=0.5, at_most=False
        ),
    ]


def session_of(browser: Client) -> str:
    """The header with which the browser is known."""
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={browser.cookies[name].value}"


def get(line: http.client.HTTPConnection, cookie: str, url: str, size: int) -> None:
    """Ask for `url` and read the answer. Raises AssertionError when it has not `size` bytes."""
    line.request("GET", url, headers={"Cookie": cookie})
    response = line.getresponse()
    body = response.read()
    if (response.status, len(body)) != (200, size):
        raise AssertionError(f"{url}: {response.status}, {len(body)} bytes instead of {size}")


@contextmanager
def server() -> Iterator[http.client.HTTPConnection]:
    """The program's server with one worker, and a connection to it."""
    with gunicorn() as port:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        yield line
        line.close()
