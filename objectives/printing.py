"""The PDFs of what is on record: a version is printed once and kept; acts and plans are assembled from those (R35)."""

import datetime as dt
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.utils.text import slugify

from deliberations.models import Deliberation
from documents.models import Document, freeze
from documents.render import require_printing
from documents.sharing import shared_out
from objectives.choices import State
from objectives.exchange import act_header, plain_number, plan_header, sheet_to_dict
from objectives.importing.exchange_format import FORMAT, VERSION
from objectives.models import Plan, Sheet
from objectives.moments import Moment
from objectives.pdf import SheetWork, act_name, force_line, form_from_exchange, printed_weight, render_work
from objectives.pdf_book import BoundSheet, Index, bind_sheets
from organisation.models import Entity
from organisation.recording import recording

WHY = "Stampa in PDF"


@dataclass(frozen=True)
class Collection:
    """Sheets that are printed together: those of an act, or the plan at a moment.

    `since`: for the plan on a day, the first day on which it read so. Every day of that stretch has the same file.
    """

    entity: Entity
    title: str
    act_line: str
    force_line: str
    file_name: str
    sheets: Sequence[Sheet]
    since: dt.date | None = None

    @property
    def subject(self) -> str:
        """What its frozen file is of: these versions, under this title."""
        identity = "\n".join(
            [self.title, self.act_line, self.force_line, *(sheet_subject(sheet) for sheet in self.sheets)]
        )
        return f"fascicolo {hashlib.sha256(identity.encode()).hexdigest()}"


def act_collection(act: Deliberation) -> Collection:
    """Return what an act adopted, to be printed together. Raises LookupError when it adopted no sheet."""
    sheets = list(Sheet.objects.adopted().filter(deliberation=act).with_rows().order_by("position", "pk"))
    if not sheets:
        raise LookupError(f"La {act.short} non ha schede.")
    plan, line = str(sheets[0].objective.plan), act_name(act_header(act))
    return Collection(act.entity, plan, line, force_line(act.in_force_from), f"{act.slug}.pdf", sheets)


def plan_collection(plan: Plan, moment: Moment) -> Collection:
    """Return the plan at a moment, to be printed together. Raises LookupError when no sheet is in force then."""
    sheets = list(Sheet.objects.of(plan).in_force(moment.acts).with_rows())
    if not sheets:
        raise LookupError("In questo momento nessuna scheda è in vigore.")
    if moment.act:
        act_line, name = f"come risulta dopo la {act_name(act_header(moment.act))}", f"dopo-{moment.act.slug}"
        return Collection(plan.entity, str(plan), act_line, "", f"piano-{plan.year}-{name}.pdf", sheets)
    since = _since(plan, moment)
    name = f"piano-{plan.year}-vigente-dal-{since.isoformat()}.pdf"
    return Collection(plan.entity, str(plan), "", force_line(since), name, sheets, since)


def _since(plan: Plan, moment: Moment) -> dt.date:
    """The day of the last change that the plan saw up to `moment`: the latest of its acts in force then."""
    changes = moment.acts.filter(sheets__objective__plan=plan, sheets__state=State.ADOTTATA)
    day: dt.date = changes.aggregate(day=Max("in_force_from"))["day"]
    return day


def sheet_subject(sheet: Sheet) -> str:
    """Return what the frozen file of a version is of: its content and the day it is in force from."""
    return f"scheda {sheet.fingerprint} {sheet.in_force_from}"


def sheet_document(sheet: Sheet) -> Document:
    """Return the PDF of one version, printed now if it never was. Raises PdfUnavailable where Pango is missing."""
    entity = sheet.objective.plan.entity
    if known := Document.objects.filter(entity=entity, subject=sheet_subject(sheet)).first():
        return known
    return _keep(sheet, render_version(sheet))


def _keep(sheet: Sheet, content: bytes) -> Document:
    entity, act = sheet.objective.plan.entity, sheet.deliberation
    with recording(by=None, why=WHY, act=act.short if act else ""):
        return freeze(entity=entity, subject=sheet_subject(sheet), name=file_name(sheet), content=content)


def render_version(sheet: Sheet) -> bytes:
    """Return the bytes of a version's PDF: the same whenever they are made. Raises PdfUnavailable."""
    return render_work(work_of(sheet))


