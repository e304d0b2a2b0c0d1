"""The PDFs of sheets, acts and plans: kept ones at once, large ones prepared outside the request."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from documents.models import Document
from documents.render import PdfUnavailable
from objectives.printing import (
    Collection,
    collection_document,
    find_collection_document,
    printed_of,
    sheet_document,
    sheet_subject,
)
from objectives.tasks import find_collection, print_collection
from objectives.views.finding import adopted_sheets, find_plan, get_act, get_sheet
from objectives.views.plan import DayForm
from organisation.access import Place, get_place

NAMES_A_VERSION = ("fingerprint", "state", "on_file", "deliberation__in_force_from")
UNDER_WAY = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


@require_safe
def sheet_pdf(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send the PDF of one adopted version."""
    place = get_place(request, slug)
    sheets = adopted_sheets(place)
    named = get_sheet(sheets.select_related("deliberation").only(*NAMES_A_VERSION).order_by(), pk)
    if known := place.entity.documents.filter(subject=sheet_subject(named)).first():
        return send(known)
    try:
        related = ("objective__plan__entity", "sector", "manager", "deliberation__entity")
        return send(sheet_document(sheets.select_related(*related).get(pk=pk)))
    except PdfUnavailable as reason:
        return unavailable(request, reason)


@require_safe
def act_pdf(request: HttpRequest, slug: str, act: str) -> HttpResponse:
    """Send the sheets of an act as one PDF."""
    place = get_place(request, slug)
    return send_collection(request, act=get_act(place, act).pk)


@require_safe
def plan_pdf(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Send the plan in force today as one PDF."""
    place = get_place(request, slug)
    return send_collection(request, plan=plan_number(place, year), day=timezone.localdate().isoformat())


@require_safe
def plan_on_pdf(request: HttpRequest, slug: str, year: int, day: str) -> HttpResponse:
    """Send the plan in force on a day as one PDF."""
    place = get_place(request, slug)
    form = DayForm({"giorno": day})
    if not form.is_valid():
        raise Http404(form.errors["giorno"][0])
    return send_collection(request, plan=plan_number(place, year), day=form.cleaned_data["giorno"].isoformat())


@require_safe
def plan_after_pdf(request: HttpRequest, slug: str, year: int, act: str) -> HttpResponse:
    """Send the plan as it results after an act as one PDF."""
    place = get_place(request, slug)
    return send_collection(request, plan=plan_number(place, year), act=get_act(place, act).pk)


def plan_number(place: Place, year: int) -> int:
    """Return the primary key of the entity's plan of `year`. Raises Http404 with a sentence."""
    plan = find_plan(place, year)
    if plan is None:
        raise Http404(f"Non c'è un piano per il {year}.")
    return plan.pk


def send_collection(
    request: HttpRequest, plan: int | None = None, act: int | None = None, day: str | None = None
) -> HttpResponse:
    """Send the assembled PDF; a large one that is not made yet is prepared outside the request, with its progress."""
    try:
        collection = find_collection(plan, act, day)
        if document := find_collection_document(collection):
            return send(document)
        if len(collection.sheets) > settings.PDF_IN_REQUEST_SHEETS:
            return prepare(request, collection, {"plan": plan, "act": act, "day": day})
        return send(collection_document(collection))
    except LookupError as nothing:
        raise Http404(str(nothing)) from nothing
    except PdfUnavailable as reason:
        return unavailable(request, reason)


def prepare(request: HttpRequest, collection: Collection, named: dict[str, Any]) -> HttpResponse:
    """Have the PDF made by the background worker, once however often it is asked for, and show how far it is."""
    asked = DBTaskResult.objects.filter(
        task_path=print_collection.module_path, args_kwargs={"args": [], "kwargs": named}
    )  # fmt: skip
    failed = asked.filter(status=TaskResultStatus.FAILED).exists() and not asked.filter(status__in=UNDER_WAY).exists()
    if "riprova" in request.GET or not asked.exclude(status=TaskResultStatus.SUCCESSFUL).exists():
        print_collection.enqueue(**named)
        failed = False
    context = {"collection": collection, "printed": printed_of(collection), "failed": failed}
    response = render(request, "objectives/preparing.html", context, status=500 if failed else 202)
    if not failed:
        response["Refresh"] = "3"  # seconds; the page that comes then is the PDF, if it is ready
    return response


def send(document: Document) -> HttpResponse:
    """Send a kept file, checked against its hash."""
    response = HttpResponse(document.read(), content_type=document.mime)
    response["Content-Disposition"] = f'attachment; filename="{document.name}"'
    response["ETag"] = f'"{document.sha256}"'
    response["Cache-Control"] = "private, no-cache"
    return response


def unavailable(request: HttpRequest, reason: PdfUnavailable) -> HttpResponse:
    """Say that this installation can't make PDFs, and what to do."""
    return render(request, "objectives/pdf_unavailable.html", {"reason": str(reason)}, status=503)
