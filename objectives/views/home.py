"""The first page after sign-in: the person's entities, and how much waits for them in each."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from objectives.inbox import waiting_counts
from organisation.access import entities_of
from organisation.models import User
from organisation.roles import Role


@never_cache
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
    counts = waiting_counts(user) if entities else {}
    rows = [(entity, roles[entity.pk], counts[entity.pk]) for entity in entities]
    return render(request, "objectives/home.html", {"rows": rows})
