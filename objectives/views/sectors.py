"""The settori of an entity: who answers for them, and how many objectives they have, today or at another moment."""

from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from objectives.choices import State
from objectives.forms.when import WhenForm
from objectives.models import Sheet
from objectives.moments import Moment
from organisation.access import Place, get_place
from organisation.models import Manager, Sector


@require_safe
def sectors(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the settori with their responsabili, past and present, and how many objectives each has on record.

    With ?giorno= or ?atto= show who answered for them then, and how many objectives were in force.
    """
    place = get_place(request, slug)
    when = WhenForm(request.GET, entity=place.entity)
    moment = when.moment if when.is_valid() else None
    context = {
        "sectors": _sectors(place, moment),
        "today": timezone.localdate(),
        "when": when,
        "moment": moment,
        "day": _day(moment),
    }
    return render(request, "organisation/sectors.html", context)


def _sectors(place: Place, moment: Moment | None) -> list[Sector]:
    managers, counted = Manager.objects.order_by("-valid_from", "-pk"), Q(sheets__state=State.ADOTTATA)
    day = _day(moment)
    if day:
        managers = managers.filter(valid_from__lte=day).exclude(valid_to__lt=day)
    if moment:
        in_force = Sheet.objects.filter(objective__plan__entity=place.entity).in_force(moment.acts)
        counted = Q(sheets__in=in_force.order_by().values("pk"))
    rows = place.entity.sectors.annotate(objectives=Count("sheets__objective", distinct=True, filter=counted))
    listed: Any = rows.prefetch_related(Prefetch("managers", managers)).order_by("-active", "match_key")
    return list(listed)


def _day(moment: Moment | None) -> date | None:
    """The day of which to tell the responsabili: the one asked for, or that of the act's session."""
    if moment is None:
        return None
    return moment.act.session_on if moment.act else moment.day
