"""The front page of an entity: its plans by year, its last act, where to go from here."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from objectives.models import Sheet
from organisation.access import Place, get_place


@require_safe
def entity(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the plans with the number of their sheets in force today, the last acts, and how much is on record."""
    place = get_place(request, slug)
    acts = place.entity.deliberations.registered().select_related("entity")
    in_force = _sheets_in_force(place)
    context = {
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
