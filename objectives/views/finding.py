"""Fetch what an address names, through the entity that the person may see; what is not there is said in a sentence."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from deliberations.models import Deliberation
from objectives.models import Plan, Sheet, SheetQuerySet
from organisation.access import Place

ACT_SLUG = re.compile(r"[a-z0-9_-]+-(?P<number>\d{1,6})-(?P<year>\d{4})")


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
