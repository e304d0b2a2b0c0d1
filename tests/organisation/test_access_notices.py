"""Whose access is opened, or changes, is told by e-mail; no message holds what opens the door."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from organisation.models import Notice, User
from organisation.roles import Role

pytestmark = pytest.mark.django_db

OLD, NEW = "una-password-lunga", "tutt-altra-e-piu-lunga"
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"}


@pytest.fixture(autouse=True)
def no_counts():
    cache.clear()


@pytest.fixture
def anna(make_person, caluso):
    person = make_person("anna", (caluso, Role.UFFICIO))
    person.email = "anna@esempio.invalid"
    person.set_password(OLD)
    person.save()
    return person


@pytest.fixture
def managing(signed_in, amministratore):
    return signed_in(amministratore)


def told():
    """What was written: to whom, about what, and the sentence that says it."""
    return [(one.to.username, one.subject, one.body.split("\n")[2]) for one in Notice.objects.order_by("pk")]


def changed(what):
    day = f"{timezone.localtime():%d}".lstrip("0")
    (said,) = told()
    assert said[:2] == ("anna", "Il Suo accesso a Caluso Perf è cambiato")
    assert said[2].startswith(f"il {day} ")
    assert said[2].endswith(f", per l'accesso «anna», {what}.")
    return True


def test_a_password_changed_by_oneself(client, anna):
    client.post("/accesso/login/", {"login": "anna", "password": OLD})
    form = {"oldpassword": OLD, "password1": NEW, "password2": NEW}
    assert client.post("/accesso/password/change/", form, headers=BROWSER).status_code == 302
    assert changed("la password è stata cambiata")
    notice = Notice.objects.get()
    assert "Rete: 127.0.0.0/24. Programma: Firefox su Linux." in notice.body
    assert notice.history.get().history_user == anna
    assert NEW not in notice.body


def test_a_password_chosen_anew_after_it_was_forgotten(client, anna):
    client.post("/accesso/password/reset/", {"email": anna.email})
    link = next(word for word in mail.outbox[0].body.split() if "/password/reset/key/" in word)
    page = client.get(link, follow=True)
    assert client.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW}).status_code == 302
    assert changed("la password è stata scelta di nuovo, con il collegamento ricevuto per e-mail")


def test_a_password_changed_by_the_amministratore(managing, anna):
    form = {"password1": NEW, "password2": NEW, "usable_password": "true"}
    page = reverse("admin:auth_user_password_change", args=[anna.pk])
    assert managing.post(page, {**form, "password2": "altro"}).status_code == 200
    assert told() == []
    assert managing.post(page, form).status_code == 302
    assert changed("l'amministratore ha cambiato la password")


def test_a_second_factor_put_away_by_the_amministratore(managing, anna, make_person, caluso):
    Authenticator.objects.create(user=anna, type=Authenticator.Type.TOTP, data={})
    without = make_person("bruno", (caluso, Role.UFFICIO))
    chosen = {"action": "reset_second_factor", "_selected_action": [anna.pk, without.pk]}
    page = managing.post(reverse("admin:organisation_user_changelist"), chosen, follow=True)
    assert "Secondi fattori azzerati: 1." in page.content.decode()
    assert (changed("l'amministratore ha azzerato il secondo fattore"), Authenticator.objects.count()) == (True, 0)


def new_person(caluso, **facts):
    return {
        "username": "nuova",
        "usable_password": "false",
        "password1": "",
        "password2": "",
        "memberships-TOTAL_FORMS": 1,
        "memberships-INITIAL_FORMS": 0,
        "memberships-0-role": Role.UFFICIO,
        "memberships-0-entity": caluso.pk,
        **facts,
    }


def test_a_new_person_is_invited_to_choose_the_password(managing, caluso, client, amministratore):
    add = reverse("admin:organisation_user_add")
    assert managing.post(add, new_person(caluso, email="nuova@esempio.invalid")).status_code == 302
    person, notice = User.objects.get(username="nuova"), Notice.objects.get()
    assert (person.has_usable_password(), notice.to, notice.path) == (False, person, "/accesso/password/reset/")
    assert "il nome utente è «nuova»" in notice.body
    assert notice.history.get().history_user == amministratore
    client.post(notice.path, {"email": person.email})
    link = next(word for word in mail.outbox[0].body.split() if "/password/reset/key/" in word)
    page = client.get(link, follow=True)
    client.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    assert client.login(username="nuova", password=NEW)


def test_but_who_has_no_address_would_have_no_way_in(managing, caluso):
    refused = managing.post(reverse("admin:organisation_user_add"), new_person(caluso))
    assert "Per scegliere la password la persona riceve un&#x27;e-mail" in refused.content.decode()
    assert not User.objects.filter(username="nuova").exists()


def test_a_new_person_with_a_password_is_not_invited(managing, caluso):
    form = new_person(caluso, usable_password="true", password1=NEW, password2=NEW, email="nuova@esempio.invalid")
    managing.post(reverse("admin:organisation_user_add"), form)
    assert (User.objects.get(username="nuova").has_usable_password(), told()) == (True, [])


def test_who_has_no_role_is_told_nothing(client):
    User.objects.create_user("sola", email="sola@esempio.invalid", password=OLD)
    client.post("/accesso/login/", {"login": "sola", "password": OLD})
    form = {"oldpassword": OLD, "password1": NEW, "password2": NEW}
    assert client.post("/accesso/password/change/", form).status_code == 302
    assert told() == []
