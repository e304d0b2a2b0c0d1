"""The proposals of deliberation: which there are, a new one, and one with all that is known of it."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from deliberations.models import Deliberation
from objectives import workflow
from objectives.act_content import citations
from objectives.change_sets import acknowledgements_of, findings_for_proposal, open_warnings
from objectives.choices import Change
from objectives.forms.proposing import NoteForm, SheetsForm, WarningsForm
from objectives.models import Plan, Sheet, SheetQuerySet
from objectives.permissions import standing_at
from objectives.proposal_content import changes_by_sector, missing, opinions_of, plans_waiting, steps, waiting
from objectives.views.finding import find_plan, get_proposal, no_plan, signed_in, visible_proposals
from organisation.access import Place, get_place
from organisation.roles import Deed


@never_cache
@require_safe
def proposals(request: HttpRequest, slug: str) -> HttpResponse:
    """List the open proposals that the person may see, and the plans with sheets to gather."""
    place = get_place(request, slug)
    person = standing_at(place)
    counts = {f"count_{change.lower()}": Count("sheets", filter=Q(sheets__change=change)) for change in Change.values}
    listed = visible_proposals(place, person).annotate(**counts).prefetch_related("opinions").order_by("-pk")
    may_propose = person.may(Deed.PROPOSE)
    context = {
        "proposals": list(listed),
        "may_propose": may_propose,
        "plans": plans_waiting(place.entity) if may_propose else [],
    }
    return render(request, "deliberations/proposals.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_new(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Choose the approved sheets of a plan and gather them into a new proposal."""
    place = get_place(request, slug, Deed.PROPOSE)
    plan = find_plan(place, year)
    if plan is None:
        return no_plan(request, place, year)
    plan.entity = place.entity
    sheets = _waiting_for(plan)
    form = SheetsForm(request.POST, sheets) if request.method == "POST" else None
    if form and form.is_valid():
        try:
            proposal = workflow.propose(plan, form.cleaned_data["schede"], by=signed_in(request))
        except workflow.Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("proposal_new", slug, year)
        messages.success(request, "Proposta preparata. Restano il testo da rileggere, i pareri, la registrazione.")
        return redirect("proposal", slug, proposal.pk)
    if form and (made := _gathered_already(place, request.POST.getlist("schede"))):
        messages.info(request, "Queste schede sono già in questa proposta: non ne è stata preparata un'altra.")
        return redirect("proposal", slug, made.pk)
    context = {
        "plan": plan,
        "blocks": changes_by_sector(sheets),
        "chosen": set(request.POST.getlist("schede")) if form else None,
        "errors": form.errors.get("schede", []) if form else [],
    }
    return render(request, "deliberations/proposal_new.html", context, status=422 if form else 200)


