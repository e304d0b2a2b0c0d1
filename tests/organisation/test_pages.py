"""What every page shows, and the pages of errors."""

import pytest
from django.contrib.auth.models import AnonymousUser

from organisation.roles import Role
from tests.pages import texts

pytestmark = pytest.mark.django_db


def test_the_pages_of_a_demonstration_say_so_and_real_ones_do_not(signed_in, make_person, caluso, esempio):
    client = signed_in(make_person("due", (esempio, Role.LETTURA), (caluso, Role.LETTURA)))
    assert texts(client.get("/esempio/"), "//aside/strong") == ["DATI DIMOSTRATIVI"]
    assert texts(client.get("/caluso/"), "//aside/strong") == []


@pytest.mark.parametrize(
    "name", ["404.html", "403.html", "403_csrf.html", "400.html", "413.html", "429.html", "500.html"]
)
def test_the_pages_of_errors_need_neither_person_nor_database(name, django_assert_num_queries):
    from django.template.loader import render_to_string

    with django_assert_num_queries(0):
        page = render_to_string(name, {"user": AnonymousUser()})
    assert 'href="/"' in page
