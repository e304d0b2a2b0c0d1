"""The deadlines of a person: on a page, in their calendar program, by e-mail."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaluations.calendar_feed import calendar
from evaluations.choices import Digest
from evaluations.deadlines import deadlines_in, deadlines_of, first_day, own_sectors
from evaluations.due import Deadline, by_month, by_sector
from evaluations.feeds import choose_digest, new_address, revoke_address, subscriber, subscription_of
from evaluations.forms.deadlines import DeadlineForm, DigestForm
from objectives.permissions import Standing, standings
from objectives.views.finding import signed_in
from objectives.workflow import Refused
from organisation.access import Place, get_place
from organisation.models import Sector
from organisation.rates import address_of, seconds_to_wait, too_often
from organisation.sight import Sight, see

UNFOLDED = 12
"""With more overdue ones than this each settore has its own, folded."""
PER_PAGE = 250
"""About 110 kB."""
ALL = "tutte"
"""The page that has all of them, to print or to look through."""
CACHED = "private, max-age=900"


@never_cache
@require_safe
def deadlines(request: HttpRequest, slug: str) -> HttpResponse:
    """List what comes due for the person, by month; first of all what is overdue. With many, page by page."""
    place, user, today = get_place(request, slug), signed_in(request), timezone.localdate()
    people = standings(user)
    sectors = _sectors(place, people[place.entity.pk])
    form = DeadlineForm(request.GET, entity=place.entity, several=len(people) > 1, sectors=sectors)
    shown = form.chosen(deadlines_in(people, today, place.entity), today)
    context = {
        "form": form,
        "since": first_day(today),
        "everywhere": form.is_valid() and bool(form.cleaned_data["ente"]),
    }
    return render(request, "evaluations/deadlines.html", context | _listed(request, shown, today))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def deadline_alerts(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how the person hears of their deadlines; POST chooses how often the digest comes."""
    get_place(request, slug)
    user = signed_in(request)
    if request.method != "POST":
        return _alerts(request)
    form = DigestForm(request.POST)
    if not form.is_valid():
        return _alerts(request, form=form, status=422)
    try:
        chosen = choose_digest(form.cleaned_data["digest"], by=user)
    except Refused as refusal:
        form.add_error("digest", str(refusal))
        return _alerts(request, form=form, status=422)
    messages.success(request, f"Riepilogo per e-mail: {Digest(chosen.digest).label}.")
    return redirect("deadline_alerts", slug)


@never_cache
@require_POST
def deadline_address(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a new private address and show it, this once."""
    get_place(request, slug)
    secret = new_address(by=signed_in(request))
    path = reverse("deadline_feed", args=[secret])
    return _alerts(request, address=f"{settings.SITE_URL.rstrip('/')}{path}")


@never_cache
@require_POST
def deadline_revoke(request: HttpRequest, slug: str) -> HttpResponse:
    """Have the private address lead nowhere."""
    get_place(request, slug)
    try:
        revoke_address(by=signed_in(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "L'indirizzo del calendario non porta più a nulla.")
    return redirect("deadline_alerts", slug)


@login_not_required
@require_safe
def deadline_feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Answer a calendar program that knows the secret address of a person: what they may see now, and 304 if it is the
    same as before. An address that leads nowhere is answered as if there were none, and counts as a question.
    """
    user = subscriber(secret)
    if user is None:
        seconds = seconds_to_wait("check", address_of(request))
        if seconds:
            return too_often(request, seconds)
        raise Http404("Questo calendario non c'è.")
    see(Sight(person=user.pk))
    content = calendar(deadlines_of(user, timezone.localdate()))
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="scadenze.ics"'
    response["Cache-Control"], response["ETag"] = CACHED, etag
    response["X-Robots-Tag"] = "noindex"
    return get_conditional_response(request, etag=etag, response=response) or response


def _listed(request: HttpRequest, shown: Sequence[Deadline], today: dt.date) -> dict[str, Any]:
    """How many there are, and those of the page that is asked for, in their groups."""
    late = by_sector(one for one in shown if one.is_overdue(today))
    waiting = [one for one in shown if one.waits]
    coming = [one for one in shown if not (one.waits or one.is_overdue(today))]
    ordered = [*chain.from_iterable(mine for _, mine in late), *waiting, *coming]
    asked = request.GET.get("pagina", "")
    page = Paginator(ordered, max(1, len(ordered)) if asked == ALL else PER_PAGE).get_page(asked)
    here, query = set(page), request.GET.copy()
    query.pop("pagina", None)
    late_count, sizes = sum(len(mine) for _, mine in late), {name: len(mine) for name, mine in late}
    late_here = by_sector(one for _, mine in late for one in mine if one in here)
    return {
        "page": page,
        "query": query.urlencode(),
        "count": len(ordered),
        "late_count": late_count,
        "unfolded": late_count <= UNFOLDED,
        "late": [(name, sizes[name], _rows(mine, today)) for name, mine in late_here],
        "waiting_count": len(waiting),
        "waiting": _rows((one for one in waiting if one in here), today),
        "coming_count": len(coming),
        "months": [(month, _rows(mine, today)) for month, mine in by_month(one for one in coming if one in here)],
    }


def _rows(deadlines: Iterable[Deadline], today: dt.date) -> list[tuple[Deadline, str]]:
    """Deadlines, each with how it stands."""
    return [(one, one.standing(today)) for one in deadlines]


def _alerts(
    request: HttpRequest, *, form: DigestForm | None = None, address: str = "", status: int = 200
) -> HttpResponse:
    subscription = subscription_of(signed_in(request))
    context: dict[str, Any] = {
        "subscription": subscription,
        "form": form or DigestForm(initial={"digest": subscription.digest}),
        "address": address,
    }
    return render(request, "evaluations/deadline_alerts.html", context, status=status)


def _sectors(place: Place, person: Standing) -> list[Sector]:
    own = own_sectors(person)
    sectors = place.entity.sectors.filter(active=True)
    return list(sectors if own is None else sectors.filter(pk__in=own))
