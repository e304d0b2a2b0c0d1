"""A Relazione printed outside a request: a long draft, and a long final text, which becomes final as it is kept.

The job that prints the final text freezes it too, in the name of who asked, if it still says what it said then. Killed
in the middle it leaves a draft; two that meet make one final text.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from documents.jobs import died
from documents.models import Document, freeze
from documents.render import PdfUnavailable, require_printing
from evaluations.models import Report
from evaluations.papers.report.content import ReportPaper
from evaluations.papers.report.printed import report_pdf
from evaluations.papers.report.reading import report_paper
from evaluations.reporting import final_paper, freeze_report
from objectives.workflow import Refused
from organisation.holding import hold
from organisation.models import User
from organisation.recording import recording

STOPPED = "La preparazione si è fermata prima della fine. La Relazione è ancora in bozza: si può chiedere di nuovo."


@dataclass(frozen=True)
class Making:
    """The last time that a final text was asked for: whether it is being made; else `problem`, why there is none."""

    since: dt.datetime
    problem: str = ""

    @property
    def goes_on(self) -> bool:
        """Whether the text is on its way."""
        return not self.problem


@task()
def print_draft(report: int, reads: list[int] | None) -> int:
    """Print a draft as it is by now, for who `reads` these settori (report_paper); return its document's number."""
    found = _find(report)
    return draft_document(found, report_paper(found, reads=reads)).pk


@task()
def print_final(report: int, by: int, row_version: int, fingerprint: str) -> str:
    """Make the final text in the name of who asked for it; return why there is none, empty where there is one."""
    try:
        freeze_report(_find(report), by=User.objects.get(pk=by), row_version=row_version, fingerprint=fingerprint)
    except (Refused, PdfUnavailable) as reason:
        return str(reason)
    return ""


def is_long(paper: ReportPaper) -> bool:
    """Tell whether printing takes longer than a request should."""
    return paper.sheet_count > settings.DOSSIER_IN_REQUEST_SHEETS


def find_draft(report: Report, paper: ReportPaper) -> Document | None:
    """Return the PDF of a draft that says just this, if it was printed outside a request."""
    return Document.objects.filter(entity=report.plan.entity, subject=_subject(report, paper)).first()


def draft_document(report: Report, paper: ReportPaper) -> Document:
    """Return the PDF of a draft, printed now if it never was. Raises PdfUnavailable."""
    if known := find_draft(report, paper):
        return known
    content, name = report_pdf(paper), draft_name(report)
    with recording(by=None, why="Stampa in PDF"):
        return freeze(entity=report.plan.entity, subject=_subject(report, paper), name=name, content=content)


def draft_name(report: Report) -> str:
    """What the file of a draft is called."""
    return f"relazione-{report.plan.year}-bozza.pdf"


def ask_final(report: Report, *, by: User, row_version: int) -> None:
    """Have the final text made from the texts of the program; asked for again while it is being made, once.

    Raises what freeze_report raises, before anything is begun.
    """
    require_printing()
    with transaction.atomic():
        hold(Report.objects.filter(pk=report.pk))
        paper = final_paper(report, by=by, row_version=row_version)
        last = making(report)
        if last is None or not last.goes_on:
            print_final.enqueue(report=report.pk, by=by.pk, row_version=row_version, fingerprint=paper.fingerprint)


def making(report: Report) -> Making | None:
    """Return how far the final text of a draft is, None where nobody asked for it since its texts were saved."""
    named = {"args_kwargs__kwargs__report": report.pk, "args_kwargs__kwargs__row_version": report.row_version}
    asked = DBTaskResult.objects.filter(task_path=print_final.module_path, **named)
    last = asked.order_by("-enqueued_at").first()
    return Making(last.enqueued_at, _problem(last)) if last else None


def _problem(job: Any) -> str:
    """Why a job made no final text; empty while it may."""
    if job.status == TaskResultStatus.SUCCESSFUL:
        return str(job.return_value or "")
    return STOPPED if job.status == TaskResultStatus.FAILED or died(job) else ""


def _find(report: int) -> Report:
    found: Report = Report.objects.select_related("plan__entity").get(pk=report)
    return found


def _subject(report: Report, paper: ReportPaper) -> str:
    return f"relazione {report.plan_id} · bozza · {paper.fingerprint}"
