"""What is done with the Relazione: its texts written, the final PDF frozen, taken back, approved, handed over."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from documents.render import PdfUnavailable
from evaluations import reporting
from evaluations.choices import ReportState
from evaluations.forms.reports import ApprovalForm, FreezeForm, ReportTextsForm, SectorTextForm, UnfreezeForm
from evaluations.models import Report, ReportText
from evaluations.papers.report.reading import report_paper
from evaluations.report_printing import Making, ask_final, is_long, making
from evaluations.validating import request_validation
from evaluations.views.finding import get_sector
from evaluations.views.reports import get_report
from objectives.rules.findings import WARNING, blocking
from objectives.views.downloads import unavailable
from objectives.views.finding import signed_in
from objectives.workflow import Refused, Stale
from organisation.access import get_place
from organisation.models import Sector
from organisation.roles import Deed

TEXTS = ("presentation", "context", "conclusions")
page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@page
def report_text(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Write the Segretario's texts; what somebody else saved meanwhile is shown beside, never overwritten."""
    found = get_report(get_place(request, slug, Deed.EVALUATE), year)
    if request.method != "POST":
        stored = {name: getattr(found, name) for name in (*TEXTS, "row_version")}
        return _text_page(request, found, ReportTextsForm(initial=stored))
    form = ReportTextsForm(request.POST)
    if form.is_valid():
        texts, version = form.texts(), form.cleaned_data["row_version"]
        try:
            reporting.word_report(found, **texts, by=signed_in(request), row_version=version)
        except Stale as stale:
            mine = ReportTextsForm(initial={**texts, "row_version": stale.stored.row_version})
            return _conflict(request, found, mine, stale.stored, TEXTS)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Testi salvati.")
            return redirect("report", slug, year)
    return _text_page(request, found, form)


@never_cache
@page
def report_sector(request: HttpRequest, slug: str, year: int, sector: int) -> HttpResponse:
    """Write what a settore says of its year; both texts are shown where somebody else saved another."""
    place = get_place(request, slug)
    found, shown = get_report(place, year), get_sector(place, sector)
    if refusal := reporting.why_not_word_sector(found, shown, signed_in(request)):
        raise PermissionDenied(refusal)
    if request.method != "POST":
        stored = ReportText.objects.filter(report=found, sector=shown).first()
        initial = {"text": stored.text if stored else "", "row_version": stored.row_version if stored else 0}
        return _text_page(request, found, SectorTextForm(initial=initial), shown)
    form = SectorTextForm(request.POST)
    if form.is_valid():
        text, version = form.cleaned_data["text"], form.cleaned_data["row_version"]
        try:
            reporting.word_sector(found, shown, text=text, by=signed_in(request), row_version=version)
        except Stale as stale:
            mine = SectorTextForm(initial={"text": text, "row_version": stale.stored.row_version})
            return _conflict(request, found, mine, stale.stored, ("text",), shown)
        except Refused as other:
            form.add_error(None, str(other))
        else:
            messages.success(request, f"Testo di {shown.short_name} salvato.")
            return redirect("report", slug, year)
    return _text_page(request, found, form, shown)


