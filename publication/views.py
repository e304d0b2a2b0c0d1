"""The public pages. Each needs nobody, reads no session, and may be kept by any cache for a short while.

Addresses name the entity by its short name; the entity that publishes nothing answers as one that doesn't exist.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from organisation.models import Entity
from publication import open_data
from publication.plans import (
    PublicPlan,
    changed_by,
    public_plan,
    public_plans,
    published_entity,
    reading,
    validations,
    versions,
    was_removed,
)
from publication.schema import SCHEMA

KEPT_SECONDS = 600
View = Callable[..., HttpResponse]
PRETTY = {"ensure_ascii": False, "indent": 1}


def _in_public(view: View) -> View:
    """Let anybody in; have the answer kept for a while, and asked for again by its ETag."""

    @login_not_required
    @require_safe
    @conditional_page
    @cache_control(public=True, max_age=KEPT_SECONDS)
    @wraps(view)
    def public(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return view(request, *args, **kwargs)

    return public


@_in_public
def index(request: HttpRequest, entity: str) -> HttpResponse:
    """List the plans that are still to be published."""
    town = published_entity(entity)
    return _page(request, town, "index", plans=public_plans(town))


@_in_public
def plan(request: HttpRequest, entity: str, year: int) -> HttpResponse:
    """Show the plan in force today."""
    town, found = _find(entity, year)
    context = {"validations": validations(found), "columns": open_data.COLUMNS, "licence": open_data.LICENCE}
    return _page(request, town, "plan", found=found, read=reading(found), **context)


@_in_public
def plan_after(request: HttpRequest, entity: str, year: int, act: str) -> HttpResponse:
    """Show the plan after one of its acts, and what the act did to it."""
    town, found = _find(entity, year)
    read = reading(found, found.act(act))
    changed = changed_by(found, found.act(act), read.hidden)
    subject = read.hidden.out_of(found.act(act).subject)
    return _page(request, town, "plan_after", found=found, read=read, changed=changed, subject=subject)


@_in_public
def sheet(request: HttpRequest, entity: str, year: int, objective: int, act: str = "") -> HttpResponse:
    """Show an objective as in force today, or as an act left it; one that was taken out, with its last text."""
    town, found = _find(entity, year)
    read = reading(found, found.act(act) if act else None, objective)
    every = versions(found, objective, read.hidden)
    known = every if not act else [one for one in every if one.act_slug in _until(found, act)]
    shown = read.sheets[0] if read.sheets else known[-1] if was_removed(known) else None
    if shown is None:
        raise Http404("Scheda non trovata.")
    context = {"sheet": shown, "versions": every, "removed": not read.sheets}
    return _page(request, town, "sheet", found=found, read=read, **context)


def _until(found: PublicPlan, act: str) -> set[str]:
    """The names of the acts up to this one."""
    names = [one.slug for one in found.acts]
    return set(names[: names.index(act) + 1])


@_in_public
def report(request: HttpRequest, entity: str, year: int) -> HttpResponse:
    """Hand out the approved Relazione: the file on record, byte for byte."""
    _, found = _find(entity, year)
    if found.report is None or found.report.document is None:
        raise Http404("La Relazione non è pubblicata.")
    answer = HttpResponse(found.report.document.read(), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="relazione-{entity}-{year}.pdf"'
    return answer


@_in_public
def plan_csv(request: HttpRequest, entity: str, year: int) -> HttpResponse:
    """Hand out the objectives in force as .csv."""
    _, found = _find(entity, year)
    content = open_data.to_csv(reading(found).sheets)
    return _file(HttpResponse(content, content_type="text/csv; charset=utf-8"), f"obiettivi-{entity}-{year}.csv")


@_in_public
def plan_json(request: HttpRequest, entity: str, year: int) -> HttpResponse:
    """Hand out the objectives in force as .json."""
    town, found = _find(entity, year)
    content = open_data.to_dict(town, found, reading(found), request.build_absolute_uri(reverse("public_schema")))
    return _file(JsonResponse(content, json_dumps_params=PRETTY), f"obiettivi-{entity}-{year}.json")


def _file(answer: HttpResponse, name: str) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Link"] = f'<{open_data.LICENCE}>; rel="license"'
    return answer


@_in_public
def schema(request: HttpRequest) -> HttpResponse:
    """Hand out the JSON Schema of the open data."""
    return JsonResponse(SCHEMA, json_dumps_params=PRETTY, content_type="application/schema+json")


@_in_public
def accessibility(request: HttpRequest, entity: str = "") -> HttpResponse:
    """Say how accessible the program is, what was checked, and where to tell what is not."""
    return _page(request, published_entity(entity) if entity else None, "accessibility")


def _find(entity: str, year: int) -> tuple[Entity, PublicPlan]:
    town = published_entity(entity)
    found = public_plan(town, year)
    found.plan.entity = town
    return town, found


def _page(request: HttpRequest, entity: Entity | None, name: str, **context: Any) -> HttpResponse:
    return render(request, f"publication/{name}.html", {"entity": entity, **context})
