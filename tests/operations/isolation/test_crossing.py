"""A row of one entity that leads into another is found and told."""

import pytest
from django.core.management import CommandError, call_command

from objectives.models import Objective, Plan
from operations.isolation.crossing import crossings
from organisation.models import Membership, Sector

pytestmark = pytest.mark.django_db


@pytest.fixture
def foreign(esempio):
    """A settore of the other entity."""
    sector = Sector(entity=esempio, name="TECNICO")
    sector.save()
    return sector


def objective(entity, **facts):
    """A new objective of the entity."""
    plan = Plan.objects.filter(entity=entity).first() or Plan(entity=entity, year=2026)
    plan.save()
    made = Objective(plan=plan, **facts)
    made.save()
    return made


def test_a_settore_of_another_entity_among_ones_own(ufficio, caluso, esempio, foreign, capsys):
    call_command("check_isolation")
    membership = Membership.objects.get(user=ufficio)
    membership.sectors.add(foreign)
    link = Membership.sectors.through.objects.get()
    with pytest.raises(CommandError, match="Gli enti non sono separati: 2 collegamenti"):
        call_command("check_isolation")
    assert (
        f"La riga {link.pk} di organisation_membership_sectors è dell'ente n. {esempio.pk}, "
        f"e con «membership» porta all'ente n. {caluso.pk}.\n"
    ) in capsys.readouterr().err


def test_the_history_is_looked_at_too(caluso, esempio):
    objective(caluso, copied_from=objective(caluso))
    assert list(crossings()) == []
    crossing = objective(caluso, copied_from=objective(esempio))
    assert [(one.table, one.field) for one in crossings()] == [
        ("objectives_historicalobjective", "copied_from"),
        ("objectives_objective", "copied_from"),
    ]
    assert [one.row for one in crossings()][-1] == crossing.pk
