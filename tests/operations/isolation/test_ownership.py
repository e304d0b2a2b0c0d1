"""Every table says which entity its rows belong to, or why they belong to none."""

import pytest

from operations.isolation.ownership import (
    ITSELF,
    OF_NO_ENTITY,
    OWNERS,
    READ_BY_ALL,
    installed,
    paths,
    step,
    subject_of,
    ways,
)
from organisation.models import Entity

EVERY = installed()


def no_entity(model):
    """Why rows of this model belong to no entity, if it is said."""
    label = subject_of(model)._meta.label
    return OF_NO_ENTITY.get(label) or OF_NO_ENTITY.get(label.split(".")[0])


@pytest.mark.parametrize("model", EVERY, ids=lambda model: model._meta.label)
def test_a_model_reaches_its_entity_or_belongs_to_none(model):
    assert bool(ways(model)) != bool(no_entity(model)), f"say in OWNERS how {model._meta.label} reaches its entity"
    for path in paths(model):
        end = model
        for name in path.split("__"):
            end = end if name == "id" else end._meta.get_field(name).related_model
        assert end is Entity or subject_of(end) is Entity


def test_no_row_of_ours_that_leads_to_an_entity_is_said_to_belong_to_none():
    lost = [
        (model._meta.label, field.name)
        for model in EVERY
        if not ways(model)
        for field in model._meta.concrete_fields
        if field.related_model and ways(field.related_model)
    ]
    assert lost == []


def test_the_table_names_no_model_that_is_gone():
    known = {model._meta.label for model in EVERY} | {model._meta.app_label for model in EVERY}
    assert {*OWNERS, *OF_NO_ENTITY, *READ_BY_ALL} - known == set()


def test_no_row_hides_behind_one_that_everybody_may_read():
    """Whoever sees the row that it leads to sees it: it leads to one that is kept apart, or to its entity itself."""
    behind = [
        (model._meta.label, way)
        for model in EVERY
        for way in ways(model)
        if way != ITSELF and step(model, way).related_model._meta.label in READ_BY_ALL
        if step(model, way).related_model is not Entity
    ]
    assert behind == []
