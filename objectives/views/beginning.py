"""Beginning a change: of a version in force, its removal, a new objective. Who comes second is led to what is there."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from objectives.choices import Change, State
from objectives.models import Plan, Sheet
from objectives.permissions import SheetDeed, standing
from objectives.views.finding import adopted_sheets, find_plan, get_sheet
from objectives.workflow import Refused, amend, eliminate, insert
from organisation.access import Place, get_place
from organisation.holding import hold
from organisation.models import Sector, User
from organisation.roles import Deed


@require_POST
def sheet_amend(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Begin a change of the version in force, and open its form."""
    place = get_place(request, slug, Deed.DRAFT)
    sheet = get_sheet(adopted_sheets(place), pk)
    return _begun(request, place, lambda by: amend(sheet, by=by), otherwise=sheet)


@require_POST
def sheet_eliminate(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Begin the elimination of the version in force, and open its form."""
    place = get_place(request, slug, Deed.DRAFT)
    sheet = get_sheet(adopted_sheets(place), pk)
    return _begun(request, place, lambda by: eliminate(sheet, by=by), otherwise=sheet)


@require_POST
def sheet_insert(request: HttpRequest, slug: str, year: int, sector: int) -> HttpResponse:
    """Begin a new objective of a settore, and open its form."""
    place = get_place(request, slug, Deed.DRAFT)
    plan = find_plan(place, year)
    if plan is None:
        raise Http404(f"Non c'è un piano per il {year}.")
    its_sector = place.entity.sectors.filter(pk=sector).first()
    if its_sector is None:
        raise Http404("Questo settore non è in archivio.")
    return _begun(request, place, lambda by: _insert(plan, its_sector, by), otherwise=plan)


def _insert(plan: Plan, sector: Sector, by: User) -> Sheet:
    """The person's new objective that is still as it began, else one more: a double click makes one."""
    with transaction.atomic():
        hold(Sector.objects.filter(pk=sector.pk))
        untouched = Sheet.objects.of(plan).filter(
            sector=sector, change=Change.INSERITO, state=State.BOZZA, created_by=by, row_version=1, title=""
        )
        return untouched.first() or insert(plan, sector, by=by)


def _begun(request: HttpRequest, place: Place, deed: Callable[[User], Sheet], otherwise: Sheet | Plan) -> HttpResponse:
    slug = place.entity.slug
    try:
        return redirect("draft_edit", slug, deed(cast(User, request.user)).pk)
    except Refused as refusal:
        present = refusal.sheet
        if present is not None and present.state != State.ADOTTATA:
            messages.info(request, str(refusal))
            return _to_present(request, place, present) or _back(slug, otherwise)
        messages.error(request, str(refusal))
        return _back(slug, otherwise)


def _to_present(request: HttpRequest, place: Place, present: Sheet) -> HttpResponse | None:
    """Lead to the change that is there already, as far as the person may."""
    person = standing(request.user, place.entity)
    if person.why_not(SheetDeed.EDIT, present) is None:
        return redirect("draft_edit", place.entity.slug, present.pk)
    return redirect("draft", place.entity.slug, present.pk) if person.sees(present) else None


def _back(slug: str, otherwise: Sheet | Plan) -> HttpResponse:
    if isinstance(otherwise, Sheet):
        return redirect("sheet", slug, otherwise.pk)
    return redirect("plan", slug, otherwise.year)
