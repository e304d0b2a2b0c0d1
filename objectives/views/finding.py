"""Fetch what an address names, through the entity that the person may see; what is not there is said in a sentence."""

import re
from collections.abc import Iterable
from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from deliberations.models import Deliberation, DeliberationQuerySet
from objectives.models import Plan, Sheet, SheetQuerySet
from objectives.permissions import Standing, standing_at
from organisation.access import Place
from organisation.models import User
from organisation.roles import Deed, roles_that_may

KEY = re.compile(r"[0-9]{1,18}")
ACT_SLUG = re.compile(r"[a-z0-9_-]+-(?P<number>\d{1,6})-(?P<year>\d{4})")


def signed_in(request: HttpRequest) -> User:
    """Return the person who asks: every page is private."""
    return cast(User, request.user)


def get_act(place: Place, slug: str) -> Deliberation:
    """Return the registered act that an address calls "gc-100-2022". Raises Http404 with a sentence."""
    if written := ACT_SLUG.fullmatch(slug):
        named = place.entity.deliberations.registered().filter(number=written["number"], year=written["year"])
        for act in named.select_related("entity"):
            if act.slug == slug:
                return act
    raise Http404(f"L'atto «{slug}» non è in archivio. Un atto si indica come gc-100-2022: organo, numero, anno.")


def adopted_sheets(place: Place) -> SheetQuerySet:
    """Return the legal history of the entity's sheets."""
    sheets: SheetQuerySet = Sheet.objects.adopted().filter(objective__plan__entity=place.entity)
    return sheets


def get_sheet(sheets: SheetQuerySet, pk: int) -> Sheet:
    """Return one of the `sheets`. Raises Http404 with a sentence."""
    sheet = sheets.filter(pk=pk).first()
    if sheet is None:
        raise Http404("Questa scheda non è in archivio.")
    return sheet


def find_plan(place: Place, year: int) -> Plan | None:
    """Return the entity's plan of `year`, if there is one."""
    return place.entity.plans.filter(year=year).first()


def no_plan(request: HttpRequest, place: Place, year: int) -> HttpResponse:
    """Answer 404 with the years that do have a plan."""
    return render(request, "objectives/no_plan.html", {"year": year, "plans": place.entity.plans.all()}, status=404)


def keys_of(written: Iterable[str]) -> set[int]:
    """Return the keys among what a page sent. What can't be one, as a number without end, names nothing."""
    return {int(text) for text in written if KEY.fullmatch(text)}


def visible_proposals(place: Place, person: Standing) -> DeliberationQuerySet:
    """Return the proposals that a person may see: the Segretario all, an office those that hold a sheet of its own.

    Raises PermissionDenied with a sentence for who sees none whatever they hold.
    """
    proposals: DeliberationQuerySet = place.entity.deliberations.proposals()
    if person.may(Deed.PROPOSE):
        return proposals
    if not person.may(Deed.DRAFT):
        who = " o ".join(roles_that_may(Deed.PROPOSE) + roles_that_may(Deed.DRAFT))
        raise PermissionDenied(f"Le proposte di deliberazione non ancora adottate le vede solo chi è {who}.")
    own = person.visible(Sheet.objects.filter(deliberation__in=proposals.order_by().values("pk")))
    return proposals.filter(pk__in=own.order_by().values("deliberation"))


def get_proposal(place: Place, pk: int) -> Deliberation:
    """Return a proposal that the person may see, or the registered act that it became.

    Raises Http404 with a sentence, PermissionDenied as `visible_proposals`.
    """
    found: Deliberation | None = place.entity.deliberations.filter(pk=pk).select_related("entity").first()
    if found and found.registered_at:
        return found
    visible = visible_proposals(place, standing_at(place))
    if found is None or not visible.filter(pk=pk).exists():
        raise Http404("Questa proposta non c'è: forse è stata sciolta, e le sue schede sono tornate tra le approvate.")
    return found
