"""The Relazione as .docx, for whoever edits it in a word processor: the same words and tables as the PDF."""

from documents.word import Row, WordFile
from evaluations.papers.report.acts import ReportAct
from evaluations.papers.report.content import ReportPaper, ReportSector, ReportSheet, paragraphs

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PLAN_WIDTHS = (90, 24, 20, 40)
ACT_WIDTHS = (56, 27, 17, 17, 57)
RESULT_WIDTHS = (78, 34, 34, 28)
SHEET_WIDTHS = (20, 46, 30, 30, 26, 22)
ANALYSIS_WIDTHS = (44, 130)
NO_VALIDATIONS = "Nel corso dell'anno il Nucleo di Valutazione non ha registrato validazioni del piano."


def report_docx(paper: ReportPaper) -> bytes:
    """Return the .docx of a Relazione. Pictures are in the PDF alone; their numbers stand in the tables."""
    footer = " · ".join(part for part in (paper.title, paper.banner, f"versione {paper.version}") if part)
    file = WordFile(title=f"{paper.entity} - {paper.title}", author=paper.entity, created=paper.moment, footer=footer)
    _add_opening(file, paper)
    _add_text(file, "Presentazione", paper.presentation)
    _add_text(file, "Contesto e risorse", paper.context)
    _add_plan(file, paper)
    _add_acts(file, paper)
    _add_results(file, paper)
    for sector in paper.sectors:
        _add_sector(file, sector)
    _add_validations(file, paper)
    _add_text(file, "Conclusioni", paper.conclusions)
    return file.content()


def _add_opening(file: WordFile, paper: ReportPaper) -> None:
    file.title(paper.entity.upper())
    if paper.supra:
        file.subtitle(paper.supra)
    if paper.demo:
        file.paragraph("DATI DIMOSTRATIVI", strong=True)
    file.heading(paper.title, 1)
    if paper.banner:
        file.paragraph(paper.banner, strong=True)


def _add_text(file: WordFile, heading: str, text: str) -> None:
    if text.strip():
        file.heading(heading, 2)
    for paragraph in paragraphs(text):
        file.paragraph(paragraph)


def _add_plan(file: WordFile, paper: ReportPaper) -> None:
    file.heading("Il piano", 2)
    file.paragraph(f"{paper.plan_name}: {paper.summary}. {paper.people_sentence}")
    if paper.sectors:
        rows: list[Row] = [[one.name, str(len(one.sheets)), one.weight, one.people_written] for one in paper.sectors]
        file.table(PLAN_WIDTHS, [["Settore", "Obiettivi", "Peso", "Personale"]], rows)


def _add_acts(file: WordFile, paper: ReportPaper) -> None:
    file.heading("Gli atti che hanno fatto e modificato il piano", 2)
    for act in paper.acts:
        file.heading(act.name, 3)
        file.paragraph(" ".join(part for part in (act.subject, f"{act.headline}.") if part))
        if act.sheets:
            head = ["Obiettivo", "Variazione", "Peso prima", "Peso dopo", "Ragioni"]
            file.table(ACT_WIDTHS, [head], _act_rows(act))


def _act_rows(act: ReportAct) -> list[Row]:
    return [[f"{one.sector}, {one.goal}", one.change, one.before, one.after, one.reason] for one in act.sheets]


def _add_results(file: WordFile, paper: ReportPaper) -> None:
    file.heading("I risultati", 2)
    file.paragraph(paper.results_sentence)
    if not paper.measured:
        return
    head = ["Settore", "Media valore raggiunto", "Media rispetto dei tempi", "Sotto l'atteso"]
    file.table(RESULT_WIDTHS, [head], paper.result_lines)


def _add_sector(file: WordFile, sector: ReportSector) -> None:
    file.heading(sector.name, 2)
    for paragraph in sector.paragraphs:
        file.paragraph(paragraph)
    for sheet in sector.sheets:
        _add_sheet(file, sheet)


def _add_sheet(file: WordFile, sheet: ReportSheet) -> None:
    file.heading(sheet.name, 3)
    file.paragraph(" ".join([sheet.facts, *(f"{words}." for words in sheet.by_hand)]))
    if sheet.indicators:
        head = ["Famiglia", "Indicatore", "Atteso", "Raggiunto", "Scostamento", "Risultato"]
        rows: list[Row] = [
            [row.family, row.text, row.expected, row.achieved, row.deviation, row.worth] for row in sheet.indicators
        ]
        file.table(SHEET_WIDTHS, [head], rows)
    if sheet.analysis:
        file.table(ANALYSIS_WIDTHS, [["Analisi degli scostamenti", "Testo"]], [list(one) for one in sheet.analysis])


def _add_validations(file: WordFile, paper: ReportPaper) -> None:
    file.heading("Le validazioni del Nucleo di Valutazione", 2)
    for sentence in paper.validations or [NO_VALIDATIONS.removesuffix(".")]:
        file.paragraph(f"{sentence}.")
