"""The life of an objective: its timeline, and one click further every save, field by field."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from deliberations.calendar import to_the
from objectives.audit import audit_page
from objectives.forms.when import WhenForm
from objectives.models import Sheet
from objectives.moments import today
from objectives.permissions import Standing, standing_at
from objectives.timeline import chapters
from objectives.views.finding import adopted_sheets, get_sheet
from organisation.access import Place, get_place
from organisation.roles import Deed

GONE = "Questa scheda non è in archivio."


@never_cache
@require_safe
def sheet_timeline(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show every version of the objective of a sheet: act, days of force, who did what on the way, with the notes."""
    place = get_place(request, slug)
    person = standing_at(place)
    shown = find_version(place, person, pk)
    drafts_here = person.why_not_sector(Deed.DRAFT, shown.sector) is None
    context = {**_context(shown), "chapters": chapters(shown.objective, person), "drafts_here": drafts_here}
    return render(request, "objectives/timeline.html", context)


@never_cache
@require_safe
def sheet_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show every save of the versions of an objective and of their rows (system time), the latest first; ?pagina=."""
    place = get_place(request, slug)
    person = standing_at(place)
    shown = find_version(place, person, pk)
    page, saves = audit_page(shown.objective, person, request.GET.get("pagina"))
    partial = not person.sees_drafts(shown.sector_id)
    return render(
        request, "objectives/audit.html", {**_context(shown), "page": page, "saves": saves, "partial": partial}
    )


@require_safe
def sheet_then(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Lead to the version of the objective that was in force on ?giorno= or after ?atto=, or say that none was."""
    place = get_place(request, slug)
    shown = get_sheet(adopted_sheets(place).select_related("objective__plan"), pk)
    form = WhenForm(request.GET, entity=place.entity)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect("sheet", slug, pk)
    moment = form.moment or today(place.entity)
    then = Sheet.objects.filter(objective=shown.objective).in_force(moment.acts).first()
    when = f"dopo {moment.act.short}" if moment.act else to_the(moment.day or localdate())
    if then is None:
        messages.info(request, f"Nessuna versione di questo obiettivo risulta in vigore {when}.")
        return redirect("sheet", slug, pk)
    messages.info(request, f"Questa è la versione in vigore {when}.")
    return redirect("sheet", slug, then.pk)


def find_version(place: Place, person: Standing, pk: int) -> Any:
    """Return a version that the person may see: adopted, open, or, of one that was withdrawn, its last state.

    Raises Http404 with a sentence.
    """
    related = ("sector", "objective__plan", "deliberation")
    of_entity = {"pk": pk, "objective__plan__entity": place.entity}
    sheet = Sheet.objects.filter(**of_entity).select_related(*related).first()
    if sheet is None:
        gone = Sheet.history.filter(id=pk, history_type="-", objective__plan__entity=place.entity)
        sheet = gone.select_related(*related).first()
        if sheet is None or not person.sees_drafts(sheet.sector_id):
            raise Http404(GONE)
    elif not person.sees(sheet):
        raise Http404(GONE)
    return sheet


def _context(shown: Any) -> dict[str, Any]:
    """What both pages say of the version they start from: a withdrawn one has no page of its own any more."""
    here = isinstance(shown, Sheet)
    return {
        "sheet": shown,
        "key": shown.pk if here else shown.id,
        "name": f"{shown.sector.short_name} n° {shown.number}",
        "plan": shown.objective.plan,
        "page_name": ("sheet" if shown.is_adopted else "draft") if here else "",
    }
