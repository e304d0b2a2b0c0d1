"""The public pages. Each needs nobody, reads no session, and may be kept by any cache for a short while.

Addresses name the entity by its short name; the entity that publishes nothing answers as one that doesn't exist.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from organisation.models import Entity
from publication import open_data
from publication.answering import changed, in_public, open_to_all
from publication.plans import PublicPlan, public_plan, public_plans, published_entity, validations
from publication.readings import read_sheet, reading, reading_after
from publication.schema import SCHEMA

PRETTY = {"ensure_ascii": False, "indent": 1}


@in_public
def index(request: HttpRequest, entity: str) -> HttpResponse:
    """List the plans that are still to be published."""
    town = published_entity(entity)
    plans = public_plans(town)
    return changed(_page(request, town, "index", plans=plans), *(found.changed_at for found in plans))


@in_public
def plan(request: HttpRequest, entity: str, year: int) -> HttpResponse:
    """Show the plan in force today."""
    town, found = _find(entity, year)
    decided = validations(found)
    context = {"validations": decided, "columns": open_data.COLUMNS, "licence": open_data.LICENCE}
    page = _page(request, town, "plan", found=found, read=reading(found), **context)
    return changed(page, found.changed_at, *(one.decided_at for one in decided if one.decided_at))


@in_public
def plan_after(request: HttpRequest, entity: str, year: int, act: str) -> HttpResponse:
    """Show the plan after one of its acts, and what the act did to it."""
    town, found = _find(entity, year)
    adopted = found.act(act)
    read, sheets = reading_after(found, adopted)
    subject = read.hidden.out_of(adopted.subject)
    page = _page(request, town, "plan_after", found=found, read=read, changed=sheets, subject=subject)
    return changed(page, found.changed_at)


@in_public
def sheet(request: HttpRequest, entity: str, year: int, objective: int, act: str = "") -> HttpResponse:
    """Show an objective as in force today, or as an act left it; one that was taken out, with its last text."""
    town, found = _find(entity, year)
    adopted = found.act(act) if act else None
    read = read_sheet(found, objective, adopted)
    noted = [correction.noted_at for correction in read.sheet.corrections]
    return changed(_page(request, town, "sheet", found=found, act=adopted, **read._asdict()), found.changed_at, *noted)


@in_public
def report(request: HttpRequest, entity: str, year: int) -> HttpResponse:
    """Hand out the approved Relazione: the file on record, byte for byte."""
    _, found = _find(entity, year)
    if found.report is None or found.report.document is None:
        raise Http404("La Relazione non è pubblicata.")
    answer = HttpResponse(found.report.document.read(), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="relazione-{entity}-{year}.pdf"'
    return changed(answer, found.changed_at)


@in_public
def plan_csv(request: HttpRequest, entity: str, year: int) -> HttpResponse:
    """Hand out the objectives in force as .csv."""
    _, found = _find(entity, year)
    content = open_data.to_csv(reading(found).sheets)
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    return _file(answer, f"obiettivi-{entity}-{year}.csv", found)


@in_public
def plan_json(request: HttpRequest, entity: str, year: int) -> HttpResponse:
    """Hand out the objectives in force as .json."""
    town, found = _find(entity, year)
    content = open_data.to_dict(town, found, reading(found), request.build_absolute_uri(reverse("public_schema")))
    return _file(JsonResponse(content, json_dumps_params=PRETTY), f"obiettivi-{entity}-{year}.json", found)


def _file(answer: HttpResponse, name: str, found: PublicPlan) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Link"] = f'<{open_data.LICENCE}>; rel="license"'
    return changed(open_to_all(answer), found.changed_at)


@in_public
def schema(request: HttpRequest) -> HttpResponse:
    """Hand out the JSON Schema of the open data."""
    return open_to_all(JsonResponse(SCHEMA, json_dumps_params=PRETTY, content_type="application/schema+json"))


@in_public
def accessibility(request: HttpRequest, entity: str = "") -> HttpResponse:
    """Say how accessible the program is, what was checked, and where to tell what is not."""
    return _page(request, published_entity(entity) if entity else None, "accessibility")


def _find(entity: str, year: int) -> tuple[Entity, PublicPlan]:
    town = published_entity(entity)
    return town, public_plan(town, year)


def _page(request: HttpRequest, entity: Entity | None, name: str, **context: Any) -> HttpResponse:
    return render(request, f"publication/{name}.html", {"entity": entity, **context})
