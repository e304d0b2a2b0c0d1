"""Fetch and check at once: an object is only reached through the entity that the signed-in person may see."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from organisation.models import Entity, Membership, User
from organisation.roles import Deed, Role, roles_that_may


@dataclass(frozen=True)
class Place:
    """An entity as one person sees it: the entity and the memberships they have there."""

    entity: Entity
    memberships: tuple[Membership, ...]

    def may(self, deed: Deed) -> bool:
        """Tell whether one of the person's roles here may do `deed`."""
        return any(membership.may(deed) for membership in self.memberships)

    @property
    def roles(self) -> list[str]:
        """The person's roles here, as people read them."""
        return [Role(membership.role).label for membership in self.memberships]


def get_place(request: HttpRequest, slug: str, deed: Deed = Deed.READ) -> Place:
    """Return the entity `slug` if the signed-in person belongs to it and may do `deed` there.

    The place is also put on the request, so that pages know which entity they show.
    Raises Http404 where the person has no membership (the entity's existence is not told), PermissionDenied with a
    sentence where the role does not allow the deed.
    """
    user = request.user
    memberships: tuple[Membership, ...] = ()
    if isinstance(user, User):
        memberships = tuple(user.memberships.filter(entity__slug=slug).select_related("entity"))
    if not memberships:
        raise Http404("Ente non trovato.")
    place = Place(memberships[0].entity, memberships)
    request.place = place  # type: ignore[attr-defined]
    if not place.may(deed):
        raise PermissionDenied(
            f"Il ruolo {', '.join(place.roles)} non permette di {deed.label}: "
            f"lo può fare {' o '.join(roles_that_may(deed))}."
        )
    return place


def entities_of(user: User) -> "list[Entity]":
    """Return the entities the person belongs to, by name."""
    return list(Entity.objects.filter(memberships__user=user).distinct().order_by("name"))
