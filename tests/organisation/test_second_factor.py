"""Where an entity asks a role for a second factor, who has none comes nowhere before it is set up."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache

from organisation.own_sessions import SEEN
from organisation.roles import Role
from tests.pages import texts

pytestmark = pytest.mark.django_db

OWN = "/accesso/2fa/"
SECRET = "JBSWY3DPEHPK3PXP"
PASSWORD = "una-password-lunga"


@pytest.fixture(autouse=True)
def no_counts():
    cache.clear()


@pytest.fixture
def strict(caluso):
    """Caluso asks its Segretario and Amministratore for a second factor."""
    caluso.second_factor_roles = [Role.SEGRETARIO, Role.AMMINISTRATORE]
    caluso.save()
    return caluso


def code(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.mark.parametrize("address", ["/caluso/", "/", "/caluso/bozze/", "/guida/", "/nulla/"])
def test_who_lacks_it_is_led_to_set_it_up(strict, segretario, signed_in, address):
    assert signed_in(segretario).get(address)["Location"] == OWN


def test_also_before_the_management_pages_and_whatever_is_sent(strict, amministratore, signed_in):
    client = signed_in(amministratore)
    assert [client.get("/gestione/")["Location"], client.post("/caluso/importa/")["Location"]] == [OWN, OWN]
    page = client.get(OWN)
    assert texts(page, "//div[@role='alert']//p") == [
        "Comune di Caluso: per il ruolo Amministratore il secondo fattore è obbligatorio. "
        "Attivarlo qui sotto per continuare."
    ]
    assert client.post("/accesso/logout/")["Location"] == "/accesso/login/"


def test_other_roles_and_other_entities_are_not_asked(strict, ufficio, lettura, estraneo, signed_in):
    assert [signed_in(person).get("/caluso/").status_code for person in (ufficio, lettura)] == [200, 200]
    assert signed_in(estraneo).get("/esempio/").status_code == 200


def test_set_up_it_opens_everything_and_switched_off_it_closes_it_again(strict, segretario, client):
    segretario.set_password(PASSWORD)
    segretario.save()
    entered = client.post("/accesso/login/", {"login": "segretario", "password": PASSWORD}, follow=True)
    assert entered.redirect_chain[-1][0] == OWN
    asked = client.get("/accesso/2fa/totp/activate/")["Location"]
    client.post(asked, {"password": PASSWORD})
    page = client.get("/accesso/2fa/totp/activate/")
    client.post("/accesso/2fa/totp/activate/", {"code": code(page.context["form"].secret)})
    assert client.get("/caluso/").status_code == 200
    client.post("/accesso/2fa/totp/deactivate/")
    assert client.get("/caluso/")["Location"] == OWN


def test_recovery_codes_alone_are_no_second_factor(strict, segretario, signed_in):
    Authenticator.objects.create(user=segretario, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert signed_in(segretario).get("/caluso/")["Location"] == OWN


def test_for_who_is_inside_a_new_setting_holds_within_five_minutes(caluso, segretario, signed_in):
    client = signed_in(segretario)
    caluso.second_factor_roles = [Role.SEGRETARIO]
    caluso.save()
    session = client.session
    session[SEEN] -= 300
    session.save()
    client.get("/caluso/")
    assert client.get("/caluso/")["Location"] == OWN


def test_who_has_one_is_asked_for_it_and_goes_on(strict, segretario, signed_in):
    TOTP.activate(segretario, SECRET)
    assert signed_in(segretario).get("/caluso/").status_code == 200


def test_a_wrong_code_is_told_to_the_person(segretario, client):
    segretario.set_password(PASSWORD)
    segretario.save()
    TOTP.activate(segretario, SECRET)
    client.post("/accesso/login/", {"login": "segretario", "password": PASSWORD})
    client.post("/accesso/2fa/authenticate/", {"code": "000000"})
    assert list(segretario.sign_ins.values_list("outcome", flat=True)) == ["FATTORE"]


def test_the_amministratore_chooses_the_roles(caluso, amministratore, signed_in):
    client = signed_in(amministratore)
    address = f"/gestione/organisation/entity/{caluso.pk}/change/"
    form = client.get(address).context["adminform"].form
    sent = {name: form[name].value() or "" for name in form.fields if name != "logo"}
    chosen = {**sent, "second_factor_roles": ["SEGRETARIO", "NUCLEO"]}
    assert client.post(address, chosen).status_code == 302
    caluso.refresh_from_db()
    assert caluso.second_factor_roles == ["SEGRETARIO", "NUCLEO"]
    assert client.post(address, {**sent, "second_factor_roles": ["SINDACO"]}).status_code == 200
    assert caluso.history.latest("history_id").second_factor_roles == ["SEGRETARIO", "NUCLEO"]
