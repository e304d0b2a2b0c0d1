"""Two entities with one of everything, each with its people."""

import pytest

from organisation.roles import Role
from tests.full_entity import full_entity


@pytest.fixture
def here(caluso, ufficio, responsabile, segretario):
    """What there is in Caluso."""
    return full_entity(caluso, ufficio, responsabile, segretario)


@pytest.fixture
def there(esempio, make_person):
    """What there is in the other entity, made by people of its own."""
    people = [make_person(f"altro.{role.lower()}", (esempio, role)) for role in (Role.UFFICIO, Role.RESPONSABILE)]
    return full_entity(esempio, *people, make_person("altro.segretario", (esempio, Role.SEGRETARIO)), number=200)


@pytest.fixture
def tuttofare(make_person, caluso):
    """Is everything in Caluso, and nothing elsewhere: no role stands between them and what they ask for."""
    return make_person("tuttofare", *((caluso, role) for role in Role))
