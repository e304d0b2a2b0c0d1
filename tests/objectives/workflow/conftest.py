"""A plan in force, and who works on it: an office of the FINANZIARIO, its responsabile, the Segretario."""

import pytest

from objectives.workflow import amend, approve, propose, submit
from organisation.models import Membership, Sector
from organisation.roles import Role
from tests.sessions import with_opinions
from tests.this_year import approved_plan, rewritten, sheet_of


@pytest.fixture
def plan(caluso):
    """FINANZIARIO n° 1 (60) and n° 2 (40), approved by GC 8."""
    return approved_plan(caluso)


@pytest.fixture
def finanziario(plan):
    """The settore of the plan's sheets."""
    return Sector.objects.get(name="FINANZIARIO")


@pytest.fixture
def tecnico(caluso):
    """Another settore."""
    sector = Sector(entity=caluso, name="TECNICO")
    sector.save()
    return sector


@pytest.fixture
def altrove(make_person, caluso, tecnico):
    """Works in an office of another settore."""
    person = make_person("altrove", (caluso, Role.UFFICIO))
    Membership.objects.get(user=person).sectors.add(tecnico)
    return person


@pytest.fixture
def in_force(plan):
    """FINANZIARIO n° 1, in force."""
    return sheet_of(plan, 1)


@pytest.fixture
def change(in_force, ufficio):
    """A draft that changes n° 1: begun by the office, its title and motive written."""
    return rewritten(amend(in_force, by=ufficio), ufficio)


@pytest.fixture
def approved(change, responsabile, segretario):
    """The change of n° 1, sent and approved."""
    return approve(submit(change, by=responsabile), by=segretario)


@pytest.fixture
def ready(plan, approved, segretario):
    """A proposal that can be registered."""
    return with_opinions(propose(plan, [approved], by=segretario), segretario)
