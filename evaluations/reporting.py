"""The deeds around the Relazione sulla performance: begin, write, freeze, take back, approve (R32, R33).

The texts belong to who writes them: each settore its own, the Segretario the rest. What is frozen is one PDF, made from
the texts of the program or prepared outside it; nothing of it moves while it is frozen.
"""

import hashlib

from django.db import transaction
from django.utils import timezone

from deliberations.models import Deliberation
from documents.models import Document, freeze
from evaluations.choices import ReportState, ValidationState
from evaluations.models import Report, ReportText
from evaluations.papers.report.checks import check
from evaluations.papers.report.content import ReportPaper
from evaluations.papers.report.names import named_in, staff_names
from evaluations.papers.report.outside import NotAcceptable, checked, text_of
from evaluations.papers.report.printed import report_pdf
from evaluations.papers.report.reading import is_final, report_paper, verification_of
from objectives.models import Plan
from objectives.permissions import standing
from objectives.rules.findings import Finding, blocking
from objectives.workflow import Refused
from objectives.workflow.locking import unchanged
from organisation.holding import hold
from organisation.models import Sector, User
from organisation.recording import recording
from organisation.roles import Deed

REWORDED = "Il testo è cambiato dopo che la pagina è stata aperta: confrontare e scegliere."
MOVED = "La Relazione è cambiata mentre il testo definitivo veniva preparato: rileggerla, e ripetere."
ONLY = "La Relazione la prepara il Segretario; ogni settore scrive il testo che lo riguarda."
OUTSIDE = "PDF preparato fuori dal programma"
LONGEST_REASON = 70  # characters: the reason stands in one line of the history


def report_for(plan: Plan) -> Report | None:
    """Return the Relazione of a plan's year, if somebody began it."""
    related = ("plan__entity", "document", "act__entity", "round")
    found: Report | None = Report.objects.filter(plan=plan).select_related(*related).first()
    return found


def begin_report(plan: Plan, *, by: User) -> Report:
    """Begin the Relazione of a plan's year; one that was begun stays as it is. Raises Refused for the wrong role."""
    with transaction.atomic(), recording(by=by, why="Relazione sulla performance iniziata"):
        _may_prepare(plan, by)
        hold(Plan.objects.filter(pk=plan.pk))
        report = report_for(plan)
        if report is None:
            report = Report(plan=plan)
            report.save()
        return report


def word_report(
    report: Report, *, presentation: str, context: str, conclusions: str, by: User, row_version: int | None = None
) -> Report:
    """Save the Segretario's texts. The same again change nothing. Raises Refused, Stale where others were saved."""
    with transaction.atomic(), recording(by=by, why="Testo della Relazione"):
        held = _held_draft(report)
        _may_prepare(held.plan, by)
        wanted = {"presentation": presentation, "context": context, "conclusions": conclusions}
        if all(getattr(held, name) == value for name, value in wanted.items()):
            return held
        unchanged(held, row_version, REWORDED)
        for name, value in wanted.items():
            setattr(held, name, value)
        return _saved(held)


def word_sector(
    report: Report, sector: Sector, *, text: str, by: User, row_version: int | None = None
) -> ReportText | None:
    """Save what a settore says of its year; None where nothing was said and nothing is. Raises Refused and Stale.

    `row_version` is the one that the person read, 0 where there was no text yet.
    """
    with transaction.atomic(), recording(by=by, why="Testo di un settore nella Relazione"):
        held = _held_draft(report)
        if refusal := why_not_word_sector(held, sector, by):
            raise Refused(refusal)
        stored = ReportText.objects.filter(report=held, sector=sector).first()
        if text == (stored.text if stored else ""):
            return stored
        stored = stored or ReportText(report=held, sector=sector, row_version=0)
        unchanged(stored, row_version, REWORDED)
        stored.text = text
        stored.row_version += 1
        stored.save()
        return stored


def why_not_word_sector(report: Report, sector: Sector, by: User) -> str | None:
    """Return why the person may not write the text of a settore, or None: who works there may, and the Segretario."""
    plan = report.plan
    if sector.entity_id != plan.entity_id:
        return f"Il settore {sector.short_name} non è di {plan.entity}."
    person = standing(by, plan.entity)
    return None if person.may(Deed.EVALUATE) else person.why_not_sector(Deed.RESULTS, sector)


def findings_for(report: Report, paper: ReportPaper) -> list[Finding]:
    """Return what the Relazione, which says `paper`, still lacks, the gravest first (R30, R32, R33)."""
    return check(paper, names=staff_names(report.plan), closed=is_final(verification_of(report.plan)))


def final_paper(report: Report, *, by: User, row_version: int | None = None) -> ReportPaper:
    """Return what the final text says, if it may be made now.

    Raises Refused for the wrong role, for one that is final, while the final verification is open, where a text names
    staff (R32); Stale where its texts were saved after the person read them.
    """
    _may_prepare(report.plan, by)
    now = _draft(_now(report))
    unchanged(now, row_version, MOVED)
    paper = report_paper(now, final=True)
    if refused := blocking(findings_for(now, paper)):
        raise Refused("La Relazione non può ancora diventare definitiva.", refused)
    return paper


