"""Public sheets and plans as PDF: made of what may be told alone, printed once for each text and kept.

The form is the official one without verifications and without the table of the staff, whose place a count takes (R32).
The version that a file carries (R35) is the fingerprint of the public text: from that of the adopted one, which covers
the names, a guessed name could be proved.
"""

import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from deliberations.models import Deliberation
from documents.models import Document, freeze
from documents.render import Attachment, render_pdf, require_printing
from documents.sharing import shared_out
from objectives.choices import Family
from objectives.exchange import act_header, plain_number, plan_header
from objectives.pdf import SheetForm, act_name, form_from_exchange, printed_weight
from objectives.pdf_book import BoundSheet, Index, bind_sheets
from objectives.printing import moment_of
from organisation.recording import recording
from publication.open_data import objective_data
from publication.plans import PublicPlan
from publication.readings import reading_after
from publication.sheets import PublicSheet

WHY = "Stampa in PDF per le pagine pubbliche"
FAMILY_OF = {family.label: family.value for family in Family}


@dataclass(frozen=True)
class PublicForm(SheetForm):
    """The form as the public reads it; `people` says how many take part."""

    people: str = ""


class Printing(NamedTuple):
    """What printing a public sheet takes, so that another process can do it: the form, its data, its moment."""

    form: PublicForm
    source: dict[str, Any]
    created: datetime


@dataclass(frozen=True)
class Leaf:
    """A version of a sheet on its way to paper."""

    found: PublicPlan
    sheet: PublicSheet

    @property
    def act(self) -> Deliberation:
        """The act that adopted it."""
        return self.found.act(self.sheet.act_slug)

    @cached_property
    def source(self) -> dict[str, Any]:
        """What the file says, as data."""
        entity = self.found.plan.entity
        noted = [(one.place, one.written, one.right) for one in self.sheet.corrections]
        return {"ente": entity.name, "anno": self.found.plan.year, **objective_data(self.sheet), "rettifiche": noted}

    @cached_property
    def fingerprint(self) -> str:
        """The SHA-256 of what the file says."""
        told = [self.source, self.sheet.change, self.found.plan.name, self.act.body]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    @property
    def subject(self) -> str:
        """What its kept file is of."""
        return f"scheda pubblica {self.fingerprint}"

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"scheda-{self.found.plan.year}-{self.sheet.objective}-{self.fingerprint[:12]}.pdf"

    def printing(self) -> Printing:
        """Return what printing it takes."""
        plan, sheet = self.found.plan, self.sheet
        document = {"entity": plan.entity.name, "act": act_header(self.act), "plan": plan_header(plan)}
        form = form_from_exchange(
            _exchange(sheet), document, version=self.fingerprint[:12], plan_name=plan.name, mark=sheet.change,
            in_force_from=sheet.in_force_from, on_file=sheet.on_file, demo=plan.entity.is_demo,
        )  # fmt: skip
        told = {field.name: getattr(form, field.name) for field in fields(form)}
        told["notes"] = [*form.notes, *(_correction(*noted) for noted in self.source["rettifiche"])]
        return Printing(PublicForm(**told, people=_people(sheet)), self.source, moment_of(self.act))

    def render(self) -> bytes:
        """Return the bytes of its PDF: the same whenever they are made. Raises PdfUnavailable."""
        return render(self.printing())


def _exchange(sheet: PublicSheet) -> dict[str, Any]:
    """A sheet as the form takes it, without what isn't told."""
    return {
        "sector": sheet.sector,
        "manager": sheet.manager,
        "kind": sheet.kind,
        "number": sheet.number,
        "weight": plain_number(sheet.weight),
        "change": sheet.change,
        "title": sheet.title,
        "description": sheet.description,
        "dup_link": sheet.dup_link,
        "phases": [{"slot": one.position, "text": one.text, "months": one.months} for one in sheet.phases],
        "indicators": [
            {"family": FAMILY_OF[one.family], "text": one.text, "expected": one.expected} for one in sheet.indicators
        ],
    }


def _correction(place: str, written: str, right: str) -> str:
    return f"Rettifica di errore materiale. {place}: dove è scritto «{written}» si legga «{right}»."


def _people(sheet: PublicSheet) -> str:
    if not sheet.people:
        return "Non indicate nell'atto."
    return "Una persona." if sheet.people == 1 else f"{sheet.people} persone."


