"""Requests nobody means well with: forms filled with what no form expects, bodies that are none, addresses bent."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from django.urls import get_resolver
from lxml import html

from tests.access_paper import every_route
from tests.full_entity import address
from tests.who_may_what import TABLE, WHO

HOSTILE: dict[str, Any] = {
    "NUL": "a\0b",
    "long": "a" * 1_000_000,
    "negative": "-1",
    "huge": "9" * 30,
    "digit of no number": "²",
    "not a number": "NaN",
    "infinite": "1e999",
    "no day": "9999-99-99",
    "last day": "31/12/9999",
    "half a pair": b"\xed\xa0\x80",
    "not UTF-8": b"\xff\xfe",
    "markup": "<script>alert(1)</script>{{ 7|add:7 }}{% load x %}",
    "SQL": "'; DROP TABLE objectives_sheet; --",
    "JSON": '{"a": [null, {"\\ud800": 1e400}]}',
    "list": "[]",
    "path": "../../../../etc/passwd",
    "controls": "\u202e\u2028\x1b[31m\r\nSet-Cookie: a=b",
    "nothing": "",
}
URLENCODED = "application/x-www-form-urlencoded"
BODIES = [
    *(("application/json", one) for one in (b"", b"[]", b"null", b'"\\ud800"', b"{", b"[" * 100_000, b"9" * 5000)),
    ("application/json", b'{"a": NaN, "b": "\\u0000"}'),
    ("application/json", b"\xff"),
    *(("multipart/form-data; boundary=x", one) for one in (b"", b"--x\r\n\r\n", b"--x")),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="\0"\r\n\r\na\r\n--x--'),
    ("multipart/form-data", b"x"),
    (f"{URLENCODED}; charset=utf-7", b"a=+AAA-"),
    (f"{URLENCODED}; charset=no-such", b"a=b"),
    (URLENCODED, b"&".join(b"a=1" for _ in range(30_000))),
    ("text/plain", b"a=b"),
    ("", b"a=b"),
]
BENT = {
    "int": ("0", "2147483648", "9" * 19, "9" * 40),
    "str": ("%00", "%FF", "..", "%F0%9F%92%A9", "è" * 300, "9999-12-31", "0000-00-00", "-1", "9" * 30, "%ED%A0%80"),
    "slug": ("-", "9" * 400),
}
WORKS = {"200", "302", "400", "422"}


@dataclass(frozen=True)
class Form:
    """A form as a person finds it: who, where, how it is sent, and what would be sent if it were sent as it is."""

    who: str
    path: str
    method: str
    sent: dict[str, list[str]]


def doors(facts: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Each address of an entity with a person who comes through, and the method with which they do."""
    for name, states, *columns in TABLE:
        for state in states.split() or [""]:
            for method, codes in zip(("get", "post"), columns, strict=True):
                each = codes.replace("+", "").split()
                each = each if len(each) > 1 else each * len(WHO)
                able = [who for who, code in zip(WHO, each, strict=True) if code in WORKS]
                if able:
                    yield able[0], address(name, state, facts), method


def forms_of(client: Client, who: str, path: str) -> list[Form]:
    """The forms of a page, filled as they stand, but for the one that leads out."""
    page = client.get(path)
    if page.status_code != 200 or not page.headers.get("Content-Type", "").startswith("text/html"):
        return []
    found = []
    for form in html.fromstring(page.content.decode()).forms:
        sent: dict[str, list[str]] = {name: [""] for name in form.xpath(".//*[@name]/@name")}
        sent |= {name: [] for name, _ in form.form_values()}
        for name, value in form.form_values():
            sent[name].append(value)
        sent |= {button.get("name"): [button.get("value") or ""] for button in form.xpath(".//button[@name]")}
        sent.pop("csrfmiddlewaretoken", None)
        where = (form.get("action") or path).split("#")[0] or path
        found.append(Form(who, where, form.method.lower(), sent))
    return [form for form in found if "logout" not in form.path]


def wrong(form: Form) -> Iterator[tuple[str, dict[str, list[Any]]]]:
    """The form with each hostile value: in all fields at once, then in one after the other; and with fields twice."""
    for kind, value in HOSTILE.items():
        yield kind, {name: [value] for name in form.sent}
    yield "twice", {name: [*values, "a", "b"] for name, values in form.sent.items()}
    for name in form.sent:
        for kind, value in HOSTILE.items():
            yield f"{name}: {kind}", {**form.sent, name: [value]}


def send(client: Client, form: Form, sent: dict[str, list[Any]]) -> Any:
    """Send it as no browser would: bytes that are no text go as they are."""
    fields = urlencode([(name, one) for name, values in sent.items() for one in values])
    if form.method == "post":
        return client.generic("POST", form.path, fields, content_type=URLENCODED)
    return client.generic("GET", form.path.split("?")[0], QUERY_STRING=fields)


def bent_addresses(facts: dict[str, Any]) -> Iterator[str]:
    """Each address of an entity with one of its parts replaced by what it may be and nobody meant."""
    written = {name: path for path, name, _ in every_route() if "<slug:slug>" in path}
    for name, states, *_ in TABLE:
        right = address(name, (states.split() or [""])[0], facts)
        ((template, parts),) = get_resolver().reverse_dict.getlist(name)[0][0]
        kinds = {part: kind for kind, part in re.findall(r"<(\w+):(\w+)>", written[name])}
        values = re.fullmatch(_expression(template, parts), right).groupdict()
        for part in parts:
            for value in BENT.get(kinds.get(part, "str"), ()):
                yield "/" + template % {**values, part: value}


def _expression(template: str, parts: list[str]) -> str:
    expression = "/" + re.escape(template)
    for part in parts:
        expression = expression.replace(re.escape(f"%({part})s"), f"(?P<{part}>.+?)", 1)
    return expression
