"""The management pages: master data, each Amministratore in their own entity, nothing an act adopted."""

from datetime import date

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from organisation.models import Entity, Manager, Membership, Notice, Sector, User
from organisation.roles import Role
from tests.pages import texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def superuser(make_person):
    user = make_person("installatore")
    user.is_staff = user.is_superuser = True
    user.save()
    return user


@pytest.fixture
def sectors(caluso, esempio):
    made = [Sector(entity=caluso, name="FINANZIARIO"), Sector(entity=esempio, name="SEGRETO")]
    for sector in made:
        sector.save()
        Manager(sector=sector, name=f"DIRIGE {sector.name}", valid_from=date(2022, 1, 1)).save()
    return made


@pytest.fixture
def client(signed_in, amministratore):
    return signed_in(amministratore)


def changelist(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def change(instance, page="change"):
    return reverse(f"admin:{instance._meta.app_label}_{instance._meta.model_name}_{page}", args=[instance.pk])


def test_only_master_data_is_managed_here():
    assert {model._meta.label for model in admin.site._registry} == {
        "organisation.Entity",
        "organisation.Sector",
        "organisation.Manager",
        "organisation.User",
        "organisation.Membership",
        "organisation.Notice",
        "objectives.Plan",
    }


@pytest.mark.parametrize("role", ["ufficio", "segretario", "nucleo", "lettura"])
def test_who_is_not_staff_is_refused(role, signed_in, request):
    assert signed_in(request.getfixturevalue(role)).get("/gestione/", follow=True).status_code == 403


def test_the_door_is_the_sign_in_of_everybody(client):
    from django.test import Client

    answer = Client().get("/gestione/login/")
    assert answer["Location"].startswith("/accesso/login/")


def test_staff_without_the_role_sees_nothing(signed_in, make_person, caluso, sectors):
    user = make_person("staff", (caluso, Role.LETTURA))
    user.is_staff = True
    user.save()
    client = signed_in(user)
    assert client.get("/gestione/").status_code == 200
    assert {client.get(changelist(model)).status_code for model in (Entity, Sector, Manager, User, Membership)} == {403}


def test_an_amministratore_sees_the_own_entity_only(client, sectors, estraneo):
    pages = [client.get(changelist(model)).content.decode() for model in (Entity, Sector, Manager, User, Membership)]
    assert [("SEGRETO" in page, "estraneo" in page, "Esempio" in page) for page in pages] == [(False,) * 3] * 5
    assert "FINANZIARIO" in pages[1]


@pytest.mark.parametrize("page", ["change", "history"])
def test_and_opens_nothing_of_another_one(client, sectors, estraneo, esempio, page):
    manager = Manager.objects.get(sector=sectors[1])
    things = [esempio, sectors[1], manager, estraneo, estraneo.memberships.first()]
    assert [client.get(change(thing, page)).status_code for thing in things] == [302] * 5


def test_choices_are_those_of_the_own_entity(client, sectors, estraneo):
    page = client.get(reverse("admin:organisation_membership_add")).content.decode()
    assert ("FINANZIARIO" in page, "SEGRETO" in page, "Comune di Esempio" in page, "Estraneo" in page) == (
        True,
        False,
        False,
        False,
    )


def test_a_forged_choice_is_refused(client, sectors, segretario, esempio):
    answer = client.post(
        reverse("admin:organisation_membership_add"),
        {"user": segretario.pk, "entity": esempio.pk, "role": Role.AMMINISTRATORE, "sectors": []},
    )
    assert answer.status_code == 200
    assert not Membership.objects.filter(user=segretario, entity=esempio).exists()


def test_a_change_is_in_the_history_with_who_made_it(client, amministratore, sectors, caluso):
    client.post(change(sectors[0]), {"name": "FINANZIARIO E TRIBUTI", "active": "on"})
    latest = sectors[0].history.latest()
    assert (latest.name, latest.history_user) == ("FINANZIARIO E TRIBUTI", amministratore)
    assert "FINANZIARIO E TRIBUTI" in client.get(change(sectors[0], "history")).content.decode()


def test_nothing_but_a_role_is_deleted(client, sectors, segretario, caluso):
    assert client.post(change(sectors[0], "delete"), {"post": "yes"}).status_code == 403
    assert client.post(change(segretario, "delete"), {"post": "yes"}).status_code == 403
    Membership(user=segretario, entity=caluso, role=Role.LETTURA).save()
    client.post(change(segretario.memberships.get(role=Role.SEGRETARIO), "delete"), {"post": "yes"})
    assert [membership.role for membership in segretario.memberships.all()] == [Role.LETTURA]


def test_the_last_role_stays_or_nobody_would_find_the_person(client, lettura):
    last = lettura.memberships.get()
    page = client.post(change(last, "delete"), {"post": "yes"}, follow=True).content.decode()
    assert "si disattiva l&#x27;utente" in page
    row = {"memberships-0-id": last.pk, "memberships-0-user": lettura.pk, "memberships-0-entity": last.entity_id}
    formset = {"memberships-TOTAL_FORMS": 1, "memberships-INITIAL_FORMS": 1, "memberships-0-role": last.role}
    everything = {"username": "lettura", "is_active": "on", **formset, **row, "memberships-0-DELETE": "on"}
    assert "si disattiva l&#x27;utente" in client.post(change(lettura), everything).content.decode()
    assert lettura.memberships.get() == last


def test_a_role_passes_to_nobody_else(client, lettura, segretario):
    role = lettura.memberships.get()
    client.post(change(role), {"user": segretario.pk, "role": Role.NUCLEO})
    role.refresh_from_db()
    assert (role.user, role.role) == (lettura, Role.NUCLEO)


def test_the_history_of_a_deleted_role_stays_with_its_entity(client, signed_in, superuser, lettura, esempio):
    here, there = lettura.memberships.get(), Membership(user=lettura, entity=esempio, role=Role.LETTURA)
    there.save()
    addresses = [change(here, "history"), change(there, "history")]
    for role in (here, there):
        role.delete()
    assert [client.get(address).status_code for address in addresses] == [200, 302]
    assert client.get(reverse("admin:organisation_membership_history", args=["x"])).status_code == 302


def past_version(instance):
    meta = instance._meta
    name = f"admin:{meta.app_label}_{meta.model_name}_simple_history"
    return reverse(name, args=[instance.pk, instance.history.earliest().history_id])


def test_no_past_version_is_written_back(client, lettura):
    lettura.is_superuser = True
    lettura.save()
    lettura.is_superuser = False
    lettura.save()
    once = lettura.history.get(is_superuser=True)
    address = reverse("admin:organisation_user_simple_history", args=[lettura.pk, once.history_id])
    assert client.get(address).status_code == 200
    assert client.post(address, {"username": "lettura", "is_active": "on", **no_roles()}).status_code == 403
    lettura.refresh_from_db()
    assert not lettura.is_superuser


def test_nor_one_of_another_entity_is_shown(client, sectors):
    assert [client.get(past_version(sector)).status_code for sector in sectors] == [200, 302]


def test_the_name_that_stands_in_the_fingerprints_stays(client, act100):
    page = client.get(change(act100.entity)).content.decode()
    assert "impronta di ogni scheda già adottata" in page
    facts = {"name": "Comune di Altrove", "colour": "#0066cc", "late_after_days": 31}
    client.post(change(act100.entity), {**facts, "counting": "PRIMO_GIORNO_ESCLUSO"})
    act100.entity.refresh_from_db()
    assert (act100.entity.name, act100.entity.late_after_days) == ("Comune di Caluso", 31)


def test_no_action_deletes_many(client, sectors):
    client.post(changelist(Sector), {"action": "delete_selected", "_selected_action": [sectors[0].pk], "post": "yes"})
    assert Sector.objects.count() == 2


def new_user(entity=None, role=""):
    formset = {"memberships-TOTAL_FORMS": 1, "memberships-INITIAL_FORMS": 0, "memberships-0-role": role}
    password = "una-password-lunga-e-nuova"
    person = {"username": "nuovo", "password1": password, "password2": password, "usable_password": "true"}
    return {**person, **formset, "memberships-0-entity": entity.pk if entity else ""}


def test_a_new_user_belongs_to_the_entity_from_the_first_moment(client, caluso):
    add = reverse("admin:organisation_user_add")
    refused = client.post(add, new_user())
    assert "Indicare almeno un ruolo in un ente." in refused.content.decode()
    client.post(add, new_user(caluso, Role.UFFICIO))
    assert [m.role for m in User.objects.get(username="nuovo").memberships.all()] == ["UFFICIO"]


def test_an_amministratore_makes_no_superuser(client, lettura):
    client.post(change(lettura), {"username": "lettura", "is_active": "on", "is_superuser": "on", **no_roles()})
    lettura.refresh_from_db()
    assert not lettura.is_superuser


def no_roles():
    return {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}


def test_nor_takes_over_who_works_elsewhere_too(client, make_person, caluso, esempio):
    both = make_person("due", (caluso, Role.SEGRETARIO), (esempio, Role.SEGRETARIO))
    password = {"password1": "rubata-rubata-rubata", "password2": "rubata-rubata-rubata", "usable_password": "true"}
    answers = [
        client.post(change(both), {"username": "preso", **no_roles()}),
        client.post(reverse("admin:auth_user_password_change", args=[both.pk]), password),
    ]
    assert [answer.status_code for answer in answers] == [403, 403]
    both.refresh_from_db()
    assert (both.username, both.has_usable_password()) == ("due", False)


def test_nor_the_superuser(client, superuser, caluso):
    Membership(user=superuser, entity=caluso, role=Role.LETTURA).save()
    assert client.post(change(superuser), {"username": "preso", **no_roles()}).status_code == 403


def test_a_lost_telephone_is_remedied(client, lettura, superuser):
    for user in (lettura, superuser):
        TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    client.post(
        changelist(User), {"action": "reset_second_factor", "_selected_action": [lettura.pk, superuser.pk]}, follow=True
    )
    assert (lettura.authenticator_set.count(), superuser.authenticator_set.count()) == (0, 1)


def test_settori_of_a_role_are_of_its_entity(signed_in, superuser, sectors, caluso, lettura):
    answer = signed_in(superuser).post(
        change(lettura.memberships.get()),
        {"user": lettura.pk, "entity": caluso.pk, "role": Role.UFFICIO, "sectors": [sectors[1].pk]},
    )
    assert "I settori devono essere dello stesso ente." in answer.content.decode()


def test_the_superuser_makes_the_first_entity(signed_in, superuser):
    client = signed_in(superuser)
    assert reverse("admin:organisation_entity_add") in client.get("/gestione/").content.decode()
    facts = {"name": "Comune di Prova", "slug": "prova", "colour": "#0066cc", "late_after_days": 30}
    client.post(reverse("admin:organisation_entity_add"), {**facts, "counting": "PRIMO_GIORNO_ESCLUSO"})
    assert [entity.slug for entity in Entity.objects.all()] == ["prova"]


def test_an_entity_called_like_one_of_our_addresses_is_refused(signed_in, superuser):
    facts = {"name": "Gestione", "slug": "gestione", "colour": "#0066cc", "late_after_days": 30}
    answer = signed_in(superuser).post(
        reverse("admin:organisation_entity_add"), {**facts, "counting": "PRIMO_GIORNO_ESCLUSO"}
    )
    assert "è riservato al programma" in answer.content.decode()


def test_a_plan_is_named_but_neither_made_nor_moved_nor_judged_otherwise(client, act100):
    plan = act100.entity.plans.get()
    assert client.get(reverse("admin:objectives_plan_add")).status_code == 403
    settings = {"name": "PDO", "weight_total": "", "weight_tolerance": "0", "cut_off": "10-31", "year": "1999"}
    client.post(change(plan), settings)
    plan.refresh_from_db()
    assert (plan.name, plan.weight_total, plan.cut_off, plan.year) == ("PDO", 100, "09-30", 2022)


def make_notice(entity, to, **facts):
    notice = Notice(entity=entity, to=to, subject=f"Avviso a {to}", body="Solo per chi lo riceve", **facts)
    notice.save()
    return notice


def test_of_each_notice_one_sees_what_became_of_it_and_not_its_text(client, caluso, esempio, lettura, estraneo):
    now = timezone.now()
    make_notice(caluso, lettura)
    make_notice(caluso, lettura, attempts=1)
    make_notice(caluso, lettura, attempts=5)
    make_notice(caluso, lettura, attempts=1, claimed_at=now, sent_at=now)
    uncertain = make_notice(caluso, lettura, attempts=1, claimed_at=now)
    elsewhere = make_notice(esempio, estraneo)
    assert texts(client.get(changelist(Notice)), "//td[@class='field-standing']") == [
        "incerto: la spedizione si è interrotta, non si ripete",
        "spedito",
        "non spedito: nessun altro tentativo",
        "in attesa di un altro tentativo",
        "in attesa",
    ]
    page = client.get(change(uncertain)).content.decode()
    assert ("Solo per chi lo riceve" in page, 'name="_save"' in page) == (False, False)
    assert client.get(change(elsewhere)).status_code == 302
