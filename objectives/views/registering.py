"""From a proposal to the act: what the session added, what will follow, the confirmation; then the later dates."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from deliberations.forms.registration import LaterDatesForm, RegistrationForm
from deliberations.forms.session import Members, last_members, members_form, typed_members
from deliberations.models import Deliberation
from objectives import workflow
from objectives.change_sets import acknowledgements_of, findings_for_proposal, open_warnings
from objectives.forms.proposing import ProceedForm
from objectives.gathered import content_hash
from objectives.registration import Member, Registration
from objectives.rules import ERROR, Finding, blocking
from objectives.views.finding import get_act, get_proposal, signed_in
from organisation.access import get_place
from organisation.models import Entity
from organisation.roles import Deed

CHECK, CONFIRM, BACK, ADD = "controlla", "registra", "correggi", "aggiungi-componente"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_register(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take what the session decided, show what it will do, and register the act when that is confirmed."""
    place = get_place(request, slug, Deed.PROPOSE)
    shown = get_proposal(place, pk)
    if shown.registered_at:
        messages.info(request, f"Questa proposta è già stata registrata: è la {shown.short}.")
        return redirect("act", slug, shown.slug)
    if request.method != "POST":
        return _ask(request, shown, *_offered(shown))
    form, members = RegistrationForm(request.POST, act=shown), members_form(request.POST)
    action = request.POST.get("azione", CHECK)
    if action in (BACK, ADD):
        return _ask(request, shown, *_again(request, shown, one_more=action == ADD))
    if not (form.is_valid() & members.is_valid()):
        return _ask(request, shown, form, members, status=422)
    if action != CONFIRM:
        return _preview(request, shown, form, members)
    return _register(request, shown, form, members)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def act_dates(request: HttpRequest, slug: str, act: str) -> HttpResponse:
    """Enter, once, the dates that follow the adoption of an act."""
    place = get_place(request, slug, Deed.PROPOSE)
    adopted, data = get_act(place, act), request.POST if request.method == "POST" else None
    form, note_form = LaterDatesForm(data, act=adopted), ProceedForm(data)
    findings: list[Finding] = []
    if form.is_valid() and not form.dates():
        form.add_error(None, "Non è stata scritta nessuna data: indicarne almeno una.")
    if form.is_valid() & note_form.is_valid():
        note = note_form.cleaned_data["nota"]
        try:
            dated = workflow.enter_dates(adopted, **form.dates(), note=note, by=signed_in(request))
        except workflow.Refused as refusal:
            form.add_error(None, str(refusal))
            findings = refusal.findings
        else:
            messages.success(request, " ".join(dated.days.explain()[-2:]))
            return redirect("act", slug, act)
    context = {"act": adopted, "form": form, "note_form": note_form, "findings": findings}
    context["days"] = adopted.days.explain() if adopted.on_file else []
    status = 422 if form.errors or note_form.errors else 200
    return render(request, "deliberations/act_dates.html", context, status=status)


def _offered(shown: Deliberation) -> tuple[RegistrationForm, Members]:
    """The empty form, with what the entity's last act lets one expect."""
    initial = {"year": timezone.localdate().year, "secretary": _last_secretary(shown.entity)}
    return RegistrationForm(act=shown, initial=initial), members_form(rows=last_members(shown.entity))


def _last_secretary(entity: Entity) -> str:
    acts = entity.deliberations.registered().exclude(secretary="").order_by("session_on", "year", "number")
    last: str | None = acts.values_list("secretary", flat=True).last()
    return last or ""


def _again(request: HttpRequest, shown: Deliberation, *, one_more: bool) -> tuple[RegistrationForm, Members]:
    """What was typed, to go on with, not judged yet; with one more row for a member where it was asked for."""
    fields = RegistrationForm(act=shown).fields.items()
    typed = {name: field.widget.value_from_datadict(request.POST, request.FILES, name) for name, field in fields}
    form = RegistrationForm(act=shown, initial=typed)
    return form, members_form(rows=typed_members(request.POST), more=int(one_more))


def _ask(
    request: HttpRequest, shown: Deliberation, form: RegistrationForm, members: Members, status: int = 200
) -> HttpResponse:
    context = {"proposal": shown, "form": form, "members": members, "checked": status != 200}
    return render(request, "deliberations/register.html", context, status=status)


def _registration(form: RegistrationForm, members: Members) -> Registration:
    people = [Member(name, office, present) for name, office, present in members.members()]
    return Registration(members=people, **form.session(), **form.dates())


def _preview(
    request: HttpRequest,
    shown: Deliberation,
    form: RegistrationForm,
    members: Members,
    note_form: ProceedForm | None = None,
    problem: str = "",
) -> HttpResponse:
    """What will happen, what forbids it, and what wants a note; with all that was typed, to be confirmed."""
    registration = _registration(form, members)
    findings = findings_for_proposal(shown, registration)
    warnings = open_warnings(findings, acknowledgements_of(shown))
    context = {
        "proposal": shown,
        "form": form,
        "members": members,
        "days": _days(shown, registration),
        "registration": registration,
        "errors": blocking(findings),
        "warnings": warnings,
        "notes": _others(findings, warnings),
        "seen": content_hash(shown),
        "problem": problem,
        "note_form": note_form or ProceedForm(),
        "sheets": shown.sheets.count(),
    }
    return render(request, "deliberations/register_confirm.html", context, status=422 if note_form else 200)


def _others(findings: list[Finding], warnings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity != ERROR and finding not in warnings]


def _days(shown: Deliberation, registration: Registration) -> list[str]:
    """The days of the act as it would be, in Italian sentences. Nothing is saved."""
    act = Deliberation(entity=shown.entity, counting=shown.entity.counting)
    registration.put_on(act)
    return act.days.explain()


def _register(request: HttpRequest, shown: Deliberation, form: RegistrationForm, members: Members) -> HttpResponse:
    slug, note_form = shown.entity.slug, ProceedForm(request.POST)
    if not note_form.is_valid():
        return _preview(request, shown, form, members, note_form)
    try:
        act = workflow.adopt(
            shown,
            _registration(form, members),
            by=signed_in(request),
            note=note_form.cleaned_data["nota"],
            seen=request.POST.get("letto", ""),
        )
    except workflow.Refused as refusal:
        now = Deliberation.objects.filter(pk=shown.pk).first()
        if now is None or now.registered_at:
            messages.info(request, str(refusal))
            return redirect("proposal", slug, shown.pk)
        return _preview(request, shown, form, members, note_form, problem=str(refusal))
    messages.success(request, f"La {act.short} è registrata: le sue schede sono adottate. {act.days.explain()[-1]}")
    return redirect("act", slug, act.slug)
