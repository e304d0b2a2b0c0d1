"""What of the master data a person manages: of which entities, and of which people."""

from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet

from organisation.models import Entity, Membership, User
from organisation.roles import MAY, Deed

MANAGING = [role for role, deeds in MAY.items() if Deed.MANAGE in deeds]


def entities_managed_by(person: User | AnonymousUser) -> QuerySet[Entity]:
    """Return the entities whose master data `person` manages: all of them for a superuser."""
    entities = cast("QuerySet[Entity]", Entity.objects.all())
    if person.is_superuser:
        return entities
    roles = Membership.objects.filter(user=person.pk, role__in=MANAGING, entity=OuterRef("pk"))
    return entities.filter(Exists(roles)) if person.is_active else entities.none()


def visible_users(person: User | AnonymousUser) -> QuerySet[User]:
    """Return the people whom `person` may see: those of the entities they manage."""
    if person.is_superuser:
        return cast("QuerySet[User]", User.objects.all())
    here = Membership.objects.filter(user=OuterRef("pk"), entity__in=entities_managed_by(person))
    return cast("QuerySet[User]", User.objects.filter(Exists(here)))


def changeable_users(person: User | AnonymousUser) -> QuerySet[User]:
    """Return the people whom `person` may change: those who work in no entity but theirs, superusers excepted."""
    if person.is_superuser:
        return visible_users(person)
    elsewhere = Membership.objects.filter(user=OuterRef("pk")).exclude(entity__in=entities_managed_by(person))
    return visible_users(person).filter(~Exists(elsewhere), is_superuser=False)
