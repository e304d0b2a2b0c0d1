"""What stands in a package: the act's papers and every sheet in force after it; or the Relazione with the results."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from django.utils.text import slugify

from deliberations.models import Deliberation
from documents.models import Document
from evaluations.choices import FileRole, RoundKind
from evaluations.measuring import measure
from evaluations.models import Report, Round, Validation
from evaluations.packages.act_papers import papers_document
from evaluations.papers.results_form import Measured, closed_form_document, render_results
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
        return _report_pieces(validation.report)
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
    path = f"schede/{_sheet_path(place, sheet)}"
    title, make = sheet_title(sheet), partial(render_version, sheet)
    return Piece(FileRole.SCHEDA, path, title, sector_of(sheet), sheet_document(sheet), sheet, make)


def _sheet_path(place: int, sheet: Sheet) -> str:
    return f"{place:03}-{slugify(sheet.sector.match_key)[:40].strip('-')}-{sheet.number}.pdf"


def sheet_title(sheet: Sheet) -> str:
    """What a sheet is called in an index: "n° 3 Sportello unico"; one without its text says so."""
    words = " ".join(sheet.title.split()) if sheet.on_file else "testo non in archivio"
    return f"n° {sheet.number} {words}"[:300].strip()


def sector_of(sheet: Sheet) -> str:
    """The settore under which it stands, as its act printed it."""
    return sheet.sector_printed or sheet.sector.name


def _report_pieces(report: Report) -> list[Piece]:
    """The Relazione, and the form of each sheet with its results where the verification that it tells is closed."""
    if report.document is None:
        raise LookupError("La Relazione non ha ancora un testo definitivo.")
    path = f"relazione/relazione-{report.plan.year}.pdf"
    pieces = [Piece(FileRole.RELAZIONE, path, str(report), "", report.document)]
    if report.round and report.round.is_closed:
        pieces += [_results_piece(place, measured) for place, measured in enumerate(_measured(report.round), 1)]
    return pieces


def _measured(told: Round) -> Iterator[list[Measured]]:
    """Each sheet on file of a verification with its results, those of the earlier verification after them."""
    others = told.plan.rounds.filter(kind=RoundKind.INTERMEDIA).exclude(pk=told.pk)
    earlier = others.select_related("plan__entity").first()
    before = {one.sheet.objective_id: one for one in measure(earlier).sheets} if earlier else {}
    for one in measure(told).sheets:
        if one.sheet.on_file:
            known = before.get(one.sheet.objective_id)
            yield [(told, one), *([(earlier, known)] if earlier and known and known.sheet.on_file else [])]


def _results_piece(place: int, measured: list[Measured]) -> Piece:
    sheet, closed_at = measured[0][1].sheet, measured[0][0].closed_at
    path, title = f"risultati/{_sheet_path(place, sheet)}", f"{sheet_title(sheet)}: risultati"[-300:]
    make = partial(render_results, measured, closed_at) if closed_at else None
    return Piece(FileRole.SCHEDA, path, title, sector_of(sheet), closed_form_document(measured), sheet, make)
