"""The first page after sign-in, an entity's settori, and the pages that say what went wrong."""

from typing import cast

from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organisation.access import entities_of, get_place
from organisation.models import Manager, User
from organisation.roles import Role


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the entities of the person; go straight to the only one."""
    user = cast(User, request.user)
    entities = entities_of(user)
    if len(entities) == 1:
        return redirect("entity", entities[0].slug)
    roles: dict[int, list[str]] = {}
    for membership in user.memberships.order_by("role"):
        roles.setdefault(membership.entity_id, []).append(Role(membership.role).label)
    rows = [(entity, roles[entity.pk]) for entity in entities]
    return render(request, "organisation/home.html", {"rows": rows})


@require_safe
def sectors(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the settori with their responsabili, past and present, and how many sheets each has on record."""
    place = get_place(request, slug)
    today = timezone.localdate()
    managers = Prefetch("managers", Manager.objects.order_by("-valid_from", "-pk"))
    counted = place.entity.sectors.annotate(
        objectives=Count("sheets__objective", distinct=True, filter=Q(sheets__state="ADOTTATA"))
    )
    rows = counted.prefetch_related(managers).order_by("-active", "match_key")
    return render(request, "organisation/sectors.html", {"sectors": rows, "today": today})
