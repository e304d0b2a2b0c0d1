"""The drafts that were withdrawn, and taking one up again."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from objectives.permissions import standing
from objectives.views.drafts import PER_PAGE, get_person
from objectives.withdrawn import why_not_again, withdrawn_drafts
from objectives.workflow import Refused, take_up_again
from organisation.access import get_place
from organisation.models import User
from organisation.roles import Deed

NOT_HERE = "Questa bozza non è tra quelle ritirate, o è di un altro settore."


@never_cache
@require_safe
def drafts_withdrawn(request: HttpRequest, slug: str) -> HttpResponse:
    """List the withdrawn drafts that the person may see, the latest first, and offer to take them up again."""
    place, person = get_person(request, slug)
    found = withdrawn_drafts(place.entity)
    own = person.sectors_for(Deed.DRAFT)
    if not person.may(Deed.APPROVE) and own is not None:
        found = found.filter(sector__in=own)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("pagina"))
    rows = list(page.object_list)
    problems = why_not_again(rows)
    offers = [(row, person.why_not_sector(Deed.DRAFT, row.sector) is None, problems.get(row.id)) for row in rows]
    return render(request, "objectives/drafts_withdrawn.html", {"page": page, "offers": offers})


@never_cache
@require_POST
def draft_again(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a withdrawn draft up again; who comes second is led to it."""
    place = get_place(request, slug, Deed.DRAFT)
    person = standing(request.user, place.entity)
    try:
        draft = take_up_again(place.entity, pk, by=cast(User, request.user))
    except Refused as refusal:
        present = refusal.sheet
        if present is not None and person.sees(present):
            messages.info(request, "Questa bozza è già stata recuperata.")
            return redirect("sheet" if present.is_adopted else "draft", slug, pk)
        gone = withdrawn_drafts(place.entity).filter(id=pk).first()
        if gone is None or not person.sees_drafts(gone.sector_id):
            raise Http404(NOT_HERE) from None
        messages.error(request, str(refusal))
        return redirect("drafts_withdrawn", slug)
    messages.success(request, "La bozza è di nuovo qui, com'era quando è stata ritirata.")
    return redirect("draft", slug, draft.pk)
