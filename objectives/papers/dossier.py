"""The whole dossier of an act, or of a proposal, as one PDF: text, table of variations, notes, sheets, index.

It is PDF/A-3a and PDF/UA-1 as its parts are. What it says is named by a hash (R35): the same dossier is made once and
kept; a proposal that changes has another one, and each page of it says that nobody adopted it.
"""

import datetime as dt
import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from deliberations.models import Deliberation
from documents.assembly import Part, Place, assemble
from documents.models import Document, freeze
from documents.render import render_pdf, require_printing
from objectives.models import Sheet
from objectives.papers.paper import BOLD, Paper, paper_of
from objectives.papers.sheets import SheetPrint, print_missing, printed_already, sheets_on_paper
from objectives.papers.variations import counts
from objectives.pdf import DEMO_LINE, force_line
from objectives.pdf_book import BoundSheet, by_sector
from objectives.printing import WHY, moment_of
from organisation.models import Entity
from organisation.recording import recording


class Leaf(NamedTuple):
    """A part of the dossier that is not a sheet: its title, its template."""

    title: str
    template: str


TEXT = Leaf("Testo", "pdf/proposal.html")
VARIATIONS = Leaf("Prospetto delle variazioni", "pdf/proposal_variations.html")
NOTES = Leaf("Deroghe, avvisi e rettifiche", "pdf/proposal_notes.html")


@dataclass(frozen=True)
class Dossier:
    """An act or a proposal with its sheets, about to be printed as one file."""

    act: Deliberation
    paper: Paper
    sheets: Sequence[Sheet]
    bold = BOLD

    @cached_property
    def prints(self) -> list[SheetPrint]:
        """Its sheets as they are printed."""
        return [SheetPrint(sheet) for sheet in self.sheets]

    @property
    def entity(self) -> Entity:
        return self.act.entity

    @property
    def title(self) -> str:
        """What it is the dossier of."""
        return self.paper.title

    @property
    def act_line(self) -> str:
        return self.paper.banner

    @property
    def force_line(self) -> str:
        """Since when the act has effect; nothing for a proposal."""
        return "" if self.paper.is_proposal else force_line(self.act.in_force_from)

    @property
    def leaves(self) -> list[Leaf]:
        """The parts before the sheets: those that have something to say."""
        wanted = {TEXT: True, VARIATIONS: bool(self.paper.sectors), NOTES: bool(self.paper.remarks)}
        return [leaf for leaf, present in wanted.items() if present]

    @cached_property
    def subject(self) -> str:
        """What its frozen file is of: everything that it says."""
        told = [self.paper.told(), self.force_line, [one.subject for one in self.prints]]
        content = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)
        kind = "proposta" if self.paper.is_proposal else "atto"
        return f"fascicolo {kind} {hashlib.sha256(content.encode()).hexdigest()}"

    @property
    def version(self) -> str:
        """What the index prints to say exactly which dossier this is."""
        return self.subject[-12:]

    @property
    def file_name(self) -> str:
        """The name under which it is saved."""
        if self.paper.is_proposal:
            return f"proposta-{self.act.pk}-{self.version}.pdf"
        return f"fascicolo-{self.act.slug}.pdf"

    @property
    def demo_line(self) -> str:
        """The head of every page of what must not be taken for an adopted act of a real entity."""
        return " · ".join(line for line in (self.paper.banner, DEMO_LINE if self.paper.demo else "") if line)

    @property
    def moment(self) -> dt.datetime:
        """The moment that the file says it was made: the session, or the last approval of a proposal's sheets."""
        approvals = [sheet.approved_at for sheet in self.sheets if sheet.approved_at]
        return max(approvals) if self.paper.is_proposal and approvals else moment_of(self.act)

    @property
    def count(self) -> str:
        """How many sheets it has, and how they change."""
        return counts(self.paper.sectors)


def dossier_of(act: Deliberation) -> Dossier:
    """Return the dossier of an act or of a proposal. Raises LookupError where its text is not on file."""
    if not act.on_file:
        raise LookupError(f"Il testo della {act.short} non è in archivio: non se ne può fare il fascicolo.")
    sheets = sheets_on_paper(act)
    return Dossier(act, paper_of(act, sheets), sheets)


def find_dossier_document(dossier: Dossier) -> Document | None:
    """Return the PDF of a dossier if it was made already."""
    return Document.objects.filter(entity=dossier.entity, subject=dossier.subject).first()


def printed_in(dossier: Dossier) -> int:
    """Return how many of the dossier's sheets are printed already."""
    return len(printed_already(dossier.prints))


def dossier_document(dossier: Dossier, processes: int = 1) -> Document:
    """Return the PDF of a dossier, made now if it never was. Raises PdfUnavailable."""
    if known := find_dossier_document(dossier):
        return known
    require_printing()
    print_missing(dossier.prints, processes)
    content = bind_dossier(dossier)
    with recording(by=None, why=WHY, act=dossier.act.short if dossier.act.registered_at else ""):
        return freeze(entity=dossier.entity, subject=dossier.subject, name=dossier.file_name, content=content)


def bind_dossier(dossier: Dossier) -> bytes:
    """Return the bytes of a dossier: the same whenever they are made. Raises PdfUnavailable."""
    lines: list[BoundSheet] = []

    def parts() -> Iterator[Part]:
        for leaf in dossier.leaves:
            yield Part(leaf.title, _render(dossier, leaf.template, leaf.title))
        for one in dossier.prints:
            line = one.bound()
            lines.append(line._replace(content=b""))
            yield Part(f"n° {line.number} {line.title} ({line.change})", line.content, line.sector)

    def cover(places: Sequence[Place]) -> bytes:
        first = len(dossier.leaves)
        index = {"leaves": places[:first], "sectors": by_sector(lines, places[first:])}
        return _render(dossier, "pdf/proposal_index.html", "Indice", **index)

    out = io.BytesIO()
    title = f"{dossier.paper.entity} - {dossier.paper.name}"
    assemble(parts(), title=title, created=dossier.moment, identifier=dossier.version, out=out, cover=cover)
    return out.getvalue()


def _render(dossier: Dossier, template: str, title: str, **context: object) -> bytes:
    return render_pdf(
        template,
        {"dossier": dossier, "paper": dossier.paper, "label": f"{title}, pagina", **context},
        title=f"{dossier.paper.entity} - {dossier.paper.name} - {title}",
        created=dossier.moment,
        identifier=f"{dossier.version}-{title}",
    )
