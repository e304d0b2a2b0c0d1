"""The digest: once a day at most, what is worth a word, nothing where nothing is due."""

import datetime as dt

import pytest
from django.core.management import call_command

from evaluations.choices import Digest
from evaluations.digests import send_digests
from evaluations.models import Subscription
from organisation.models import Notice
from organisation.roles import Role
from tests.at_once import at_once
from tests.plans import adopt, indicator_data, sheet_data

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = dt.date(2022, 10, 17), dt.date(2022, 10, 18)
DUE = dt.date(2022, 10, 25)


@pytest.fixture
def plan(caluso):
    """A sheet whose indicator is due on the 25th of October 2022, a Tuesday."""
    phases = [{"slot": 1, "text": "Avvio", "months": []}]
    return adopt(caluso, 8, "2022-02-07", sheet_data(indicators=[indicator_data("Avvio", "25/10/2022")], phases=phases))


def reader(person, digest, **facts):
    """A person with an e-mail address who wants digests."""
    person.email = f"{person.username}@esempio.invalid"
    person.save()
    subscription = Subscription(user=person, digest=digest, **facts)
    subscription.save()
    return subscription


def subjects():
    return list(Notice.objects.order_by("pk").values_list("subject", flat=True))


def test_the_weekly_one_comes_on_monday_with_two_weeks(plan, lettura):
    reader(lettura, Digest.SETTIMANALE)
    assert [send_digests(MONDAY + dt.timedelta(days=day)) for day in range(-1, 8)] == [0, 1, 0, 0, 0, 0, 0, 0, 1]
    notice = Notice.objects.first()
    assert (notice.subject, notice.path, notice.to) == ("Scadenze: 1", "/caluso/scadenze/", lettura)
    assert "25/10/2022: Avvio\n    FINANZIARIO n° 1 · OBIETTIVO 1" in notice.body


def test_what_comes_is_named_before_what_was_missed(plan, caluso, lettura):
    reader(lettura, Digest.SETTIMANALE)
    phases = [{"slot": 1, "text": "Avvio", "months": []}]
    late = [indicator_data(f"Mancata {day}", f"{day}/03/2022") for day in range(1, 29)]
    later = [indicator_data(f"Mancata di aprile {day}", f"{day}/04/2022") for day in range(1, 21)]
    adopt(caluso, 9, "2022-02-08", sheet_data(2, indicators=late + later, phases=phases), cites=[(8, "2022-02-07")])
    send_digests(MONDAY)
    lines = Notice.objects.get().body.split("\n\n")
    assert lines[1].startswith("25/10/2022: Avvio")
    assert lines[2].startswith("20/04/2022 (in ritardo di 180 giorni): Mancata di aprile 20")
    assert lines[-2] == "… e altre 9, nella pagina delle scadenze."


def test_a_monday_on_which_nobody_ran_it_is_made_up_for(plan, lettura):
    reader(lettura, Digest.SETTIMANALE, digest_sent_on=MONDAY - dt.timedelta(days=7))
    assert [send_digests(TUESDAY), send_digests(TUESDAY + dt.timedelta(days=1))] == [1, 0]


def test_the_weekly_one_repeats_what_is_overdue(plan, lettura):
    reader(lettura, Digest.SETTIMANALE)
    send_digests(dt.date(2022, 10, 31))
    assert subjects() == ["Scadenze: 1, in ritardo 1"]


def test_the_daily_one_names_a_thing_four_times(plan, lettura):
    reader(lettura, Digest.GIORNALIERO)
    days = [DUE + dt.timedelta(days=day) for day in (-8, -7, -6, -2, -1, 0, 1, 2)]
    assert [day for day in days if send_digests(day)] == [DUE + dt.timedelta(days=day) for day in (-7, -1, 0, 1)]
    assert subjects() == ["Scadenze: 1", "Scadenze: 1", "Scadenze: 1", "Scadenze: 1, in ritardo 1"]


def test_a_day_that_was_left_out_is_made_up_for(plan, lettura):
    reader(lettura, Digest.GIORNALIERO, digest_sent_on=DUE - dt.timedelta(days=3))
    assert send_digests(DUE) == 1


def test_called_again_the_same_day_it_writes_none(plan, lettura):
    reader(lettura, Digest.GIORNALIERO)
    assert [send_digests(DUE), send_digests(DUE)] == [1, 0]


@pytest.mark.django_db(transaction=True)
def test_called_twice_at_once_it_writes_one(plan, lettura):
    reader(lettura, Digest.GIORNALIERO)
    assert sorted(at_once(lambda: send_digests(DUE), lambda: send_digests(DUE))) == [0, 1]
    assert len(subjects()) == 1


def test_where_nothing_is_due_nothing_is_sent(caluso, lettura):
    reader(lettura, Digest.GIORNALIERO)
    assert send_digests(DUE) == 0
    assert Subscription.objects.get().digest_sent_on is None


def test_nobody_hears_who_did_not_ask_or_left(plan, lettura, nucleo):
    reader(lettura, Digest.MAI)
    reader(nucleo, Digest.GIORNALIERO)
    nucleo.is_active = False
    nucleo.save()
    assert send_digests(DUE) == 0


def test_an_entity_each(plan, caluso, esempio, make_person):
    person = make_person("due.enti", (caluso, Role.LETTURA), (esempio, Role.LETTURA))
    adopt(esempio, 3, "2022-02-07", sheet_data(indicators=[indicator_data("Avvio", "25/10/2022")]))
    reader(person, Digest.GIORNALIERO)
    assert send_digests(DUE) == 2
    assert list(Notice.objects.order_by("pk").values_list("entity__slug", flat=True)) == ["caluso", "esempio"]


def test_the_command_says_how_many(db, capsys):
    call_command("send_digests")
    assert capsys.readouterr().out == "Riepiloghi delle scadenze scritti: 0.\n"
