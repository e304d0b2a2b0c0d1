"""The public PDFs: of a sheet at once, of a plan when the worker has made it."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from documents.jobs import died
from documents.models import DamagedDocumentError, Document
from documents.render import PdfUnavailable, require_printing
from organisation.rates import limited_by_address
from publication.answering import changed, in_public
from publication.plans import PublicPlan, public_plan, published_entity
from publication.printing import Leaf, PublicBook, book_after, sheet_document
from publication.readings import read_sheet
from publication.tasks import print_public_plan

TRIED_AGAIN = timedelta(hours=1)
"""After a failure. Who reads these pages can't be asked to say when."""
REFRESH = 10
"""Seconds after which the page of a plan that is being made looks again."""


@limited_by_address("public_pdf")
@in_public
def sheet_pdf(request: HttpRequest, entity: str, year: int, objective: int, act: str) -> HttpResponse:
    """Hand out an objective as an act left it."""
    found = public_plan(published_entity(entity), year)
    leaf = Leaf(found, read_sheet(found, objective, found.act(act)).sheet)
    try:
        document = sheet_document(leaf)
        return _file(document, document.read_or_restore(leaf.render), found)
    except (PdfUnavailable, DamagedDocumentError):
        return _unavailable(request, found)


@limited_by_address("public_pdf")
@in_public
def plan_pdf(request: HttpRequest, entity: str, year: int, act: str) -> HttpResponse:
    """Hand out the plan after an act; one that is not made yet is made by the worker, with its progress."""
    found = public_plan(published_entity(entity), year)
    try:
        book = book_after(found, found.act(act))
        if document := book.known():
            return _file(document, document.read_or_restore(book.bind), found)
        return _preparing(request, book)
    except LookupError as nothing:
        raise Http404(str(nothing)) from nothing
    except (PdfUnavailable, DamagedDocumentError):
        return _unavailable(request, found)


def _preparing(request: HttpRequest, book: PublicBook) -> HttpResponse:
    """Have it made, once however often it is asked for, and show how far it is. Raises PdfUnavailable."""
    require_printing()
    plan = book.found.plan
    named: dict[str, Any] = {"entity": plan.entity.slug, "year": plan.year, "act": book.act.slug}
    path = print_public_plan.module_path
    asked = DBTaskResult.objects.filter(task_path=path, args_kwargs={"args": [], "kwargs": named})
    last = asked.order_by("-enqueued_at").first()
    if last is None or last.status == TaskResultStatus.SUCCESSFUL or _due_again(last):
        print_public_plan.enqueue(**named)
    elif last.status == TaskResultStatus.FAILED:
        return _unavailable(request, book.found)
    context = {"entity": plan.entity, "book": book, "printed": book.printed}
    response = render(request, "publication/preparing.html", context, status=202)
    response["Refresh"] = str(REFRESH)
    return response


def _due_again(job: DBTaskResult) -> bool:
    """Tell whether a job failed or was stopped, long enough ago to be tried again."""
    failed = job.status == TaskResultStatus.FAILED and timezone.now() - job.enqueued_at > TRIED_AGAIN
    return failed or died(job)


def _unavailable(request: HttpRequest, found: PublicPlan) -> HttpResponse:
    return render(
        request, "publication/pdf_unavailable.html", {"entity": found.plan.entity, "found": found}, status=503
    )


def _file(document: Document, content: bytes, found: PublicPlan) -> HttpResponse:
    answer = HttpResponse(content, content_type=document.mime)
    answer["Content-Disposition"] = f'inline; filename="{document.name}"'
    answer["ETag"] = f'"{document.sha256}"'
    return changed(answer, found.changed_at)
