"""The Relazione of a year: how far it is, what it lacks, its files."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from deliberations.calendar import on_the
from documents.models import DamagedDocumentError
from documents.render import PdfUnavailable
from evaluations.charts import results_chart
from evaluations.choices import ReportState, ValidationState
from evaluations.models import Report
from evaluations.papers.report.checks import due_on
from evaluations.papers.report.content import ReportPaper
from evaluations.papers.report.printed import report_pdf, sector_results
from evaluations.papers.report.reading import report_paper
from evaluations.papers.report.word import MIME, report_docx
from evaluations.permissions import sectors_read
from evaluations.plan_charts import Pictured, pictured
from evaluations.report_printing import draft_name, find_draft, is_long, making, print_draft
from evaluations.reporting import OUTSIDE, approved_too_early, begin_report, findings_for, report_for, why_not_unfreeze
from objectives.models import Plan
from objectives.permissions import Standing, standing_at
from objectives.rules.findings import blocking
from objectives.views.downloads import prepare, send, unavailable
from objectives.views.finding import find_plan, no_plan, signed_in
from objectives.workflow import Refused
from organisation.access import Place, get_place
from organisation.models import Sector
from organisation.roles import Deed

read_or_retry = require_http_methods(["GET", "HEAD", "POST"])
DRAFTS_ARE_PRIVATE = "La bozza della Relazione la vedono il Segretario e chi inserisce i risultati."


@dataclass(frozen=True)
class Passage:
    """A step of the Relazione: what was done, by whom, when."""

    words: str
    by: Any
    at: dt.datetime


@dataclass(frozen=True)
class SectorText:
    """A settore on the page: how many sheets it has, what it wrote, and whether the person may write it."""

    sector: Sector
    sheets: int
    text: str
    may_write: bool


@dataclass(frozen=True)
class DueDay:
    """The day by which the Relazione is due (R33), and how far off it is; `sentence` says so."""

    day: dt.date
    today: dt.date
    approved: dt.date | None

    @property
    def late(self) -> bool:
        return (self.approved or self.today) > self.day

    @property
    def sentence(self) -> str:
        due = f"Da approvare entro {on_the(self.day)}"
        days = abs((self.day - (self.approved or self.today)).days)
        count = "un giorno" if days == 1 else f"{days} giorni"
        if self.approved:
            return f"{due}: approvata {on_the(self.approved)}" + (f", con {count} di ritardo." if self.late else ".")
        return (
            f"{due}: è in ritardo di {count}."
            if self.late
            else f"{due}: {'manca' if days == 1 else 'mancano'} {count}."
        )


@never_cache
@require_safe
def report(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Show how far the Relazione of a year is, what it lacks, and what there is to do."""
    place = get_place(request, slug)
    plan = find_plan(place, year)
    if plan is None:
        return no_plan(request, place, year)
    found, person = report_for(plan), standing_at(place)
    context: dict[str, Any] = {
        "plan": plan,
        "report": found,
        "may_prepare": person.may(Deed.EVALUATE),
        "sees_draft": _sees_draft(person),
        "due": due_day(plan, found),
    }
    if found and found.state == ReportState.BOZZA and _sees_draft(person):
        context |= _draft(place, found, person)
    elif found and found.state != ReportState.BOZZA:
        context |= _final(found)
    return render(request, "evaluations/report.html", context)


