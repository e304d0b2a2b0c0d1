"""The sheets of an act or of a proposal, with all that its papers need of them, each printed once and kept (R35)."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, replace

from deliberations.models import Deliberation
from documents.models import Document, freeze
from documents.sharing import shared_out
from objectives.exchange import fingerprint, plain_number
from objectives.gathered import sheets_of
from objectives.models import Sheet
from objectives.papers.paper import NOT_ADOPTED
from objectives.pdf import SheetWork, printed_weight, render_work
from objectives.pdf_book import BoundSheet
from objectives.printing import WHY, file_name, print_versions, sheet_document, sheet_subject, work_of
from organisation.recording import recording


def sheets_on_paper(act: Deliberation) -> list[Sheet]:
    """Return the sheets of an act or proposal with rows and bases, in the order of printing, in seven queries."""
    ordered = sheets_of(act).order_by("position", "pk") if act.registered_at else sheets_of(act)
    related = ordered.select_related("base__sector", "base__manager", "substitutes", "approved_by")
    rows = ("phases", "indicators", "participations")
    of_bases = (f"base__{name}" for name in rows)
    return list(related.select_related("deliberation__entity").prefetch_related(*rows, *of_bases))


def printed_work(sheet: Sheet) -> SheetWork:
    """Return what printing a sheet takes. One of a proposal says on every page that nobody adopted it.

    Raises LookupError for one that stands in neither an act nor a proposal.
    """
    work, act = work_of(sheet), sheet.deliberation
    if act is None or sheet.is_adopted:
        return work
    version = fingerprint(work.source["sheets"][0], act)[:12]
    form = replace(work.form, banner=NOT_ADOPTED, force_line="", version=version)
    return SheetWork(form, work.source, sheet.approved_at or sheet.created_at)


def subject_of(sheet: Sheet) -> str:
    """Return what the frozen file of a sheet is of; that of a proposal is of all it prints, and of no adopted text."""
    if sheet.is_adopted:
        return sheet_subject(sheet)
    work = printed_work(sheet)
    told = json.dumps([asdict(work.form), work.source], ensure_ascii=False, sort_keys=True, default=str)
    return f"scheda proposta {hashlib.sha256(told.encode()).hexdigest()}"


def print_sheets(sheets: Sequence[Sheet], processes: int) -> None:
    """Print those of the sheets that never were, shared out among processes."""
    print_versions([sheet for sheet in sheets if sheet.is_adopted], processes)
    proposed = [sheet for sheet in sheets if not sheet.is_adopted]
    known = known_subjects(proposed)
    missing = [sheet for sheet in proposed if subject_of(sheet) not in known]
    for sheet, content in zip(missing, shared_out(render_work, [*map(printed_work, missing)], processes), strict=True):
        _keep(sheet, content)


def known_subjects(sheets: Sequence[Sheet]) -> set[str]:
    """Return the subjects of those sheets that are printed already: the progress of the making."""
    if not sheets:
        return set()
    of_entity = Document.objects.filter(entity=sheets[0].objective.plan.entity_id)
    return set(of_entity.filter(subject__in=map(subject_of, sheets)).values_list("subject", flat=True))


def bound(sheet: Sheet) -> BoundSheet:
    """Return a sheet on its way into a dossier, printed now if it never was. Raises PdfUnavailable."""
    return BoundSheet(
        sector=sheet.sector_printed or sheet.sector.name,
        number=str(sheet.number),
        title=sheet.title,
        weight=printed_weight(plain_number(sheet.weight)),
        change=sheet.change,
        content=_document(sheet).read_or_restore(lambda: render_work(printed_work(sheet))),
    )


def _document(sheet: Sheet) -> Document:
    if sheet.is_adopted:
        return sheet_document(sheet)
    known = Document.objects.filter(entity=sheet.objective.plan.entity_id, subject=subject_of(sheet)).first()
    return known or _keep(sheet, render_work(printed_work(sheet)))


def _keep(sheet: Sheet, content: bytes) -> Document:
    name = file_name(sheet).replace("scheda-", "proposta-scheda-").replace("-.pdf", ".pdf")
    with recording(by=None, why=WHY):
        return freeze(entity=sheet.objective.plan.entity, subject=subject_of(sheet), name=name, content=content)
