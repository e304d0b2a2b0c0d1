"""The calendar file: whole days, stable names, the same bytes for the same data."""

import datetime as dt

import pytest
from icalendar import Calendar

from evaluations.calendar_feed import calendar
from evaluations.deadlines import deadlines_of
from evaluations.due import Deadline, Kind
from organisation.models import Entity
from tests.plans import adopt, indicator_data, sheet_data

TODAY = dt.date(2022, 10, 31)


def deadline(**facts):
    """An indicator of Caluso, due on the last of the year."""
    return Deadline(
        **{
            "on": dt.date(2022, 12, 31),
            "kind": Kind.INDICATORE,
            "entity": Entity(name="Comune di Caluso", slug="caluso"),
            "name": "Avvio; del, servizio \\ «nuovo»",
            "where": "FINANZIARIO n° 1 · " + "SPORTELLO " * 20,
            "path": "/caluso/schede/7/",
            "uid": "indicatore-1",
            "known_at": dt.datetime(2022, 10, 18, 16, 0, 0, 5, tzinfo=dt.UTC),
            **facts,
        }
    )


def events(content):
    """The events of a calendar file, read by the library."""
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_an_event_lasts_its_whole_day_and_leads_to_the_page(settings):
    settings.SITE_URL = "https://perf.comune.esempio.it/"
    (event,) = events(calendar([deadline()]))
    assert (event["dtstart"].dt, event["dtend"].dt) == (dt.date(2022, 12, 31), dt.date(2023, 1, 1))
    assert str(event["uid"]) == "indicatore-1@perf.comune.esempio.it"
    assert str(event["url"]) == "https://perf.comune.esempio.it/caluso/schede/7/"
    assert event["dtstamp"].dt == dt.datetime(2022, 10, 18, 16, 0, tzinfo=dt.UTC)
    assert str(event["summary"]) == "Termine: Avvio; del, servizio \\ «nuovo»"
    assert "Comune di Caluso" in str(event["description"])


def test_what_is_done_says_so():
    (event,) = events(calendar([deadline(settled=True)]))
    assert str(event["summary"]).startswith("Fatto: Termine: ")


def test_lines_are_folded_and_end_as_the_standard_wants():
    lines = calendar([deadline()]).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert {b"REFRESH-INTERVAL;VALUE=DURATION:PT6H", b"X-PUBLISHED-TTL:PT6H"} <= set(lines)


def test_an_empty_calendar_is_a_calendar():
    assert events(calendar([])) == []


@pytest.mark.django_db
def test_the_same_data_give_the_same_bytes(caluso, segretario):
    adopt(caluso, 8, "2022-02-07", sheet_data(1, indicators=[indicator_data("Avvio"), indicator_data("Collaudo")]))
    first, second = (calendar(deadlines_of(segretario, TODAY)) for _ in range(2))
    assert first == second
    assert len({str(event["uid"]) for event in events(first)}) == len(events(first)) == 3
