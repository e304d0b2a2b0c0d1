"""The same sheets as a word processor would have them: a .docx of tables, for LibreOffice to print."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_BREAK
from docx.shared import Mm, Pt

from objectives.pdf import MONTHS, SheetForm

Rows = Sequence[Sequence[str]]


def write(forms: Iterable[SheetForm], out: Path) -> None:
    """Write one .docx with a page for every form."""
    document = docx.Document()
    for section in document.sections:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(12)
    normal = document.styles["Normal"]
    normal.font.size, normal.paragraph_format.space_after = Pt(8), Pt(2)
    for place, form in enumerate(forms):
        if place:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _form(document, form)
    document.save(str(out))


def _form(document: Any, form: SheetForm) -> None:
    document.add_heading(f"{form.entity} {form.heading} PESO {form.weight} {form.mark}", level=1)
    _table(document, [["Settore", "Responsabile di servizio", "DUP"], [form.sector, form.manager, form.dup_link]])
    document.add_heading(form.title, level=2)
    for paragraph in form.paragraphs:
        document.add_paragraph(paragraph)
    _table(document, _phases(form))
    for family in form.families:
        rows = [[row["text"], row["expected"], row["achieved"], row["deviation"]] for row in family.rows]
        _table(document, [[f"Indici di {family.label}", "ATTESO", "RAGGIUNTO", "Scost."], *rows])
    _table(document, [["Fasi e tempi", *MONTHS], *([str(row.slot), *row.cells] for row in form.timeline)])
    reviews = [[row.label, row.interim, row.final] for row in (*form.averages, *form.analysis)]
    _table(document, [["Verifica", f"intermedia {form.interim_date}", f"finale {form.final_date}"], *reviews])
    staff = [[person["category"], person["name"], person["share"]] for person in form.staff]
    _table(document, [["Cat.", "Cognome e Nome", "% Partecipazione"], *staff, ["", "totale", form.staff_total]])


def _phases(form: SheetForm) -> Rows:
    left, right = form.phases[:4], form.phases[4:8]
    return [[str(a.slot), a.text, str(b.slot), b.text] for a, b in zip(left, right, strict=True)]


def _table(document: Any, rows: Rows) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row()._tr.tc_lst, row, strict=True):
            cell.p_lst[0].add_r().text = text
    document.add_paragraph()
