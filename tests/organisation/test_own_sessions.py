"""Sessions: one not used ends and loses nothing, all others can be ended, each sign-in is told to the person."""

import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from organisation.models import SignIn
from organisation.own_sessions import BEGAN, SEEN
from organisation.sign_in_log import network_of
from tests.pages import texts

pytestmark = pytest.mark.django_db

LOGIN = "/accesso/login/"
OWN = "/accesso/2fa/"
PASSWORD = "una-password-lunga"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def no_counts():
    cache.clear()


@pytest.fixture
def rossi(segretario):
    segretario.set_password(PASSWORD)
    segretario.email = "rossi@comune.esempio.it"
    segretario.save()
    return segretario


def enter(password=PASSWORD, login="segretario"):
    """A browser of its own, in which somebody signs in, or tries to."""
    client = Client(headers={"User-Agent": FIREFOX}, REMOTE_ADDR="192.0.2.77")
    client.post(LOGIN, {"login": login, "password": password})
    return client


def is_inside(client):
    return client.get("/caluso/").status_code == 200


def pass_time(client, minutes, *moments):
    """Let the session be so much older."""
    session = client.session
    for moment in moments:
        session[moment] -= minutes * 60
    session.save()


@pytest.mark.parametrize(("minutes", "inside"), [(0, True), (4, True), (59, True), (61, False), (60 * 24, False)])
def test_a_session_that_is_not_used_for_an_hour_is_over(rossi, minutes, inside):
    client = enter()
    pass_time(client, minutes, SEEN)
    assert is_inside(client) is inside


def test_and_who_comes_back_is_told_why_and_led_on_to_the_page_they_wanted(rossi):
    client = enter()
    pass_time(client, 61, SEEN)
    page = client.get("/caluso/atti/", follow=True)
    assert page.redirect_chain == [(f"{LOGIN}?next=/caluso/atti/", 302)]
    assert "scaduto dopo 60 minuti senza attività. Ciò che si stava scrivendo" in page.content.decode()
    assert client.post(f"{LOGIN}?next=/caluso/atti/", {"login": "segretario", "password": PASSWORD})["Location"] == (
        "/caluso/atti/"
    )
    assert is_inside(client)


def test_nothing_is_changed_by_what_a_session_that_is_over_sends(rossi):
    client = enter()
    pass_time(client, 61, SEEN)
    assert client.post("/accesso/password/change/", {"password1": "x"})["Location"].startswith(LOGIN)


def test_a_session_in_use_ends_after_twelve_hours(rossi):
    client = enter()
    pass_time(client, 12 * 60 - 1, BEGAN)
    assert is_inside(client)
    pass_time(client, 2, BEGAN)
    assert "L&#x27;accesso dura al massimo 12 ore" in client.get("/caluso/", follow=True).content.decode()


def test_a_clock_that_is_put_back_throws_nobody_out_and_does_not_lengthen_the_session(rossi):
    client = enter()
    pass_time(client, -600, SEEN)
    assert is_inside(client)
    assert abs(client.session[SEEN] - time.time()) < 60


def writes(client, queries):
    """The sessions written while a page was asked for."""
    with queries as seen:
        client.get("/caluso/atti/")
    return [one["sql"].split()[0] for one in seen.captured_queries if "SET" in one["sql"] and "session" in one["sql"]]


def test_use_is_written_down_once_in_five_minutes(rossi, django_assert_max_num_queries):
    client = enter()
    client.get("/caluso/atti/")
    assert writes(client, django_assert_max_num_queries(50)) == []
    pass_time(client, 5, SEEN)
    assert writes(client, django_assert_max_num_queries(50)) == ["UPDATE"]
    assert writes(client, django_assert_max_num_queries(50)) == []


def test_a_person_leaves_everywhere_else(rossi):
    here, there, yonder = enter(), enter(), enter()
    page = here.get(OWN)
    assert len(texts(page, "//section[@aria-labelledby='aperti']//li")) == 3
    assert here.get("/accesso/altri/").status_code == 405
    assert "Chiusi gli altri accessi: 2." in here.post("/accesso/altri/", follow=True).content.decode()
    assert [is_inside(client) for client in (here, there, yonder)] == [True, False, False]
    assert "Non c&#x27;erano altri accessi aperti." in here.post("/accesso/altri/", follow=True).content.decode()


def test_but_ends_nobody_elses_session(rossi, ufficio, signed_in):
    other = signed_in(ufficio)
    enter().post("/accesso/altri/")
    assert other.get("/caluso/").status_code == 200


def test_sessions_that_are_over_or_of_another_password_are_not_shown_as_open(rossi):
    here, idle, _ = enter(), enter(), enter()
    pass_time(idle, 61, SEEN)
    new = "un-altra-password-lunga"
    here.post("/accesso/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert is_inside(here)
    assert [
        one.replace("\n", " ").split()[-1] for one in texts(here.get(OWN), "//section[@aria-labelledby='aperti']//li")
    ] == ["(questo)"]


def test_each_sign_in_and_each_wrong_password_is_told_to_the_person_alone(rossi, ufficio, signed_in):
    enter("sbagliata")
    enter("sbagliata", "rossi@comune.esempio.it")
    enter("sbagliata", "nessuno")
    client = enter()
    assert list(SignIn.objects.values_list("user", "outcome", "browser", "address")) == [
        (rossi.pk, "ENTRATO", "Firefox su Linux", "192.0.2.0/24"),
        (rossi.pk, "PASSWORD", "Firefox su Linux", "192.0.2.0/24"),
        (rossi.pk, "PASSWORD", "Firefox su Linux", "192.0.2.0/24"),
    ]
    rows = "//table[contains(@class, 'sign-ins')]/tbody/tr/td[2]"
    assert texts(client.get(OWN), rows) == ["Entrato Password", "Password sbagliata", "Password sbagliata"]
    assert texts(signed_in(ufficio).get(OWN), rows) == []


def test_who_goes_on_trying_fills_no_table(rossi):
    for _ in range(12):
        enter("sbagliata")
    assert list(rossi.sign_ins.values_list("outcome", flat=True)) == ["FERMO", *["PASSWORD"] * 5]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
    ],
)
def test_of_an_address_the_network_is_kept(address, network):
    assert network_of(address) == network


def test_sign_ins_are_forgotten_after_half_a_year(rossi, capsys):
    for days in (0, 182, 184):
        row = SignIn(user=rossi, outcome="ENTRATO", browser="Firefox", address="192.0.2.0/24")
        row.save()
        SignIn.objects.filter(pk=row.pk).update(at=timezone.now() - timedelta(days=days))
    call_command("forget_sign_ins")
    assert capsys.readouterr().out == "Accessi cancellati perché vecchi: 1.\n"
    assert SignIn.objects.count() == 2


def test_the_page_costs_the_same_with_one_sign_in_and_with_thirty(rossi, signed_in, django_assert_num_queries):
    client = signed_in(rossi)
    for many in (1, 29):
        SignIn.objects.bulk_create(
            SignIn(
                user=rossi, outcome="ENTRATO", browser="Firefox", address="192.0.2.0/24", session_key=f"{many}/{one}"
            )
            for one in range(many)
        )
        with django_assert_num_queries(8):
            client.get(OWN)
