"""An act, or a proposal of one, as .docx: what the office pastes into its act-management system."""

from collections.abc import Sequence
from datetime import UTC, datetime

from deliberations.models import Deliberation
from documents.word import Cell, Row, WordFile
from objectives.models import Sheet
from objectives.papers.paper import BOLD, Paper, Signed, paper_of
from objectives.papers.remarks import Remarks
from objectives.papers.sheet_docx import add_sheet
from objectives.papers.sheets import SheetPrint, sheets_on_paper
from objectives.papers.variations import SectorVariations, counts
from objectives.snapshots import snapshot

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEMBER_WIDTHS = (94, 45, 35)
VARIATION_WIDTHS = (56, 27, 15, 15, 16, 45)
NOTED_WIDTHS = (42, 14, 59, 59)
EXEMPTION_WIDTHS = (62, 72, 40)
CORRECTED_WIDTHS = (34, 26, 40, 40, 34)


def docx_of(act: Deliberation) -> bytes:
    """Return the .docx of an act or of a proposal: text, table of variations, notes, sheets."""
    sheets = sheets_on_paper(act)
    paper = paper_of(act, sheets)
    file = WordFile(title=paper.name, author=paper.entity, created=_moment(act), footer=_footer(paper))
    _add_opening(file, paper)
    _add_words(file, paper)
    _add_opinions(file, paper.opinions)
    _add_decision(file, paper)
    _add_variations(file, paper)
    _add_remarks(file, paper.remarks)
    _add_sheets(file, sheets)
    return file.content()


def _moment(act: Deliberation) -> datetime:
    """The moment the file says it was made: the session's day; of a proposal the clock's."""
    if act.session_on is None or not act.registered_at:
        return datetime.now(UTC)
    return datetime(act.session_on.year, act.session_on.month, act.session_on.day, tzinfo=UTC)


def _footer(paper: Paper) -> str:
    return " · ".join(part for part in (paper.title, paper.banner, f"testo {paper.version}") if part)


def _add_opening(file: WordFile, paper: Paper) -> None:
    file.title(paper.entity.upper())
    if paper.supra:
        file.subtitle(paper.supra)
    if paper.demo:
        file.paragraph("DATI DIMOSTRATIVI", strong=True)
    if paper.is_proposal:
        file.heading(paper.title.upper(), 1)
        file.paragraph(paper.banner, strong=True)
    else:
        file.heading(paper.record_title.upper(), 1)
        file.paragraph(paper.number, strong=True)
    file.paragraph(f"OGGETTO: {paper.subject}", strong=True)
    for sentence in paper.session:
        file.paragraph(sentence)
    if paper.members:
        file.table(MEMBER_WIDTHS, [["Cognome e Nome", "Carica", "Pr./As."]], paper.members)


def _add_words(file: WordFile, paper: Paper) -> None:
    if paper.premises:
        file.heading("Premesse", 2)
    for paragraph in paper.premises:
        file.paragraph(paragraph)
    if paper.dispositions:
        file.heading("Propone", 2)
    for paragraph in paper.dispositions:
        file.paragraph(paragraph)
    if paper.proposer:
        file.paragraph("Il proponente")
        file.paragraph(paper.proposer)


def _add_opinions(file: WordFile, opinions: Sequence[Signed]) -> None:
    if opinions:
        file.heading("I pareri", 2)
    for opinion in opinions:
        for text in (opinion.sentence, opinion.signer, opinion.day):
            if text:
                file.paragraph(text)


def _add_decision(file: WordFile, paper: Paper) -> None:
    if not paper.decision:
        return
    file.heading(paper.body, 2)
    for sentence in paper.decision:
        file.paragraph(sentence)
    file.paragraph("DELIBERA", strong=True, centred=True)
    file.paragraph("di approvare la proposta che precede, con gli allegati che ne fanno parte.")
    if paper.immediate:
        file.paragraph(paper.immediate)
    if paper.secretary:
        file.paragraph(f"Il Segretario: {paper.secretary}")
    if paper.days:
        file.heading("Pubblicazione ed esecutività", 2)
    for sentence in paper.days:
        file.paragraph(sentence)


def _add_variations(file: WordFile, paper: Paper) -> None:
    file.heading("Allegato A – Prospetto delle variazioni", 2, new_page=True)
    file.paragraph(f"{counts(paper.sectors)}.")
    for sector in paper.sectors:
        file.heading(sector.name, 3)
        head = ["Obiettivo", "Variazione", "Peso prima", "Peso dopo", "Effetto", "Motivo"]
        file.table(VARIATION_WIDTHS, [head], _variation_rows(sector))


def _variation_rows(sector: SectorVariations) -> list[Row]:
    rows: list[Row] = [
        [line.goal, line.sheet.change, line.weight_before, line.weight_after, line.effect_written, line.reason]
        for line in sector.lines
    ]
    total: Row = [
        Cell(["Effetto netto sui pesi del settore"], 4, strong=True),
        Cell([sector.net_written], 2, strong=True),
    ]
    return [*rows, total]


def _add_remarks(file: WordFile, remarks: Remarks) -> None:
    if remarks:
        file.heading("Allegato B – Deroghe, avvisi e rettifiche", 2)
    if remarks.exemptions:
        file.paragraph("Schede approvate con deroga scritta da chi le ha inviate o ne è responsabile:")
        rows = [[one.sheet, one.reason, one.by] for one in remarks.exemptions]
        file.table(EXEMPTION_WIDTHS, [["Scheda", "Motivo della deroga", "Approvata da"]], rows)
    if remarks.noted:
        file.paragraph("Avvisi del programma di cui si è preso atto, con la nota:")
        rows = [[one.sheet or "l'atto", one.rule, one.message, f"{one.note} ({one.by})"] for one in remarks.noted]
        file.table(NOTED_WIDTHS, [["Scheda", "Regola", "Avviso", "Nota"]], rows)
    if remarks.corrected:
        file.paragraph("Errori materiali rettificati; il testo delle schede resta quello adottato:")
        rows = [[one.sheet, one.place, one.written, one.right, one.note] for one in remarks.corrected]
        file.table(CORRECTED_WIDTHS, [["Scheda", "Punto", "Testo adottato", "Testo corretto", "Motivo"]], rows)


def _add_sheets(file: WordFile, sheets: Sequence[Sheet]) -> None:
    file.heading("Allegato C – Schede obiettivo", 2, new_page=True)
    file.paragraph(BOLD)
    for number, sheet in enumerate(sheets):
        base = snapshot(sheet.base) if sheet.base else None
        add_sheet(file, SheetPrint(sheet).work.form, snapshot(sheet), base, new_page=number > 0)
