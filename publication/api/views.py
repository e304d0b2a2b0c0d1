"""The operations of the interface. Each reads, tells, and costs little: lists come in pages of a bounded length."""

import math
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from deliberations.models import Deliberation
from objectives.models import SheetQuerySet
from organisation.models import Entity
from publication.answering import changed
from publication.api.asking import Asked
from publication.api.content import Data, Teller, variation
from publication.api.problems import Kind, Problem
from publication.hidden_names import hidden_names
from publication.plans import PublicPlan, public_plan, public_plans, published_entity, validations
from publication.readings import changed_by, read_sheet, sheets_read, versions
from publication.sheets import public_sheets


def entities(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The entities that publish their plans."""
    every = Entity.objects.filter(published=True).order_by("name", "pk")
    return _list(request, asked, every, Teller(request).entity)


def entity(request: HttpRequest, asked: Asked, ente: str) -> HttpResponse:
    """An entity."""
    return _json(Teller(request).entity(published_entity(ente)))


def plans(request: HttpRequest, asked: Asked, ente: str) -> HttpResponse:
    """The plans of an entity, the latest year first."""
    return _list(request, asked, public_plans(published_entity(ente)), Teller(request).plan)


def plan(request: HttpRequest, asked: Asked, ente: str, anno: int) -> HttpResponse:
    """A plan."""
    found = _plan(ente, anno)
    return changed(_json(Teller(request).plan(found)), found.changed_at)


def objectives(request: HttpRequest, asked: Asked, ente: str, anno: int) -> HttpResponse:
    """The objectives in force today, or on a day gone by, by settore and number."""
    found = _plan(ente, anno)
    return _sheets(request, asked, found, sheets_read(found, day=_day_of(found, asked.day)))


def objectives_after(request: HttpRequest, asked: Asked, ente: str, anno: int, atto: str) -> HttpResponse:
    """The objectives as they are after an act."""
    found = _plan(ente, anno)
    return _sheets(request, asked, found, sheets_read(found, found.act(atto)))


def objective(request: HttpRequest, asked: Asked, ente: str, anno: int, codice: UUID) -> HttpResponse:
    """An objective as in force today; one that was taken out, with its last text."""
    found = _plan(ente, anno)
    read = read_sheet(found, _objective(found, codice))
    told = {**Teller(request).objective(found)(read.sheet), "eliminato": read.removed}
    return changed(_json(told), found.changed_at, *(one.noted_at for one in read.sheet.corrections))


def objective_versions(request: HttpRequest, asked: Asked, ente: str, anno: int, codice: UUID) -> HttpResponse:
    """What each act did with an objective, in the order of adoption."""
    found = _plan(ente, anno)
    every = versions(found, _objective(found, codice))
    return _list(request, asked, every, Teller(request).objective(found))


def acts(request: HttpRequest, asked: Asked, ente: str, anno: int) -> HttpResponse:
    """The acts in force of a plan, in the order of adoption."""
    found = _plan(ente, anno)
    hidden, teller = hidden_names(found.plan.entity), Teller(request)

    def told(act: Deliberation) -> Data:
        return teller.act(found, act, hidden)

    return changed(_list(request, asked, found.acts, told), found.changed_at)


def act(request: HttpRequest, asked: Asked, ente: str, anno: int, atto: str) -> HttpResponse:
    """An act, with what it did to the plan."""
    found = _plan(ente, anno)
    adopted, hidden = found.act(atto), hidden_names(found.plan.entity)
    done = [variation(sheet) for sheet in changed_by(found, adopted, hidden)]
    return changed(_json({**Teller(request).act(found, adopted, hidden), "variazioni": done}), found.changed_at)


def decided(request: HttpRequest, asked: Asked, ente: str, anno: int) -> HttpResponse:
    """What the Nucleo decided, the latest first."""
    return _list(request, asked, validations(_plan(ente, anno)), Teller(request).validation)


def _plan(ente: str, anno: int) -> PublicPlan:
    return public_plan(published_entity(ente), anno)


def _objective(found: PublicPlan, code: UUID) -> int:
    objective = found.plan.objectives.only("pk").filter(code=code).first()
    if objective is None:
        raise Http404("Nessun obiettivo del piano ha questo codice.")
    return objective.pk


def _day_of(found: PublicPlan, day: date | None) -> date | None:
    """Return a day of which the plan is known. Raises Problem for one to come, or before the plan."""
    starts = [act.in_force_from for act in found.acts if act.in_force_from]
    if day and not min(starts) <= day <= timezone.localdate():
        known = f"dal {min(starts):%d/%m/%Y} a oggi"
        raise Problem(Kind.NON_TROVATO, f"Il piano in vigore il {day:%d/%m/%Y} non si conosce: si conosce {known}.")
    return day


def _sheets(request: HttpRequest, asked: Asked, found: PublicPlan, sheets: SheetQuerySet) -> HttpResponse:
    hidden = hidden_names(found.plan.entity)
    part = _part(asked)
    told = map(Teller(request).objective(found), public_sheets(sheets, hidden, part))
    return changed(_page(request, asked, sheets.count(), list(told)), found.changed_at)


def _list(
    request: HttpRequest, asked: Asked, every: Sequence[Any] | QuerySet[Any], tell: Callable[[Any], Data]
) -> HttpResponse:
    total = every.count() if isinstance(every, QuerySet) else len(every)
    return _page(request, asked, total, [tell(one) for one in every[_part(asked)]])


def _part(asked: Asked) -> slice:
    start = (asked.page - 1) * asked.per_page
    return slice(start, start + asked.per_page)


def _page(request: HttpRequest, asked: Asked, total: int, told: list[Data]) -> HttpResponse:
    pages = math.ceil(total / asked.per_page)
    beside = {
        "precedente": (asked.page - 1 if 1 < asked.page <= pages + 1 else None, "prev"),
        "successiva": (asked.page + 1 if asked.page < pages else None, "next"),
    }
    links = {name: number and _turned(request, number) for name, (number, _) in beside.items()}
    response = _json({"pagina": asked.page, "pagine": pages, "totale": total, **links, "elementi": told})
    if header := ", ".join(f'<{links[name]}>; rel="{rel}"' for name, (number, rel) in beside.items() if number):
        response["Link"] = header
    return response


def _turned(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query["pagina"] = str(page)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def _json(content: Data) -> HttpResponse:
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False})