def freeze_report(
    report: Report,
    *,
    by: User,
    upload: bytes | None = None,
    row_version: int | None = None,
    fingerprint: str | None = None,
) -> Report:
    """Freeze the final text: from the texts of the program, or the PDF `upload`, kept byte for byte.

    Raises what final_paper raises, Refused also for a PDF that can't be kept and where the Relazione does not say what
    the paper of that `fingerprint` said; PdfUnavailable where none can be made.
    """
    paper = final_paper(report, by=by, row_version=row_version)
    if fingerprint not in {None, paper.fingerprint}:
        raise Refused(MOVED)
    content = report_pdf(paper) if upload is None else _accepted(report.plan, upload)
    with (
        transaction.atomic(),
        recording(by=by, why=f"Relazione definitiva: {OUTSIDE if upload is not None else 'testi del programma'}"),
    ):
        held = _held_draft(report)
        _may_prepare(held.plan, by)
        unchanged(held, row_version, MOVED)
        if report_paper(held, final=True).fingerprint != paper.fingerprint:
            raise Refused(MOVED)
        held.document = _kept(held, content, outside=upload is not None)
        held.round, held.state = verification_of(held.plan), ReportState.CONGELATA
        return _saved(held)


def unfreeze_report(report: Report, *, reason: str, by: User) -> Report:
    """Make a final text a draft again, with a reason; its file stays on record.

    Raises Refused without a reason, and for an approved one that the Nucleo did not return.
    """
    with transaction.atomic(), recording(by=by, why=f"Riportata in bozza: {reason.strip()}"):
        held = _held(report)
        _may_prepare(held.plan, by)
        if refusal := why_not_unfreeze(held):
            raise Refused(refusal)
        if not reason.strip() or len(reason.strip()) > LONGEST_REASON:
            raise Refused(f"Scrivere perché la Relazione torna in bozza, in al massimo {LONGEST_REASON} caratteri.")
        held.state, held.document, held.act, held.round = ReportState.BOZZA, None, None, None
        return _saved(held)


def why_not_unfreeze(report: Report) -> str | None:
    """Return why the Relazione can't become a draft again, or None."""
    if report.state == ReportState.BOZZA:
        return "La Relazione è già in bozza."
    if report.state == ReportState.CONGELATA:
        return None
    last = report.validations.order_by("-requested_at", "-pk").first()
    if last is not None and last.state == ValidationState.RESTITUITA:
        return None
    return "La Relazione è approvata: torna in bozza solo se il Nucleo di Valutazione la restituisce."


def approve_report(report: Report, act: Deliberation, *, by: User) -> Report:
    """Note the act that approved the final text. Raises Refused for a foreign act, and where there is no final text."""
    with transaction.atomic(), recording(by=by, why="Relazione approvata", act=act.short):
        held = _held(report)
        _may_prepare(held.plan, by)
        if held.state == ReportState.APPROVATA:
            raise Refused(f"La Relazione è già approvata con la {held.act}.")
        if held.state != ReportState.CONGELATA:
            raise Refused("Si approva il testo definitivo: prima la Relazione va resa definitiva.")
        if act.entity_id != held.plan.entity_id or not act.registered_at:
            raise Refused("La Relazione la approva un atto registrato dello stesso ente.")
        if act.session_on is None or act.session_on.year <= held.plan.year:
            raise Refused(f"La {act.dated} è troppo presto: la Relazione si approva dopo il {held.plan.year}.")
        held.act, held.state = act, ReportState.APPROVATA
        return _saved(held)


def approved_too_early(report: Report) -> str:
    """Say that the session of the act came before the final text was frozen, or nothing: a warning, not a refusal."""
    act, document = report.act, report.document
    frozen = timezone.localdate(document.created_at) if document else None
    if act is None or frozen is None or act.session_on is None or act.session_on >= frozen:
        return ""
    return (
        f"La seduta della {act.dated} precede il giorno in cui il testo definitivo è stato registrato "
        f"({frozen:%d/%m/%Y}): verificare che l'atto approvi proprio questo testo."
    )


def _held(report: Report) -> Report:
    """Return the Relazione as it is now, held until the transaction ends."""
    hold(Report.objects.filter(pk=report.pk))
    return _now(report)


def _now(report: Report) -> Report:
    """Return the Relazione as it is now."""
    now: Report = Report.objects.select_related("plan__entity", "document", "act").get(pk=report.pk)
    return now


def _held_draft(report: Report) -> Report:
    return _draft(_held(report))


def _draft(report: Report) -> Report:
    """The Relazione itself, if it is a draft."""
    if report.state != ReportState.BOZZA:
        raise Refused("La Relazione ha già il testo definitivo: per cambiarla va riportata in bozza, con un motivo.")
    return report


def _may_prepare(plan: Plan, by: User) -> None:
    if not standing(by, plan.entity).may(Deed.EVALUATE):
        raise Refused(ONLY)


def _accepted(plan: Plan, upload: bytes) -> bytes:
    """The PDF as it came. Raises Refused for one that can't be kept, or that names staff (R32)."""
    try:
        checked(upload)
        named = named_in(text_of(upload), staff_names(plan))
    except NotAcceptable as refusal:
        raise Refused(str(refusal)) from refusal
    if named:
        told = ", ".join(named)
        raise Refused(f"Nel PDF compare «{told}», tra il personale del piano: la Relazione indica solo quanti (R32).")
    return upload


def _kept(report: Report, content: bytes, *, outside: bool) -> Document:
    plan, digest = report.plan, hashlib.sha256(content).hexdigest()
    made = OUTSIDE.lower() if outside else "testi del programma"
    subject = f"relazione {plan.pk} · {made} · {digest}"
    return freeze(entity=plan.entity, subject=subject, name=f"relazione-{plan.year}-{digest[:12]}.pdf", content=content)


def _saved(report: Report) -> Report:
    """Save with the next row version, so that whoever read the earlier one is told."""
    report.row_version += 1
    report.save()
    return report
