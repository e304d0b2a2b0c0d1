"""Fetch and check at once: an object is only reached through the entity that the signed-in person may see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest

from organisation.models import Entity, Membership, User
from organisation.roles import Deed, Role, roles_that_may


@dataclass(frozen=True)
class Place:
    """An entity as one person sees it: the entity and the memberships they have there.

    `sectors` holds, for each role, the keys of its settori; None stands for all of them.
    """

    entity: Entity
    memberships: tuple[Membership, ...]
    sectors: Mapping[str, frozenset[int] | None] = field(default_factory=dict)

    def may(self, deed: Deed) -> bool:
        """Tell whether one of the person's roles here may do `deed`."""
        return any(membership.may(deed) for membership in self.memberships)

    @property
    def roles(self) -> list[str]:
        """The person's roles here, as people read them."""
        return [Role(membership.role).label for membership in self.memberships]


def person_of(request: HttpRequest) -> User:
    """Return who is signed in. Raises PermissionDenied on a page that somebody reached without."""
    if not isinstance(request.user, User):
        raise PermissionDenied("Questa pagina chiede l'accesso.")
    return request.user


def get_place(request: HttpRequest, slug: str, deed: Deed = Deed.READ) -> Place:
    """Return the entity `slug` if the signed-in person belongs to it and may do `deed` there.

    The place is also put on the request, so that pages know which entity they show.
    Raises Http404 where the person has no membership (the entity's existence is not told), PermissionDenied with a
    sentence where the role does not allow the deed.
    """
    place = _place(request.user, slug) if isinstance(request.user, User) else None
    if place is None:
        raise Http404("Ente non trovato.")
    request.place = place  # type: ignore[attr-defined]
    if not place.may(deed):
        raise PermissionDenied(
            f"Il ruolo {', '.join(place.roles)} non permette di {deed.label}: "
            f"lo può fare {' o '.join(roles_that_may(deed))}."
        )
    return place


def _place(user: User, slug: str) -> Place | None:
    rows = list(by_sector(user.memberships.filter(entity__slug=slug).select_related("entity")))
    memberships = tuple({one.role: one for one in rows}.values())
    return Place(memberships[0].entity, memberships, sectors_of(rows)) if memberships else None


def by_sector(memberships: "QuerySet[Membership]") -> "QuerySet[Any]":
    """The memberships, each once for each of its settori, `in_sector`: one query reads what would take two."""
    return memberships.annotate(in_sector=F("sectors"))


def sectors_of(rows: Iterable[Any]) -> dict[str, frozenset[int] | None]:
    """Return, for each role of memberships `by_sector` in one entity, the keys of its settori: None for all of them."""
    found: dict[str, set[int]] = {}
    for one in rows:
        found.setdefault(one.role, set()).update([] if one.in_sector is None else [one.in_sector])
    return {role: frozenset(keys) or None for role, keys in found.items()}


def entities_of(user: User) -> "list[Entity]":
    """Return the entities the person belongs to, by name."""
    return list(Entity.objects.filter(memberships__user=user).distinct().order_by("name"))