@never_cache
@require_safe
def proposal(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show a proposal: its sheets, its words, its opinions, what the rules say, and what is missing to register it."""
    place = get_place(request, slug)
    shown = get_proposal(place, pk)
    if shown.registered_at:
        return redirect("act", slug, shown.slug)
    return render(request, "deliberations/proposal.html", _page(request, place, shown))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_gather(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put more approved sheets into a proposal."""
    place = get_place(request, slug, Deed.PROPOSE)
    shown = get_proposal(place, pk)
    if request.method != "POST":
        return redirect("proposal", slug, pk)
    form = SheetsForm(request.POST, _waiting_for_year(place, shown.plan_year))
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for error in form.errors["schede"]))
        return redirect("proposal", slug, pk)
    chosen = list(form.cleaned_data["schede"])
    return _do(
        request,
        shown,
        lambda: workflow.gather(shown, chosen, by=signed_in(request)),
        "Schede aggiunte alla proposta. I pareri già dati vanno resi di nuovo.",
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_take_out(request: HttpRequest, slug: str, pk: int, sheet: int) -> HttpResponse:
    """Take a sheet out of a proposal: it goes back among the approved ones."""
    place = get_place(request, slug, Deed.PROPOSE)
    shown = get_proposal(place, pk)
    held = Sheet.objects.filter(pk=sheet, objective__plan__entity=place.entity).first()
    if held is None:
        raise Http404("Questa scheda non è in archivio.")
    if request.method != "POST":
        return redirect("proposal", slug, pk)
    return _do(
        request,
        shown,
        lambda: workflow.take_out(shown, held, by=signed_in(request)),
        f"La scheda {held} è tornata tra quelle approvate. I pareri già dati vanno resi di nuovo.",
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_acknowledge(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take note, with the reason, of warnings that the rules give."""
    place = get_place(request, slug, Deed.PROPOSE)
    shown = get_proposal(place, pk)
    if request.method != "POST" or shown.registered_at:
        return redirect("proposal", slug, pk)
    form = WarningsForm(request.POST, _warnings(shown))
    if not form.is_valid():
        return render(request, "deliberations/proposal.html", _page(request, place, shown, form), status=422)
    chosen, note = form.cleaned_data["avvisi"], form.cleaned_data["nota"]
    return _do(
        request,
        shown,
        lambda: workflow.take_note(shown, chosen, note=note, by=signed_in(request)),
        "Presa d'atto annotata: resta con la proposta e con l'atto.",
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_dissolve(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask, then undo a proposal: its sheets go back among the approved ones."""
    place = get_place(request, slug, Deed.PROPOSE)
    shown = get_proposal(place, pk)
    if shown.registered_at:
        return redirect("proposal", slug, pk)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"proposal": shown, "count": shown.sheets.count(), "form": form}
        return render(request, "deliberations/proposal_dissolve.html", context, status=422 if form.errors else 200)
    note = form.cleaned_data["nota"]
    message = "Proposta sciolta: le sue schede sono di nuovo tra quelle approvate, da raccogliere."
    return _do(request, shown, lambda: workflow.dissolve(shown, by=signed_in(request), note=note), message, "proposals")


def _page(
    request: HttpRequest, place: Place, shown: Deliberation, warnings_form: WarningsForm | None = None
) -> dict[str, object]:
    person = standing_at(place)
    may_propose = person.may(Deed.PROPOSE)
    blocks, opinions = changes_by_sector(shown.sheets.all()), opinions_of(shown)
    findings, notes = findings_for_proposal(shown), acknowledgements_of(shown)
    stages = steps(shown, sum(len(block.lines) for block in blocks), opinions)
    return {
        "proposal": shown,
        "title": shown.subject.strip().removesuffix("."),
        "blocks": blocks,
        "opinions": opinions,
        "steps": stages,
        "current": next((stage for stage in stages if not stage.done), None),
        "missing": missing(stages, findings),
        "findings": findings,
        "warnings": open_warnings(findings, notes),
        "warnings_form": warnings_form,
        "acknowledgements": notes,
        "citations": citations(shown),
        "waiting": changes_by_sector(_waiting_for_year(place, shown.plan_year)) if may_propose else [],
        "may_propose": may_propose,
        "visible": {line.sheet.pk for block in blocks for line in block.lines if person.sees(line.sheet)},
    }


def _gathered_already(place: Place, keys: list[str]) -> Deliberation | None:
    """The proposal that holds all the sheets that were chosen, as after a double click."""
    chosen = {int(key) for key in keys if key.isdecimal() and len(key) < 10}
    for held in place.entity.deliberations.proposals().filter(sheets__in=chosen).distinct():
        if chosen <= set(held.sheets.values_list("pk", flat=True)):
            return cast(Deliberation, held)
    return None


def _warnings(shown: Deliberation) -> list[str]:
    return [one.message for one in open_warnings(findings_for_proposal(shown), acknowledgements_of(shown))]


def _waiting_for(plan: Plan) -> SheetQuerySet:
    return waiting(plan.entity).of(plan)


def _waiting_for_year(place: Place, year: int | None) -> SheetQuerySet:
    sheets: SheetQuerySet = waiting(place.entity).filter(objective__plan__year=year)
    return sheets


def _do(
    request: HttpRequest, shown: Deliberation, deed: Callable[[], object], message: str, after: str = "proposal"
) -> HttpResponseRedirect:
    """Do a deed and say so, or say why it was not done; then show the proposal, or what it left."""
    slug = shown.entity.slug
    try:
        deed()
    except workflow.Refused as refusal:
        messages.error(request, str(refusal))
        if Deliberation.objects.filter(pk=shown.pk).exists():
            return redirect("proposal", slug, shown.pk)
        return redirect("proposals", slug)
    messages.success(request, message)
    return redirect("proposals", slug) if after == "proposals" else redirect("proposal", slug, shown.pk)
