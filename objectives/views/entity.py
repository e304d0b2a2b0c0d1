"""The front page of an entity: what waits for the person, its plans by year, its last acts."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from objectives.inbox import recent_changes, waiting
from objectives.models import Sheet
from objectives.permissions import standing
from organisation.access import Place, get_place
from organisation.roles import Deed


@never_cache
@require_safe
def entity(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what waits for the person or, to who only reads, what changed last; then the plans and the last acts."""
    place = get_place(request, slug)
    person = standing(request.user, place.entity)
    has_work = any(person.may(deed) for deed in (Deed.DRAFT, Deed.APPROVE, Deed.VALIDATE))
    trays = waiting(place.entity, person)
    acts = place.entity.deliberations.registered().select_related("entity")
    in_force = _sheets_in_force(place)
    context = {
        "has_work": has_work,
        "trays": trays,
        "waiting_count": sum(len(tray.items) for tray in trays),
        "recent_changes": [] if has_work else recent_changes(place.entity),
        "plans": [(plan, in_force.get(plan.pk, 0)) for plan in place.entity.plans.all()],
        "last_acts": list(acts.filter(on_file=True)[:3]),
        "act_count": acts.count(),
        "sector_count": place.entity.sectors.filter(active=True).count(),
    }
    return render(request, "objectives/entity.html", context)


def _sheets_in_force(place: Place) -> dict[int, int]:
    """The number of sheets in force today, by plan."""
    acts = place.entity.deliberations.in_force_on(timezone.localdate())
    sheets = Sheet.objects.filter(objective__plan__entity=place.entity).in_force(acts)
    return dict(sheets.order_by().values_list("objective__plan").annotate(Count("pk")))
