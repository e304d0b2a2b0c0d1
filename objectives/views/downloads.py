"""The PDFs of sheets, acts and plans: kept ones at once, large ones prepared outside the request."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from documents.handing_over import hand_over
from documents.jobs import died
from documents.models import DamagedDocumentError, Document
from documents.render import PdfUnavailable, require_printing
from objectives.printing import (
    bind_collection,
    collection_document,
    find_collection_document,
    printed_of,
    render_version,
    sheet_document,
    sheet_subject,
)
from objectives.tasks import find_collection, print_collection
from objectives.views.finding import adopted_sheets, find_plan, get_act, get_sheet
from objectives.views.plan import DayForm
from organisation.access import Place, get_place

NAMES_A_VERSION = ("fingerprint", "state", "on_file", "deliberation__in_force_from")
WHOLE = ("objective__plan__entity", "sector", "manager", "deliberation__entity")
read_or_retry = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def sheet_pdf(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send the PDF of one adopted version."""
    place = get_place(request, slug)
    sheets = adopted_sheets(place)
    named = get_sheet(sheets.select_related("deliberation").only(*NAMES_A_VERSION).order_by(), pk)
    known = place.entity.documents.filter(subject=sheet_subject(named)).first()
    try:
        document = known or sheet_document(sheets.select_related(*WHOLE).get(pk=pk))
        return send(document, lambda: render_version(sheets.select_related(*WHOLE).get(pk=pk)))
    except (PdfUnavailable, DamagedDocumentError) as reason:
        return unavailable(request, reason)


@read_or_retry
def act_pdf(request: HttpRequest, slug: str, act: str) -> HttpResponse:
    """Send the sheets of an act as one PDF."""
    place = get_place(request, slug)
    return send_collection(request, act=get_act(place, act).pk)


@read_or_retry
def plan_pdf(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Send the plan in force today as one PDF."""
    place = get_place(request, slug)
    return send_collection(request, plan=plan_number(place, year), day=timezone.localdate().isoformat())


@read_or_retry
def plan_on_pdf(request: HttpRequest, slug: str, year: int, day: str) -> HttpResponse:
    """Send the plan in force on a day as one PDF."""
    place = get_place(request, slug)
    form = DayForm({"giorno": day})
    if not form.is_valid():
        raise Http404(form.errors["giorno"][0])
    return send_collection(request, plan=plan_number(place, year), day=form.cleaned_data["giorno"].isoformat())


@read_or_retry
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
        if len(collection.sheets) > settings.PDF_IN_REQUEST_SHEETS and not find_collection_document(collection):
            since = collection.since.isoformat() if collection.since else None
            named = {"plan": plan, "act": act, "day": since}
            told = {"collection": collection, "printed": printed_of(collection)}
            return prepare(request, print_collection, named, told)
        return send(collection_document(collection), lambda: bind_collection(collection))
    except LookupError as nothing:
        raise Http404(str(nothing)) from nothing
    except (PdfUnavailable, DamagedDocumentError) as reason:
        return unavailable(request, reason)


def prepare(
    request: HttpRequest,
    make: Task[..., int],
    named: dict[str, Any],
    told: dict[str, Any],
    template: str = "objectives/preparing.html",
) -> HttpResponse:
    """Have the PDF made by the background worker, once however often it is asked for, and show how far it is.

    `make` is the job, `named` what it is called with, `told` what the page says: a `collection` and how many of its
    sheets are `printed`. What failed is tried again when somebody says so (POST). Raises PdfUnavailable where no worker
    could make it.
    """
    require_printing()
    asked = DBTaskResult.objects.filter(task_path=make.module_path, args_kwargs={"args": [], "kwargs": named})
    last = asked.order_by("-enqueued_at").first()
    status = last.status if last else None
    failed = status == TaskResultStatus.FAILED or (last is not None and died(last))
    if status in (None, TaskResultStatus.SUCCESSFUL) or (failed and request.method == "POST"):
        make.enqueue(**named)
        failed = False
    if request.method == "POST":
        return redirect(request.path)
    response = render(request, template, {**told, "failed": failed}, status=500 if failed else 202)
    if not failed:
        response["Refresh"] = "3"  # seconds; the page that comes then is the PDF, if it is ready
    return response


def send(document: Document, make: Callable[[], bytes] | None = None) -> HttpResponse:
    """Send a kept file, checked against its hash; `make` makes it again if it was lost. Raises DamagedDocumentError."""
    response = hand_over(document, make)
    response["Content-Disposition"] = f'attachment; filename="{document.name}"'
    response["ETag"] = f'"{document.sha256}"'
    response["Cache-Control"] = "private, no-cache"
    return response


def unavailable(request: HttpRequest, reason: PdfUnavailable | DamagedDocumentError) -> HttpResponse:
    """Say that this installation can't make PDFs, or that a kept one is spoilt, and what to do."""
    context = {"reason": str(reason), "damaged": isinstance(reason, DamagedDocumentError)}
    return render(request, "objectives/pdf_unavailable.html", context, status=503)
