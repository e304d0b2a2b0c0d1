"""Giving an objective to other settori, and what became of the original since (R34)."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from objectives.choices import Change
from objectives.copies import last_text, newest_text
from objectives.forms.copying import CopyForm
from objectives.models import Objective, Plan, Sheet
from objectives.permissions import standing_at
from objectives.proposing import open_to_new
from objectives.taking_over import TakingOver, taking_over
from objectives.views.finding import adopted_sheets, get_sheet
from objectives.workflow import Refused, copy_to, leave_as_is, take_over
from organisation.access import Place, get_place
from organisation.models import User
from organisation.roles import Deed

NO_COPY = "Questo obiettivo non c'è, o non è la copia di un altro."
TAKE, LEAVE = "riprendi", "lascia"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_copy(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask to which settori the objective of a version goes, and in which plan; begin the drafts."""
    place, by = get_place(request, slug, Deed.DRAFT), cast(User, request.user)
    sheet = get_sheet(adopted_sheets(place).select_related("objective__plan", "sector", "deliberation__entity"), pk)
    plans = place.entity.plans.filter(year__gte=sheet.objective.plan.year)
    form = CopyForm(
        request.POST if request.method == "POST" else None,
        plans=plans,
        sectors=open_to_new(place),
        initial=_this_year(place, sheet),
    )
    if form.is_valid():
        said = form.cleaned_data
        try:
            drafts = copy_to(sheet, said["piano"], said["settori"], by=by)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _copied(request, slug, drafts)
    context = {"sheet": sheet, "plan": sheet.objective.plan, "form": form}
    return render(request, "objectives/sheet_copy.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def copy_changes(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show what an act changed in the original of a copied objective, beside the copy: take it over, or leave it."""
    place = get_place(request, slug, Deed.DRAFT)
    objective = _objective(place, pk)
    copy, newest, person = last_text(objective), newest_text(objective), standing_at(place)
    if copy is None or newest is None or not person.sees(copy):
        raise Http404(NO_COPY)
    if refusal := person.why_not_sector(Deed.DRAFT, copy.sector):
        raise PermissionDenied(refusal)
    if request.method == "POST":
        return _decided(request, slug, objective, copy)
    if newest.pk == objective.copied_version_id:
        messages.info(request, "Non c'è niente da decidere: dopo la copia l'altro obiettivo non è cambiato.")
        return _to(slug, copy)
    before = Sheet.objects.with_rows().get(pk=objective.copied_version_id)
    context = {
        "sheet": copy,
        "plan": objective.plan,
        "before": before,
        "newest": newest,
        "removed": newest.change == Change.ELIMINATO,
        "found": TakingOver() if newest.change == Change.ELIMINATO else taking_over(before, newest, copy),
    }
    return render(request, "objectives/copy_changes.html", context)


def _this_year(place: Place, sheet: Sheet) -> Plan:
    """The plan in which a copy most likely goes: this year's, where there is one."""
    plan: Plan | None = place.entity.plans.filter(year=timezone.localdate().year).first()
    return plan if plan and plan.year >= sheet.objective.plan.year else sheet.objective.plan


def _copied(request: HttpRequest, slug: str, drafts: list[Sheet]) -> HttpResponse:
    named = ", ".join(str(draft) for draft in drafts)
    if len(drafts) == 1:
        messages.success(request, f"La copia è pronta, come bozza: {named}. Restano da indicare motivo e personale.")
        return redirect("draft_edit", slug, drafts[0].pk)
    messages.success(request, f"Le copie sono pronte, come bozze: {named}. Restano da indicare motivo e personale.")
    return redirect("drafts", slug)


def _objective(place: Place, pk: int) -> Objective:
    found = Objective.objects.filter(pk=pk, plan__entity=place.entity).select_related("plan", "copied_version")
    objective: Objective | None = found.first()
    if objective is None:
        raise Http404(NO_COPY)
    return objective


def _decided(request: HttpRequest, slug: str, objective: Objective, copy: Sheet) -> HttpResponse:
    by, seen = cast(User, request.user), _number(request.POST.get("letta", ""))
    try:
        if request.POST.get("azione") == TAKE:
            draft = take_over(objective, seen=seen, by=by)
            messages.success(request, "Le modifiche sono in questa bozza: rileggerle, completarla e inviarla.")
            return redirect("draft", slug, draft.pk)
        if request.POST.get("azione") == LEAVE:
            leave_as_is(objective, seen=seen, by=by)
            messages.success(request, f"La scheda {copy} resta com'è.")
            return _to(slug, copy)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("copy_changes", slug, objective.pk)


def _to(slug: str, copy: Any) -> HttpResponse:
    return redirect("sheet" if copy.is_adopted else "draft", slug, copy.pk)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
