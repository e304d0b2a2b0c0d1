"""The plan of the next year: opened by the Segretario; multi-year objectives go on in it, those that are chosen."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from objectives.next_year import candidates, next_plan, open_next_year
from objectives.views.finding import adopted_sheets, find_plan, get_sheet, keys_of, no_plan
from objectives.workflow import Refused, carry_over
from organisation.access import get_place
from organisation.models import User
from organisation.roles import Deed


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plan_next_year(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Offer this year's multi-year objectives to the plan of the next; when sent, open it with those chosen."""
    place = get_place(request, slug, Deed.PROPOSE)
    plan = find_plan(place, year)
    if plan is None:
        return no_plan(request, place, year)
    plan.entity = place.entity
    if request.method == "POST":
        chosen = keys_of(request.POST.getlist("scheda"))
        try:
            opened = open_next_year(plan, chosen, by=cast(User, request.user))
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            _tell(request, opened.plan.year, opened.created, len(opened.drafts))
        return redirect("plan_next_year", slug, year)
    following = next_plan(plan)
    offers = candidates(plan, following)
    context = {
        "plan": plan,
        "following": following,
        "following_year": year + 1,
        "candidates": offers,
        "offered": any(one.offered for one in offers),
    }
    return render(request, "objectives/next_year.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_carry(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Carry one objective over into the plan of the next year, where there is one; who comes second is led to it."""
    place = get_place(request, slug, Deed.DRAFT)
    sheet = get_sheet(adopted_sheets(place).select_related("objective__plan"), pk)
    if request.method != "POST":  # who had to sign in again comes back by the address alone
        return redirect("sheet", slug, pk)
    following = next_plan(sheet.objective.plan)
    if following is None:
        messages.error(request, f"Il piano {sheet.objective.plan.year + 1} non c'è ancora: lo apre il Segretario.")
        return redirect("sheet", slug, pk)
    try:
        draft = carry_over(sheet, following, by=cast(User, request.user))
    except Refused as refusal:
        messages.info(request, str(refusal))
        known = refusal.sheet
        if known is None or known.pk == pk:
            return redirect("sheet", slug, pk)
        return redirect("sheet" if known.is_adopted else "draft", slug, known.pk)
    messages.success(request, f"L'obiettivo continua nel piano {following.year}: questa è la sua bozza.")
    return redirect("draft", slug, draft.pk)


def _tell(request: HttpRequest, year: int, created: bool, carried: int) -> None:
    opened = f"Il piano {year} è aperto. " if created else ""
    if carried:
        drafts = "una scheda è stata riportata come bozza" if carried == 1 else f"{carried} schede riportate come bozze"
        messages.success(request, f"{opened}Nel piano {year}: {drafts}.")
    elif created:
        messages.success(request, f"{opened}Nessuna scheda riportata.")
    else:
        messages.info(request, "Nessuna scheda nuova da riportare: nulla è cambiato.")