@require_POST
def report_begin(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Begin the Relazione of a year."""
    place = get_place(request, slug, Deed.EVALUATE)
    plan = find_plan(place, year)
    if plan is None:
        return no_plan(request, place, year)
    try:
        begin_report(plan, by=signed_in(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("report", slug, year)


@never_cache
@read_or_retry
def report_file(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Send the PDF: the final one as it was frozen, of a draft one that says so on every page."""
    place = get_place(request, slug)
    found = get_report(place, year)
    try:
        if found.document:
            return send(found.document)
        return _draft_file(request, found, _reads(_draft_reader(place, request)))
    except (PdfUnavailable, DamagedDocumentError) as reason:
        return unavailable(request, reason)


@never_cache
@require_safe
def report_word(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Send the draft as .docx, for a word processor."""
    place = get_place(request, slug)
    found = get_report(place, year)
    paper = report_paper(found, reads=_reads(_draft_reader(place, request)))
    return _attachment(report_docx(paper), f"relazione-{year}-bozza.docx", MIME)


def get_report(place: Place, year: int) -> Report:
    """Return the Relazione of a year of the entity. Raises Http404 with a sentence."""
    plan = find_plan(place, year)
    found = report_for(plan) if plan else None
    if found is None:
        raise Http404(f"La Relazione sulla performance {year} non è ancora iniziata.")
    return found


def due_day(plan: Plan, report: Report | None) -> DueDay:
    """Return the day by which the Relazione is due, with the day it was approved if it was."""
    act = report.act if report else None
    return DueDay(due_on(plan.year), timezone.localdate(), act.session_on if act else None)


def _sees_draft(person: Standing) -> bool:
    """Whoever writes it, or enters the results it tells."""
    return person.may(Deed.RESULTS) or person.may(Deed.EVALUATE)


def _draft_reader(place: Place, request: HttpRequest) -> Standing:
    """The person, who may see drafts. Raises PermissionDenied for others."""
    person = standing_at(place)
    if not _sees_draft(person):
        raise PermissionDenied(DRAFTS_ARE_PRIVATE)
    return person


def _reads(person: Standing) -> list[int] | None:
    """The settori of which a draft tells the person what is not final yet; None for all."""
    known = sectors_read(person)
    return None if known is None else sorted(known)


def _draft_file(request: HttpRequest, found: Report, reads: list[int] | None) -> HttpResponse:
    """A short draft is printed at once, a long one by the worker, which keeps it until it says something else."""
    paper = report_paper(found, reads=reads)
    if known := find_draft(found, paper):
        return send(known, lambda: report_pdf(paper))
    if not is_long(paper):
        return _attachment(report_pdf(paper), draft_name(found), "application/pdf")
    told = {"plan": found.plan, "paper": paper}
    return prepare(
        request, print_draft, {"report": found.pk, "reads": reads}, told, "evaluations/report_preparing.html"
    )


def _draft(place: Place, found: Report, person: Standing) -> dict[str, Any]:
    paper = report_paper(found, reads=_reads(person))
    findings = findings_for(found, paper)
    sectors = {sector.pk: sector for sector in place.entity.sectors.all()}
    prepares, own = person.may(Deed.EVALUATE), person.sectors_for(Deed.RESULTS)
    return {
        "paper": paper,
        "picture": _picture(paper) if paper.measured else None,
        "findings": findings,
        "blocking": blocking(findings),
        "making": making(found) if person.may(Deed.EVALUATE) else None,
        "passages": _passages(found),
        "sectors": [
            SectorText(sectors[one.pk], len(one.sheets), one.text, prepares or own is None or one.pk in own)
            for one in paper.sectors
        ],
    }


def _picture(paper: ReportPaper) -> Pictured:
    """The two averages of each settore, with those of the plan in the table."""
    return pictured(
        results_chart,
        sector_results(paper),
        title="I risultati",
        columns=("Settore", "Media valore raggiunto", "Media rispetto dei tempi", "Schede sotto l'atteso"),
        rows=paper.result_lines,
    )


def _final(found: Report) -> dict[str, Any]:
    last = found.validations.first()
    waits = last is not None and last.state != ValidationState.RESTITUITA
    document = found.document
    return {
        "document": document,
        "made_outside": document is not None and OUTSIDE.lower() in document.subject,
        "too_early": approved_too_early(found),
        "validation": last,
        "may_send": found.state == ReportState.APPROVATA and not waits,
        "why_not_unfreeze": why_not_unfreeze(found),
        "passages": _passages(found),
    }


def _passages(found: Report) -> list[Passage]:
    """The steps of the Relazione, from its beginning: the changes of its state, not those of its texts."""
    steps, state = [], ""
    for row in found.history.select_related("history_user").order_by("history_id"):
        if row.state != state:
            steps.append(
                Passage(row.history_change_reason or row.get_state_display(), row.history_user, row.history_date)
            )
            state = row.state
    return steps


def _attachment(content: bytes, name: str, mime: str) -> HttpResponse:
    response = HttpResponse(content, content_type=mime)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
