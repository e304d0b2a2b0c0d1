"""The deadlines of a person as an iCalendar file (RFC 5545). The same deadlines give the same bytes."""

from collections.abc import Iterable
from datetime import UTC, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, vDuration

from evaluations.due import Deadline, Kind

PRODUCT = "-//Caluso Perf//Scadenze//IT"
REFRESH = timedelta(hours=6)
"""How often a calendar program is asked to look again."""


def calendar(deadlines: Iterable[Deadline]) -> bytes:
    """Return the calendar of these deadlines: whole days, each with the page of the program where the thing is."""
    whole = Calendar()
    for name, value in (("prodid", PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH")):
        whole.add(name, value)
    whole.add("x-wr-calname", "Scadenze del Piano della Performance")
    whole.add("x-wr-timezone", settings.TIME_ZONE)
    whole.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    whole.add("x-published-ttl", vDuration(REFRESH).to_ical().decode())
    for one in deadlines:
        whole.add_component(_event(one))
    content: bytes = whole.to_ical()
    return content


def _event(one: Deadline) -> Event:
    site = urlsplit(settings.SITE_URL)
    event = Event()
    event.add("uid", f"{one.uid}@{site.hostname or 'caluso-perf'}")
    event.add("dtstamp", one.known_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", one.on)
    event.add("dtend", one.on + timedelta(days=1))
    event.add("summary", f"{'Fatto: ' if one.settled else ''}{_headline(one)}")
    event.add("description", f"{one.where}\n{one.entity.name}")
    event.add("url", f"{settings.SITE_URL.rstrip('/')}{one.path}")
    event.add("categories", [Kind(one.kind).label])
    event.add("transp", "TRANSPARENT")  # a deadline takes nobody's time
    event.add("class", "PRIVATE")
    return event


def _headline(one: Deadline) -> str:
    """What a calendar shows in its narrow cell."""
    before = {Kind.INDICATORE: "Termine: ", Kind.FASE: "Fine fase: "}.get(one.kind, "")
    return f"{before}{one.name}"
