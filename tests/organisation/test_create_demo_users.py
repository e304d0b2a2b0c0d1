"""The users of a demonstration: one for each role and entity, one who works in two, and never elsewhere."""

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command

from organisation.management.commands.create_demo_users import PASSWORD
from organisation.models import Membership, Sector, User
from organisation.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_a_demonstration(settings):
    settings.DEMO = True


def roles_of(username):
    memberships = Membership.objects.filter(user__username=username)
    return sorted(memberships.values_list("entity__slug", "role"))


def test_there_is_one_user_for_each_role_of_each_entity_and_one_for_two(caluso, esempio, capsys):
    call_command("create_demo_users")
    assert User.objects.count() == 2 * len(Role) + 1
    assert roles_of("nucleo.esempio") == [("esempio", "NUCLEO")]
    assert roles_of("segretario.due.enti") == [("caluso", "SEGRETARIO"), ("esempio", "SEGRETARIO")]
    printed = capsys.readouterr().out
    assert f"password di tutti: {PASSWORD}" in printed
    assert all(user.username in printed for user in User.objects.all())
    assert all(check_password(PASSWORD, user.password) for user in User.objects.all())


def test_only_the_amministratori_enter_the_management(caluso, esempio):
    call_command("create_demo_users")
    staff = User.objects.filter(is_staff=True).values_list("username", flat=True)
    assert sorted(staff) == ["amministratore.caluso", "amministratore.esempio"]
    assert not User.objects.filter(is_superuser=True).exists()


def test_an_ufficio_works_for_one_settore(caluso):
    for name in ("FINANZIARIO", "TECNICO"):
        Sector(entity=caluso, name=name).save()
    call_command("create_demo_users")
    ufficio = Membership.objects.get(user__username="ufficio.caluso")
    assert [sector.name for sector in ufficio.sectors.all()] == ["FINANZIARIO"]


def test_the_second_time_nothing_changes(caluso, esempio):
    call_command("create_demo_users")
    before = (User.history.count(), Membership.history.count())
    call_command("create_demo_users")
    assert (User.history.count(), Membership.history.count()) == before


def test_outside_a_demonstration_it_refuses(caluso, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("create_demo_users")
    assert not User.objects.exists()


def test_without_an_entity_it_says_what_to_do():
    with pytest.raises(CommandError, match="importare prima un atto"):
        call_command("create_demo_users")