def work_of(sheet: Sheet) -> SheetWork:
    """Return what printing a version takes, read from the database. Raises LookupError for one without an act."""
    plan, act = sheet.objective.plan, sheet.deliberation
    if act is None:
        raise LookupError("Una bozza non ha ancora un atto: non si stampa come scheda adottata.")
    entity = plan.entity
    source: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "entity": entity.name,
        "act": act_header(act),
        "plan": plan_header(plan),
        "sheets": [sheet_to_dict(sheet)],
    }
    form = form_from_exchange(
        source["sheets"][0], source, version=sheet.version_id, plan_name=plan.name, demo=entity.is_demo,
        on_file=sheet.on_file, in_force_from=sheet.in_force_from, mark=sheet.mark, exception=sheet.approval_exception,
    )  # fmt: skip
    return SheetWork(form, source, moment_of(act))


def print_versions(sheets: Sequence[Sheet], processes: int) -> None:
    """Print those of the `sheets` that never were, shared out among processes (see `shared_out` for who may)."""
    require_printing()
    subjects = [sheet_subject(sheet) for sheet in sheets]
    known = set(Document.objects.filter(subject__in=subjects).values_list("entity_id", "subject"))
    missing = [sheet for sheet in sheets if (sheet.objective.plan.entity_id, sheet_subject(sheet)) not in known]
    contents = shared_out(render_work, [work_of(sheet) for sheet in missing], processes)
    for sheet, content in zip(missing, contents, strict=True):
        _keep(sheet, content)


def file_name(sheet: Sheet) -> str:
    """Return the name under which the PDF of a version is saved: "scheda-2022-finanziario-1-3f9a….pdf"."""
    sector = slugify(sheet.sector.match_key)[:40].strip("-")
    return f"scheda-{sheet.objective.plan.year}-{sector}-{sheet.number}-{sheet.version_id}.pdf"


def find_collection_document(collection: Collection) -> Document | None:
    """Return the assembled PDF if it was made already."""
    return Document.objects.filter(entity=collection.entity, subject=collection.subject).first()


def printed_of(collection: Collection) -> int:
    """Return how many of the collection's sheets are printed already: the progress of its making."""
    subjects = [sheet_subject(sheet) for sheet in collection.sheets]
    return Document.objects.filter(entity=collection.entity, subject__in=subjects).count()


def collection_document(collection: Collection, processes: int = 1) -> Document:
    """Return the assembled PDF of a collection, made now if it never was. Raises PdfUnavailable as `sheet_document`.

    A command or the background worker may share the printing of its sheets out among several `processes`.
    """
    if known := find_collection_document(collection):
        return known
    print_versions(collection.sheets, processes)
    content = bind_collection(collection)
    with recording(by=None, why=WHY):
        return freeze(entity=collection.entity, subject=collection.subject, name=collection.file_name, content=content)


def bind_collection(collection: Collection) -> bytes:
    """Return the bytes of the assembled PDF: the same whenever they are made. Raises PdfUnavailable."""
    created, out = max(moment_of(sheet.deliberation) for sheet in collection.sheets), io.BytesIO()
    index = Index(
        entity=collection.entity.name,
        title=collection.title,
        act_line=collection.act_line,
        force_line=collection.force_line,
        version=collection.subject[-12:],
        demo=collection.entity.is_demo,
    )
    bind_sheets((_bound(sheet) for sheet in collection.sheets), index, created=created, out=out)
    return out.getvalue()


def _bound(sheet: Sheet) -> BoundSheet:
    """The stored PDF of a sheet with the line the index has for it."""
    return BoundSheet(
        sector=sheet.sector_printed,
        number=str(sheet.number),
        title=sheet.title or "testo non in archivio",
        weight=printed_weight(plain_number(sheet.weight)),
        change=sheet.mark,
        content=sheet_document(sheet).read_or_restore(lambda: render_version(sheet)),
    )


def moment_of(act: Deliberation | None) -> dt.datetime:
    """Return the moment a PDF says it was created: the midnight (UTC) that begins the session of its act."""
    if act is None or act.session_on is None:
        return dt.datetime(act.year if act and act.year else 1970, 1, 1, tzinfo=dt.UTC)
    return dt.datetime.combine(act.session_on, dt.time(), dt.UTC)
