"""The .docx of a Relazione has the words and the tables of the PDF, and no name of the staff (R32)."""

import io

import docx
import pytest

from evaluations.papers.report.reading import report_paper
from evaluations.papers.report.word import report_docx
from evaluations.reporting import begin_report, word_report
from tests.papers import a_paper, a_sector
from tests.reports import TEXTS, closed_final


def read(paper):
    """The document, and all its words."""
    file = docx.Document(io.BytesIO(report_docx(paper)))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return file, "\n".join([paragraph.text for paragraph in file.paragraphs] + cells)


@pytest.mark.django_db
def test_it_tells_everything_and_names_nobody(plan, ufficio, responsabile, segretario):
    closed_final(plan, office=ufficio, manager=responsabile, by=segretario)
    worded = word_report(begin_report(plan, by=segretario), **TEXTS, by=segretario)
    file, told = read(report_paper(worded))
    headings = [one.text for one in file.paragraphs if one.style.name.startswith("Heading")]
    assert headings[1:3] == ["Presentazione", "Contesto e risorse"]
    assert headings[-2:] == ["Le validazioni del Nucleo di Valutazione", "Conclusioni"]
    assert {"Un anno di lavoro.", "Ritardi", "1 giornata", "2 persone coinvolte"} <= set(told.split("\n"))
    assert not any(name in told for name in ("Bianchi", "Neri", "60 %", "40 %"))


def test_a_draft_says_so_in_the_foot_of_every_page():
    file, _ = read(a_paper(banner="BOZZA"))
    assert file.sections[0].footer.paragraphs[0].text.startswith("Relazione sulla performance 2022 · BOZZA · versione ")


def test_signs_of_markup_and_control_characters_are_words_like_others():
    _, told = read(a_paper(presentation="1 < 2 & «b»\x07", sectors=[a_sector(text="<b>Fatto</b>")]))
    assert "1 < 2 & «b»" in told
    assert "<b>Fatto</b>" in told
