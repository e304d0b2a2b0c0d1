"""Every field of the management pages that one fills in says what it is for."""

import pytest
from django.apps import apps
from django.contrib import admin

from organisation.field_help import HELP
from organisation.models import Entity, Manager, Membership, Sector, User

SAY_IT_THEMSELVES = {"entity", "user", "sector", "name", "first_name", "last_name", "slug", "is_demo", "password"}


def test_each_sentence_stands_under_a_field_that_exists():
    fields = {f"{model._meta.model_name}.{field.name}" for model in apps.get_models() for field in model._meta.fields}
    fields |= {"membership.sectors"}
    assert set(HELP) - fields == set()


@pytest.mark.parametrize("model", [Entity, Sector, Manager, Membership, User])
def test_a_field_says_what_it_is_for(model, rf, amministratore):
    request = rf.get("/gestione/")
    request.user = amministratore
    form = admin.site._registry[model].get_form(request)
    silent = {name for name, field in form.base_fields.items() if not field.help_text}
    assert silent - SAY_IT_THEMSELVES == set()
