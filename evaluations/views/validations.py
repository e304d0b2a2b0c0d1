"""The Nucleo's desk: what there is to validate, one package with what changed in it, and the remarks on its sheets."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaluations import validating
from evaluations.choices import ValidationKind, ValidationState
from evaluations.desk import Desk, DeskLine, desk_of
from evaluations.docket import last_acts, later_act, listed, to_send, validations_of
from evaluations.forms.validation import RemarkForm
from evaluations.models import Remark, Validation
from objectives.models import Plan, Sheet
from objectives.views.finding import get_act, signed_in
from objectives.views.sheet_content import sheet_content
from objectives.workflow import Refused, Stale
from organisation.access import Place, get_place
from organisation.roles import Deed, roles_that_may

NEXT = "prossima"
NOT_THERE = "Questa validazione non è in archivio."


@never_cache
@require_safe
def validations(request: HttpRequest, slug: str) -> HttpResponse:
    """List the validations: what waits first, then what the Nucleo decided, by plan. ?atto= leaves those of one act."""
    place = get_place(request, slug)
    act = get_act(place, request.GET["atto"]) if request.GET.get("atto") else None
    found = validations_of(place.entity)
    rows = listed(place.entity, found.filter(act=act) if act else found)
    sendable = to_send(place.entity) if place.may(Deed.EVALUATE) else []
    context = {
        "act": act,
        "waiting": [row for row in reversed(rows) if not row.validation.is_decided],
        "decided": sorted(
            (row for row in rows if row.validation.is_decided), key=lambda row: row.validation.plan.year, reverse=True
        ),
        "to_send": [(plan, last) for plan, last in sendable if act is None or last.pk == act.pk],
        "may_validate": place.may(Deed.VALIDATE),
    }
    return render(request, "evaluations/validations.html", context)


@never_cache
@require_POST
def validation_request(request: HttpRequest, slug: str, act: str) -> HttpResponse:
    """Send the plan as it is after an act to the Nucleo. `anno` says which plan, where the act changes several."""
    place = get_place(request, slug, Deed.EVALUATE)
    adopted = get_act(place, act)
    plans = Plan.objects.filter(entity=place.entity, objectives__sheets__deliberation=adopted).distinct()
    year = request.POST.get("anno", "")
    plan = plans.filter(year=year).first() if year.isdecimal() and len(year) == 4 else plans.order_by("-year").first()
    if plan is None:
        raise Http404(f"La {adopted.short} non contiene schede di un piano: non c'è niente da validare.")
    try:
        sent = validating.request_validation(plan, act=adopted, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('validations', args=[slug])}?atto={act}")
    messages.success(request, "Il fascicolo è in preparazione: quando è pronto, il Nucleo lo trova qui.")
    return redirect("validation", slug, sent.pk)


@never_cache
@require_safe
def validation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show a validation: how far it is, the package with its hashes, its sheets, and what the Nucleo said."""
    place = get_place(request, slug)
    shown = get_validation(place, pk)
    desk = desk_of(shown, with_remarks=reads_remarks(place, shown))
    only_changed = desk.before is not None and request.GET.get("solo") == "cambiate"
    context = {
        "validation": shown,
        "desk": desk,
        "sectors": desk.changed_sectors if only_changed else desk.sectors,
        "only_changed": only_changed,
        "later": later_act(shown, last_acts(place.entity)),
        "may_note": notes(place, shown),
        "reads_remarks": reads_remarks(place, shown),
        "may_download": downloads(place, shown),
        "works_on_it": works_on_it(place),
    }
    return render(request, "evaluations/validation.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def validation_sheet(request: HttpRequest, slug: str, pk: int, sheet: int) -> HttpResponse:
    """Read a sheet of the package beside its last validated version; the Nucleo notes its remark here."""
    place = get_place(request, slug)
    shown = get_validation(place, pk)
    desk = desk_of(shown, with_remarks=reads_remarks(place, shown))
    line = next((one for one in desk.lines if one.sheet.pk == sheet), None)
    if line is None:
        raise Http404("Questa scheda non è nel fascicolo di questa validazione.")
    if request.method == "POST":
        return _note(request, place, desk, line)
    return _show(request, place, desk, line, _remark_form(line.remark))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def validation_remark(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Note the remark of the Nucleo that concerns the whole package."""
    place = get_place(request, slug, Deed.VALIDATE)
    shown = get_validation(place, pk)
    desk = desk_of(shown, with_remarks=True)
    if request.method == "POST":
        return _note(request, place, desk, None)
    return _show(request, place, desk, None, _remark_form(desk.general))


def get_validation(place: Place, pk: int) -> Validation:
    """Return a validation of the entity. Raises Http404 with a sentence."""
    found = validations_of(place.entity).select_related("bound", "archive", "validated_bound", "validated_archive")
    shown = found.filter(pk=pk).first()
    if shown is None:
        raise Http404(NOT_THERE)
    shown.plan.entity = place.entity
    return shown


def reads_remarks(place: Place, shown: Validation) -> bool:
    """Tell whether the person may read the remarks: until the decision only the Nucleo."""
    return shown.is_decided or place.may(Deed.VALIDATE)


def works_on_it(place: Place) -> bool:
    """Tell whether the person sends validations or decides them."""
    return place.may(Deed.VALIDATE) or place.may(Deed.EVALUATE)


def downloads(place: Place, shown: Validation) -> bool:
    """Tell whether the person may take the whole package away: who works on it, everybody a validated plan.

    The package of a Relazione holds results of persons.
    """
    return works_on_it(place) or (shown.is_valid and shown.kind == ValidationKind.ATTO)


def notes(place: Place, shown: Validation) -> bool:
    """Tell whether the person may write remarks, and decide, now."""
    return shown.state == ValidationState.DA_VALIDARE and place.may(Deed.VALIDATE)


def _remark_form(remark: Remark | None, typed: str | None = None) -> RemarkForm:
    """The form with the remark as it is, or with what was typed in its place, to be saved over it."""
    version = remark.row_version if remark else None
    if typed is not None:
        return RemarkForm({"testo": typed, "versione": version})
    return RemarkForm(initial={"testo": remark.text if remark else "", "versione": version})


def _note(request: HttpRequest, place: Place, desk: Desk, line: DeskLine | None) -> HttpResponse:
    """Keep a remark, on a sheet or on the package; else show what is in the way, with what was typed."""
    if not place.may(Deed.VALIDATE):
        raise PermissionDenied(f"I rilievi li scrive chi è {' o '.join(roles_that_may(Deed.VALIDATE))}.")
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _show(request, place, desk, line, form, 422)
    text, version = form.cleaned_data["testo"].strip(), form.cleaned_data["versione"]
    sheet = line.sheet if line else None
    stored = line.remark if line else desk.general
    try:
        if text != (stored.text if stored else ""):
            validating.remark(desk.validation, sheet, text, by=signed_in(request), row_version=version)
    except Stale as stale:
        messages.error(request, str(stale))
        now = stale.stored if isinstance(stale.stored, Remark) else None
        return _show(request, place, desk, line, _remark_form(now, text), 409, now)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _show(request, place, desk, line, form, 422)
    messages.success(request, "Rilievo salvato." if text else "Nessun rilievo.")
    return redirect(_after(place.entity.slug, desk, line, onward=request.POST.get("poi") == NEXT))


def _after(slug: str, desk: Desk, line: DeskLine | None, *, onward: bool) -> str:
    """Where one goes on: to the next sheet, or back to the package."""
    following = neighbours(desk, line)[1] if line and onward else None
    if following:
        return reverse("validation_sheet", args=[slug, desk.validation.pk, following.sheet.pk])
    where = f"scheda-{line.sheet.pk}" if line else "rilievo"
    return f"{reverse('validation', args=[slug, desk.validation.pk])}#{where}"


def neighbours(desk: Desk, line: DeskLine) -> tuple[DeskLine | None, DeskLine | None]:
    """Return the sheets before and after one, in the order of the package."""
    keys = [one.sheet.pk for one in desk.lines]
    at = keys.index(line.sheet.pk)
    return desk.lines[at - 1] if at else None, desk.lines[at + 1] if at + 1 < len(keys) else None


def _show(
    request: HttpRequest,
    place: Place,
    desk: Desk,
    line: DeskLine | None,
    form: RemarkForm,
    status: int = 200,
    stored: Remark | None = None,
) -> HttpResponse:
    """Show a sheet of the package with the form of its remark, or the form of the general one."""
    context = {
        "validation": desk.validation,
        "desk": desk,
        "line": line,
        "form": form,
        "stored": stored,
        "may_note": notes(place, desk.validation),
        "may_download": downloads(place, desk.validation),
        "reads_remarks": reads_remarks(place, desk.validation),
    }
    if line is None:
        return render(request, "evaluations/validation_remark.html", context, status=status)
    before, after = neighbours(desk, line)
    whole = Sheet.objects.with_rows().select_related("substitutes__deliberation__entity").get(pk=line.sheet.pk)
    context |= {**sheet_content(whole), "act": whole.deliberation, "previous": before, "following": after}
    return render(request, "evaluations/validation_sheet.html", context, status=status)
