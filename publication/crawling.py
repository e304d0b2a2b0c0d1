"""What search engines are told: the public pages are theirs to read, and where these are.

Art. 9 of D.Lgs. 33/2013: the pages of «Amministrazione trasparente» are not to be kept from search engines.
"""

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from organisation.models import Entity
from organisation.rates import limited_by_address
from publication.answering import in_public
from publication.plans import all_public_plans

MOST = 50_000
"""Addresses in one sitemap (sitemaps.org)."""


@in_public
def robots(request: HttpRequest) -> HttpResponse:
    """Say what may be read: what is public, and what its pages are made of."""
    allowed = [reverse("public", args=["x"]).removesuffix("x/"), reverse("accessibility"), "/static/"]
    lines = ["User-agent: *", *(f"Allow: {path}" for path in allowed), "Disallow: /"]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@in_public
@limited_by_address("public_pdf")  # it costs as much
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the public pages, each with the day of its last change where one is known."""
    pages = [(request.build_absolute_uri(path), day) for path, day in _pages()][:MOST]
    return render(request, "publication/sitemap.xml", {"pages": pages}, content_type="application/xml")


def _pages() -> Iterator[tuple[str, date | None]]:
    for entity in Entity.objects.filter(published=True).order_by("slug"):
        yield reverse("public", args=[entity.slug]), None
        yield reverse("accessibility_of", args=[entity.slug]), None
    for found in all_public_plans():
        at = (found.plan.entity.slug, found.plan.year)
        yield reverse("public_plan", args=at), timezone.localdate(found.changed_at)
        for act in found.acts:
            yield reverse("public_plan_after", args=[*at, act.slug]), None
