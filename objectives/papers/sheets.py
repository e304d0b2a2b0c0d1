"""The sheets of an act or of a proposal, with all that its papers need of them, each printed once and kept (R35)."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property

from deliberations.models import Deliberation
from documents.models import Document, freeze
from documents.sharing import shared_out
from objectives.choices import Change
from objectives.comparing import between, version_name
from objectives.exchange import fingerprint, plain_number
from objectives.gathered import sheets_of
from objectives.models import Sheet
from objectives.papers.paper import NOT_ADOPTED
from objectives.pdf import SheetWork, printed_weight, render_work
from objectives.pdf_book import BoundSheet
from objectives.pdf_changes.changed_form import changed_form
from objectives.printing import WHY, file_name, sheet_subject, work_of
from organisation.recording import recording


def sheets_on_paper(act: Deliberation) -> list[Sheet]:
    """Return the sheets of an act or proposal with rows and bases, in the order of printing, in seven queries."""
    ordered = sheets_of(act).order_by("position", "pk") if act.registered_at else sheets_of(act)
    related = ordered.select_related("base__sector", "base__manager", "substitutes__sector", "approved_by")
    rows = ("phases", "indicators", "participations")
    of_bases = (f"base__{name}" for name in rows)
    return list(related.select_related("deliberation__entity").prefetch_related(*rows, *of_bases))


@dataclass(frozen=True)
class SheetPrint:
    """A sheet as the papers print it: new words in bold, and on a proposal's pages that nobody adopted it."""

    sheet: Sheet

    @cached_property
    def work(self) -> SheetWork:
        """What printing it takes. Raises LookupError for one that stands in neither an act nor a proposal."""
        work, act = work_of(self.sheet), self.sheet.deliberation
        if act and not self.sheet.is_adopted:
            version = fingerprint(work.source["sheets"][0], act)[:12]
            form = replace(work.form, banner=NOT_ADOPTED, force_line="", version=version)
            work = SheetWork(form, work.source, self.sheet.approved_at or self.sheet.created_at)
        return work

    @cached_property
    def marked_work(self) -> SheetWork:
        """The same with what is new in bold, where the earlier text is on file."""
        base = self.sheet.base
        if base is None or not base.on_file or self.sheet.change != Change.MODIFICATO:
            return self.work
        form = changed_form(self.work.form, between(base, self.sheet), version_name(base))
        return self.work._replace(form=form)

    @cached_property
    def subject(self) -> str:
        """What its frozen file is of: an adopted version alone, or all that this print says."""
        if self.sheet.is_adopted and self.marked_work is self.work:
            return sheet_subject(self.sheet)
        told = [asdict(self.marked_work.form), self.work.source]
        content = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)
        return f"scheda nel fascicolo {hashlib.sha256(content.encode()).hexdigest()}"

    @property
    def file_name(self) -> str:
        """The name under which its file is kept."""
        if self.subject == sheet_subject(self.sheet):
            return file_name(self.sheet)
        stem = file_name(self.sheet).removesuffix(".pdf").removesuffix("-")
        return f"{stem}-modifiche.pdf" if self.sheet.is_adopted else f"proposta-{stem}.pdf"

    def find(self) -> Document | None:
        """Return its file if it was printed already."""
        return Document.objects.filter(entity=self.sheet.objective.plan.entity_id, subject=self.subject).first()

    def keep(self, content: bytes) -> Document:
        """Keep its file."""
        entity, act = self.sheet.objective.plan.entity, self.sheet.deliberation
        with recording(by=None, why=WHY, act=act.short if act and self.sheet.is_adopted else ""):
            return freeze(entity=entity, subject=self.subject, name=self.file_name, content=content)

    def bound(self) -> BoundSheet:
        """Return it on its way into a dossier, printed now if it never was. Raises PdfUnavailable."""
        document = self.find() or self.keep(render_work(self.marked_work))
        return BoundSheet(
            sector=self.sheet.sector_printed or self.sheet.sector.name,
            number=str(self.sheet.number),
            title=self.sheet.title,
            weight=printed_weight(plain_number(self.sheet.weight)),
            change=self.sheet.change,
            content=document.read_or_restore(lambda: render_work(self.marked_work)),
        )


def print_missing(prints: Sequence[SheetPrint], processes: int) -> None:
    """Print those that never were, shared out among processes. Raises PdfUnavailable."""
    known = printed_already(prints)
    missing = [one for one in prints if one.subject not in known]
    contents = shared_out(render_work, [one.marked_work for one in missing], processes)
    for one, content in zip(missing, contents, strict=True):
        one.keep(content)


def printed_already(prints: Sequence[SheetPrint]) -> set[str]:
    """Return the subjects of those that are printed: the progress of the making."""
    if not prints:
        return set()
    of_entity = Document.objects.filter(entity=prints[0].sheet.objective.plan.entity_id)
    return set(of_entity.filter(subject__in=[one.subject for one in prints]).values_list("subject", flat=True))
