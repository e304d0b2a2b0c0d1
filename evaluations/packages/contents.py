"""What stands in a package: the act's papers and every sheet in force after it; or the Relazione with the results."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.utils.text import slugify

from deliberations.models import Deliberation
from documents.models import Document
from evaluations.choices import FileRole
from evaluations.models import Report, Validation
from evaluations.packages.act_papers import papers_document
from objectives.models import Sheet
from objectives.moments import after
from objectives.printing import print_versions, render_version, sheet_document


@dataclass(frozen=True)
class Piece:
    """A file of a package: what it is, its path in the zip, its title, the heading under which it stands.

    `make` makes the bytes of a file of its own again, should they be lost before the package is frozen.
    """

    role: str
    path: str
    title: str
    group: str
    document: Document
    sheet: Sheet | None = None
    make: Callable[[], bytes] | None = None

    def read(self) -> bytes:
        """Return its bytes, checked against their hash. Raises DamagedDocumentError."""
        return self.document.read_or_restore(self.make) if self.make else self.document.read()


def sheets_in(validation: Validation) -> list[Sheet]:
    """Return the versions that the package holds, with their rows: those in force after the act."""
    if validation.act is None:
        return []
    acts = after(validation.act).acts
    return list(Sheet.objects.of(validation.plan).in_force(acts).with_rows())


def pieces_of(validation: Validation, processes: int) -> list[Piece]:
    """Return the files of a package, each printed now if it never was. Raises PdfUnavailable and LookupError."""
    if validation.act:
        return [_act_piece(validation.act, processes), *_sheet_pieces(sheets_in(validation), processes)]
    if validation.report:
        return [_report_piece(validation.report)]
    raise LookupError("Questa validazione non ha né un atto né una Relazione.")


def _act_piece(act: Deliberation, processes: int) -> Piece:
    papers = papers_document(act, processes)
    return Piece(FileRole.ATTO, f"atto/{act.slug}.pdf", papers_title(act), "", papers)


def papers_title(act: Deliberation) -> str:
    """What the act's papers are called in an index."""
    return f"{act.dated}: testo, prospetto delle variazioni, note"


def _sheet_pieces(sheets: list[Sheet], processes: int) -> list[Piece]:
    print_versions(sheets, processes)
    return [_sheet_piece(place, sheet) for place, sheet in enumerate(sheets, 1)]


def _sheet_piece(place: int, sheet: Sheet) -> Piece:
    path = f"schede/{place:03}-{slugify(sheet.sector.match_key)[:40].strip('-')}-{sheet.number}.pdf"
    title, make = sheet_title(sheet), partial(render_version, sheet)
    return Piece(FileRole.SCHEDA, path, title, sector_of(sheet), sheet_document(sheet), sheet, make)


def sheet_title(sheet: Sheet) -> str:
    """What a sheet is called in an index: "n° 3 Sportello unico"; one without its text says so."""
    words = " ".join(sheet.title.split()) if sheet.on_file else "testo non in archivio"
    return f"n° {sheet.number} {words}"[:300].strip()


def sector_of(sheet: Sheet) -> str:
    """The settore under which it stands, as its act printed it."""
    return sheet.sector_printed or sheet.sector.name


def _report_piece(report: Report) -> Piece:
    if report.document is None:
        raise LookupError("La Relazione non ha ancora un testo definitivo.")
    year = report.plan.year
    return Piece(FileRole.RELAZIONE, f"relazione/relazione-{year}.pdf", str(report), "", report.document)
