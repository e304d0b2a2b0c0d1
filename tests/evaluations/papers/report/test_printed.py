"""The PDF of a Relazione: PDF/A-3a and PDF/UA-1 in one file, with charts, and no name of the staff (R32)."""

import io
from dataclasses import replace

import pikepdf
import pytest

from evaluations.papers.report.printed import MOST_ROWS, Charts, report_pdf
from evaluations.papers.report.reading import report_paper
from evaluations.reporting import begin_report, word_report
from tests.conformance import failures
from tests.papers import a_paper, a_sector, a_sheet
from tests.reports import TEXTS, closed_final
from tests.tagged import page_texts, read_aloud, tags


@pytest.mark.pdf
@pytest.mark.django_db
def test_it_conforms_tells_everything_and_names_nobody(plan, ufficio, responsabile, segretario):
    closed_final(plan, office=ufficio, manager=responsabile, by=segretario)
    worded = word_report(begin_report(plan, by=segretario), **TEXTS, by=segretario)
    paper = report_paper(worded)
    content = report_pdf(paper)
    assert failures(content, "3a") == failures(content, "ua1") == {}
    aloud, pages = read_aloud(content), page_texts(content)
    told = " ".join(aloud)
    assert all(words in told for words in ("Un anno di lavoro.", "Ritardi", "1 giornata", "2 persone coinvolte"))
    assert not any(name in told for name in ("Bianchi", "Neri", "60 %", "40 %"))
    assert all("BOZZA" in page and f"Versione {paper.version}" in page for page in pages)
    assert f"pagina 1 di {len(pages)}" in pages[0]
    assert tags(content)["Figure"] == 4  # weights, results, and one for each settore
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as outline:
        titles = [one.title for one in outline.root[0].children]
    assert titles[:4] == [
        "Presentazione",
        "Contesto e risorse",
        "Il piano",
        "Gli atti che hanno fatto e modificato il piano",
    ]


def test_a_long_picture_comes_in_parts_that_stand_on_a_page():
    sheets = [a_sheet(number=number) for number in range(1, MOST_ROWS + 2)]
    charts = Charts(a_paper(sectors=[a_sector(sheets=sheets)]))
    ((_, pictures),) = charts.sectors
    assert ["(1 di 2)" in pictures[0], "(2 di 2)" in pictures[1], len(pictures)] == [True, True, 2]
    assert [len(charts.results), len(charts.weights)] == [1, 1]
    assert "(1 di" not in charts.results[0]


def test_what_was_not_measured_has_no_picture_of_results():
    paper = replace(a_paper(sectors=[a_sector(sheets=[a_sheet(weight=None, on_file=False)])]), measured=False)
    ((_, pictures),) = Charts(paper).sectors
    assert pictures == []
    assert "1 peso non noto" in Charts(paper).weights[0]
