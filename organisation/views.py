"""An entity's settori."""

from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organisation.access import get_place
from organisation.models import Manager


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