def render(printing: Printing) -> bytes:
    """Return the PDF of a public sheet: PDF/A-3a and PDF/UA-1, its data inside. Raises PdfUnavailable."""
    form = printing.form
    content = json.dumps(printing.source, ensure_ascii=False, indent=1).encode()
    return render_pdf(
        "pdf/sheet.html",
        {"form": form},
        title=f"{form.entity} - {form.heading} - {form.sector}",
        created=printing.created,
        identifier=f"pubblica-{form.version}",
        attachments=[Attachment(f"obiettivo-{form.version}.json", content, "I dati pubblici dell'obiettivo")],
    )


def sheet_document(leaf: Leaf) -> Document:
    """Return the kept PDF of a public sheet, printed now if it never was. Raises PdfUnavailable."""
    return _known(leaf.found, leaf.subject) or _keep(leaf, leaf.render())


def _known(found: PublicPlan, subject: str) -> Document | None:
    return Document.objects.filter(entity=found.plan.entity, subject=subject).first()


def _keep(leaf: Leaf, content: bytes) -> Document:
    with recording(by=None, why=WHY, act=leaf.act.short):
        return freeze(entity=leaf.found.plan.entity, subject=leaf.subject, name=leaf.name, content=content)


@dataclass(frozen=True)
class PublicBook:
    """The public sheets of a plan after an act, to be read as one file."""

    found: PublicPlan
    act: Deliberation
    leaves: Sequence[Leaf]

    @property
    def subject(self) -> str:
        """What its kept file is of."""
        identity = "\n".join([self.act.dated, self.act.body, *(leaf.subject for leaf in self.leaves)])
        return f"piano pubblico {hashlib.sha256(identity.encode()).hexdigest()}"

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"piano-{self.found.plan.year}-dopo-{self.act.slug}.pdf"

    def known(self) -> Document | None:
        """Return its file, if it was made already."""
        return _known(self.found, self.subject)

    def missing(self) -> list[Leaf]:
        """Return its sheets that are not printed yet."""
        subjects = [leaf.subject for leaf in self.leaves]
        kept = Document.objects.filter(entity=self.found.plan.entity, subject__in=subjects)
        printed = set(kept.values_list("subject", flat=True))
        return [leaf for leaf in self.leaves if leaf.subject not in printed]

    @property
    def printed(self) -> int:
        """How many of its sheets are printed already."""
        return len(self.leaves) - len(self.missing())

    def bind(self) -> bytes:
        """Return the bytes of its PDF. Raises PdfUnavailable."""
        entity, out = self.found.plan.entity, io.BytesIO()
        line = f"come risulta dopo la {act_name(act_header(self.act))}"
        index = Index(entity.name, str(self.found.plan), line, "", self.subject[-12:], entity.is_demo)
        bind_sheets(self._bound(), index, created=max(moment_of(leaf.act) for leaf in self.leaves), out=out)
        return out.getvalue()

    def _bound(self) -> Iterator[BoundSheet]:
        for leaf in self.leaves:
            sheet = leaf.sheet
            weight = printed_weight(plain_number(sheet.weight))
            content = sheet_document(leaf).read_or_restore(leaf.render)
            yield BoundSheet(sheet.sector, str(sheet.number), sheet.name, weight, sheet.change, content)


def book_after(found: PublicPlan, act: Deliberation) -> PublicBook:
    """Return the plan after an act, to be printed. Raises LookupError where no sheet is in force then."""
    read, _ = reading_after(found, act)
    if not read.sheets:
        raise LookupError("Dopo questo atto nessun obiettivo è in vigore.")
    return PublicBook(found, act, [Leaf(found, sheet) for sheet in read.sheets])


def book_document(book: PublicBook, processes: int = 1) -> Document:
    """Return the kept PDF of a plan, made now if it never was, by so many processes. Raises PdfUnavailable."""
    if known := book.known():
        return known
    require_printing()
    missing = book.missing()
    contents = shared_out(render, [leaf.printing() for leaf in missing], processes)
    for leaf, content in zip(missing, contents, strict=True):
        _keep(leaf, content)
    content = book.bind()
    with recording(by=None, why=WHY, act=book.act.short):
        return freeze(entity=book.found.plan.entity, subject=book.subject, name=book.name, content=content)
