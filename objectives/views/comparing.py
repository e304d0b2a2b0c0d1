"""What changed: between two versions of a sheet, between two moments of a plan."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from deliberations.models import Deliberation
from documents.render import PdfUnavailable
from objectives.changes.sheets import NO_BASE
from objectives.changes.telling import summary
from objectives.comparing import BEFORE, between, compare_moments, moment, pair, version_name, versions_to_compare
from objectives.forms.comparing import MomentForm, VersionsForm
from objectives.models import Plan, Sheet
from objectives.overview import acts_of
from objectives.pdf_changes import render_facing, render_sheet_with_changes
from objectives.permissions import standing_at
from objectives.printing import file_name
from objectives.views.downloads import unavailable
from objectives.views.finding import find_plan, get_sheet, no_plan
from organisation.access import Place, get_place


@never_cache
@require_safe
def sheet_compare(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show what differs between a version and another of the same objective, ?con=; its base where none is told."""
    place = get_place(request, slug)
    shown, versions = _readable(request, place, pk)
    if "testo" in request.GET:
        return _chosen_versions(request, slug, shown, versions)
    other = _other(request.GET.get("con", ""), shown, versions)
    chosen = {"testo": shown.pk}
    context = {"sheet": shown, "plan": shown.objective.plan, "versions": versions}
    if other is not None:
        old, new = pair(other.pk, shown.pk)
        chosen = {"con": old.pk, "testo": new.pk}
        context |= _compared(old, new)
    form = VersionsForm(versions=versions, initial=chosen)
    return render(request, "objectives/comparison.html", {**context, "form": form})


@never_cache
@require_safe
def sheet_pdf_changes(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send the PDF of a version with what is new in bold; against its base, or ?con= another version."""
    return _print(request, slug, pk, "modifiche", lambda old, new: render_sheet_with_changes(new, old))


@never_cache
@require_safe
def sheet_pdf_facing(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send the PDF of a version beside its base, or ?con= another version."""
    return _print(request, slug, pk, "fronte", render_facing)


def _print(
    request: HttpRequest, slug: str, pk: int, name: str, render_both: Callable[[Sheet, Sheet], bytes]
) -> HttpResponse:
    """Send a PDF of two versions. Raises Http404 with a sentence where there is no earlier text, or it is not known."""
    place = get_place(request, slug)
    shown, versions = _readable(request, place, pk)
    other = _other(request.GET.get("con", ""), shown, versions)
    if other is None:
        raise Http404(NO_BASE)
    old, new = pair(other.pk, shown.pk)
    if unknown := between(old, new).reason:
        raise Http404(unknown)
    try:
        response = HttpResponse(render_both(old, new), content_type="application/pdf")
    except PdfUnavailable as reason:
        return unavailable(request, reason)
    named = file_name(new).replace("-.pdf", "-bozza.pdf").replace(".pdf", f"-{name}.pdf")
    response["Content-Disposition"] = f'attachment; filename="{named}"'
    return response


def _compared(old: Sheet, new: Sheet) -> dict[str, Any]:
    comparison = between(old, new)
    names = {"old_name": version_name(old), "new_name": version_name(new)}
    return {"old": old, "new": new, "comparison": comparison, "summary": summary(comparison), **names}


def _readable(request: HttpRequest, place: Place, pk: int) -> tuple[Sheet, list[Sheet]]:
    """The version an address names, if the person may see it, and all those it may be compared with."""
    person = standing_at(place)
    every = Sheet.objects.filter(objective__plan__entity=place.entity)
    seen = every.adopted() | person.visible(every)
    shown = get_sheet(seen.select_related("objective__plan", "sector", "deliberation__entity"), pk)
    return shown, versions_to_compare(shown.objective, person)


def _chosen_versions(request: HttpRequest, slug: str, shown: Sheet, versions: Sequence[Sheet]) -> HttpResponse:
    """Lead from what was chosen in the form to the address that says it."""
    form = VersionsForm(request.GET, versions=versions)
    if not form.is_valid():
        return redirect("sheet_compare", slug, shown.pk)
    chosen = form.cleaned_data
    return redirect(f"{reverse('sheet_compare', args=[slug, chosen['testo']])}?{urlencode({'con': chosen['con']})}")


def _other(told: str, shown: Sheet, versions: Sequence[Sheet]) -> Sheet | None:
    """The version to compare with: the one told, else the base. Raises Http404 with a sentence for one of others."""
    wanted = told or str(shown.base_id or "")
    found = next((version for version in versions if str(version.pk) == wanted), None)
    if told and found is None:
        raise Http404("Si confrontano solo le versioni di uno stesso obiettivo.")
    return found if found and found.pk != shown.pk else None


@require_safe
def plan_compare(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Show what differs between two moments, ?da= and ?a=; before and after the last act where none is told."""
    place = get_place(request, slug)
    plan = find_plan(place, year)
    if plan is None:
        return no_plan(request, place, year)
    plan.entity = place.entity
    acts = acts_of(plan)
    if "da-atto" in request.GET or "da-giorno" in request.GET:
        return _chosen_moments(request, plan, acts)
    if not acts and not (request.GET.get("da") and request.GET.get("a")):
        return render(request, "objectives/comparison_plan.html", {"plan": plan, "acts": acts})
    try:
        old = moment(request.GET.get("da") or f"{BEFORE}{acts[-1].slug}", plan, acts)
        new = moment(request.GET.get("a") or acts[-1].slug, plan, acts)
    except LookupError as unknown:
        raise Http404(str(unknown)) from unknown
    context = {
        "plan": plan,
        "acts": acts,
        "old": old,
        "new": new,
        "act": next((act for act in acts if (old.key, new.key) == (f"{BEFORE}{act.slug}", act.slug)), None),
        "forms": [MomentForm(acts=acts, prefix="da", shown=old), MomentForm(acts=acts, prefix="a", shown=new)],
        "comparison": compare_moments(plan, old, new),
    }
    return render(request, "objectives/comparison_plan.html", context)


def _chosen_moments(request: HttpRequest, plan: Plan, acts: Sequence[Deliberation]) -> HttpResponse:
    """Lead from what was chosen in the form to the address that says it; what is wrong is said beside it."""
    forms = [MomentForm(request.GET, acts=acts, prefix=prefix, shown=None) for prefix in ("da", "a")]
    valid = [form.is_valid() for form in forms]
    if not all(valid):
        return render(request, "objectives/comparison_plan.html", {"plan": plan, "acts": acts, "forms": forms})
    query = urlencode({"da": forms[0].key, "a": forms[1].key})
    return redirect(f"{reverse('plan_compare', args=[plan.entity.slug, plan.year])}?{query}")