@never_cache
@page
def report_freeze(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Choose where the final text comes from, and freeze it; a long one is made by the worker, with its progress.

    A PDF that somebody brings meanwhile is taken: what the worker makes then comes too late.
    """
    found = get_report(get_place(request, slug, Deed.EVALUATE), year)
    if found.state != ReportState.BOZZA:
        return redirect("report", slug, year)
    last = making(found)
    if last and last.goes_on and not request.FILES:
        return _wait(request, found, last)
    form = FreezeForm(_posted(request), request.FILES or None, initial={"row_version": found.row_version})
    if form.is_valid():
        upload, version = form.upload(), form.cleaned_data["row_version"]
        try:
            if upload is None and is_long(report_paper(found)):
                ask_final(found, by=signed_in(request), row_version=version)
                return redirect(request.path)
            reporting.freeze_report(found, upload=upload, by=signed_in(request), row_version=version)
        except PdfUnavailable as reason:
            return unavailable(request, reason)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "La Relazione è definitiva: ora la approva un atto.")
            return redirect("report", slug, year)
    findings = reporting.findings_for(found, report_paper(found))
    context = {
        "blocking": blocking(findings),
        "warnings": [one for one in findings if one.severity == WARNING],
        "last": last,
    }
    return _deed_page(request, found, form, "evaluations/report_freeze.html", **context)


@never_cache
@page
def report_unfreeze(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Make the Relazione a draft again, with a reason."""
    found = get_report(get_place(request, slug, Deed.EVALUATE), year)
    if refusal := reporting.why_not_unfreeze(found):
        messages.error(request, refusal)
        return redirect("report", slug, year)
    form = UnfreezeForm(_posted(request))
    if form.is_valid():
        reason = form.cleaned_data["motivo"]
        return _do(
            request,
            found,
            lambda: reporting.unfreeze_report(found, reason=reason, by=signed_in(request)),
            "La Relazione è di nuovo in bozza. Il testo definitivo di prima resta in archivio.",
        )
    return _deed_page(request, found, form, "evaluations/report_unfreeze.html")


@never_cache
@page
def report_approve(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Note the act that approved the Relazione."""
    place = get_place(request, slug, Deed.EVALUATE)
    found = get_report(place, year)
    if found.state != ReportState.CONGELATA:
        return redirect("report", slug, year)
    acts = place.entity.deliberations.registered().filter(session_on__year__gt=year).order_by("-session_on", "-number")
    form = ApprovalForm(_posted(request), acts)
    if form.is_valid():
        act = form.cleaned_data["atto"]
        done = f"La Relazione è approvata con la {act.short}: ora la valida il Nucleo di Valutazione."
        return _do(request, found, lambda: reporting.approve_report(found, act, by=signed_in(request)), done)
    return _deed_page(request, found, form, "evaluations/report_approve.html", any_act=acts.exists())


@require_POST
def report_send(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Hand the approved Relazione over to the Nucleo."""
    found = get_report(get_place(request, slug, Deed.EVALUATE), year)
    done = "La Relazione è trasmessa al Nucleo di Valutazione: il fascicolo è in preparazione."
    return _do(request, found, lambda: request_validation(found.plan, report=found, by=signed_in(request)), done)


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _wait(request: HttpRequest, found: Report, last: Making) -> HttpResponse:
    """The final text is on its way: the page that comes next is the Relazione, if it is there."""
    if request.method == "POST":
        return redirect(request.path)
    context = {"plan": found.plan, "paper": report_paper(found, final=True), "final": True, "since": last.since}
    response = render(request, "evaluations/report_preparing.html", context, status=202)
    response["Refresh"] = "3"  # seconds
    return response


def _text_page(request: HttpRequest, found: Report, form: Form, sector: Sector | None = None) -> HttpResponse:
    if found.state != ReportState.BOZZA and request.method != "POST":
        return redirect("report", found.plan.entity.slug, found.plan.year)
    return _deed_page(request, found, form, "evaluations/report_text.html", sector=sector)


def _conflict(
    request: HttpRequest, found: Report, mine: Form, stored: Any, names: tuple[str, ...], sector: Sector | None = None
) -> HttpResponse:
    """Both texts side by side: the person's own stays in the form, over the version saved meanwhile."""
    pairs = [(mine[name], getattr(stored, name)) for name in names]
    context = {
        "plan": found.plan,
        "report": found,
        "sector": sector,
        "form": mine,
        "differing": [(field, theirs) for field, theirs in pairs if field.value() != theirs],
        "same": [field for field, theirs in pairs if field.value() == theirs],
    }
    return render(request, "evaluations/report_text_conflict.html", context, status=409)


def _deed_page(request: HttpRequest, found: Report, form: Form, template: str, **context: Any) -> HttpResponse:
    told = {"plan": found.plan, "report": found, "form": form, **context}
    return render(request, template, told, status=422 if form.errors else 200)


def _do(request: HttpRequest, found: Report, deed: Callable[[], object], done: str) -> HttpResponse:
    """Do a deed and say so, or say why it was not done; then show the Relazione."""
    try:
        deed()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("report", found.plan.entity.slug, found.plan.year)
