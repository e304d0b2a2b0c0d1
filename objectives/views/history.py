"""The life of an objective: its timeline, and one click further every save, field by field."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from objectives.audit import audit_page
from objectives.models import Sheet
from objectives.permissions import Standing, standing
from objectives.timeline import chapters, sees_drafts
from organisation.access import Place, get_place

GONE = "Questa scheda non è in archivio."


@never_cache
@require_safe
def sheet_timeline(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show every version of the objective of a sheet: act, days of force, who did what on the way, with the notes."""
    place = get_place(request, slug)
    person = standing(request.user, place.entity)
    shown = find_version(place, person, pk)
    context = {**_context(shown), "chapters": chapters(shown.objective, person)}
    return render(request, "objectives/timeline.html", context)


@never_cache
@require_safe
def sheet_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show every save of the versions of an objective and of their rows (system time), the latest first; ?pagina=."""
    place = get_place(request, slug)
    person = standing(request.user, place.entity)
    shown = find_version(place, person, pk)
    page, saves = audit_page(shown.objective, person, request.GET.get("pagina"))
    partial = not sees_drafts(person, shown.sector_id)
    return render(
        request, "objectives/audit.html", {**_context(shown), "page": page, "saves": saves, "partial": partial}
    )


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
        if sheet is None or not sees_drafts(person, sheet.sector_id):
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
