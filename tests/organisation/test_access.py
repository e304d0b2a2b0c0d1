"""An entity is reached only by who belongs to it, and only for the deeds of their role."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from organisation.access import entities_of, get_place
from organisation.models import Membership
from organisation.roles import Deed, Role
from tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of(rf):
    def make(user):
        request = rf.get("/caluso/")
        request.user = user
        return request

    return make


def test_who_belongs_reaches_the_entity_in_one_query(caluso, request_of, django_assert_num_queries):
    request = request_of(make_person("segretario", caluso, Role.SEGRETARIO))
    with django_assert_num_queries(1):
        place = get_place(request, "caluso", Deed.IMPORT)
    assert (place.entity, place.roles, request.place) == (caluso, ["Segretario"], place)


@pytest.mark.parametrize("slug", ["caluso", "esempio", "nessuno"])
def test_to_a_stranger_an_entity_and_none_look_the_same(caluso, request_of, slug, esempio):
    make_person("altro", esempio, Role.AMMINISTRATORE)
    with pytest.raises(Http404, match=r"^Ente non trovato\.$"):
        get_place(request_of(make_person("estraneo")), slug)


def test_a_role_of_one_entity_is_worth_nothing_in_another(caluso, request_of, esempio):
    secretary = make_person("segretario", esempio, Role.SEGRETARIO)
    with pytest.raises(Http404):
        get_place(request_of(secretary), "caluso")


def test_nobody_signed_in_reaches_nothing(caluso, request_of):
    with pytest.raises(Http404):
        get_place(request_of(AnonymousUser()), "caluso")


def test_a_refusal_says_which_role_is_missing(caluso, request_of):
    with pytest.raises(PermissionDenied) as refusal:
        get_place(request_of(make_person("ufficio", caluso, Role.UFFICIO)), "caluso", Deed.IMPORT)
    assert str(refusal.value) == (
        "Il ruolo Ufficio non permette di importare un atto: lo può fare Segretario o Amministratore."
    )


def test_several_roles_add_up(caluso, request_of):
    person = make_person("tutto", caluso, Role.LETTURA)
    Membership(user=person, entity=caluso, role=Role.AMMINISTRATORE).save()
    place = get_place(request_of(person), "caluso", Deed.MANAGE)
    assert sorted(place.roles) == ["Amministratore", "Lettura"]
    assert entities_of(person) == [caluso]


def test_the_superuser_too_needs_a_membership(caluso, request_of):
    root = make_person("root")
    root.is_superuser = root.is_staff = True
    root.save()
    with pytest.raises(Http404):
        get_place(request_of(root), "caluso")
