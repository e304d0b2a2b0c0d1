"""The .docx of an act: Word's own structure, changes in bold, and our own importing reads it back whole."""

import io

import docx
import pytest

from objectives.exchange import act_to_dict, same_act
from objectives.importing.reading import read_document
from objectives.models import Sheet
from objectives.papers.act_docx import docx_of
from tests.factories import load, written_act, written_sheet
from tests.objectives.papers.conftest import REASON


def opened(act):
    return docx.Document(io.BytesIO(docx_of(act)))


def paragraphs(document, style=""):
    return [line.text for line in document.paragraphs if line.text and line.style.name.startswith(style)]


def cells(document):
    """The rows of all tables, merged cells once."""
    return [[cell.text for cell in dict.fromkeys(row.cells)] for table in document.tables for row in table.rows]


def bold(document):
    """The words of table bodies that stand in bold, labels left out."""
    bodies = (row for table in document.tables for row in table.rows if not row._tr.xpath("w:trPr/w:tblHeader"))
    runs = (run for row in bodies for cell in row.cells for line in cell.paragraphs for run in line.runs)
    return [run.text.strip() for run in runs if run.bold]


def test_the_real_act_is_read_back_as_it_is_on_record(act100):
    reading = read_document(docx_of(act100), "atto.docx")
    assert reading.errors == []
    written = act_to_dict(act100)
    assert reading.data["sheets"] == written["sheets"]
    assert same_act(reading.data, written)


@pytest.mark.parametrize("change", ["INSERITO", "MODIFICATO", "ELIMINATO"])
def test_an_ugly_sheet_is_read_back_too(caluso, change):
    sheet = written_sheet(
        3,
        change,
        weight=12.5,
        title="Sportello <b>unico</b> & \u201cfondi\u201d",
        description="Prima riga con 100% e E' così.\n\nSeconda.",
        dup_link="Missione 1",
        phases=[{"slot": 2, "text": "Due", "months": ["2022-05"]}, {"slot": 8, "text": "Otto", "months": []}],
        staff=[{"category": "C", "name": "Anna Bianchi", "share": "33,3%"}],
        reviews=[
            {
                "round": "INTERMEDIA", "date": "2022-07-31", "value_average": "80", "time_average": "90",
                "causes": "Ritardi", "effects": "Nessuno", "taken": "Solleciti", "to_take": "Altri",
            }
        ],
    )  # fmt: skip
    act = load(written_act(60, "2022-06-01", sheet, cites=[(8, "2022-02-07")]), caluso).act
    reading = read_document(docx_of(act), "atto.docx")
    assert reading.errors == []
    assert reading.data["sheets"] == act_to_dict(act)["sheets"]


def test_headings_tell_the_parts(proposal):
    document = opened(proposal)
    assert paragraphs(document, "Title") == ["COMUNE DI CALUSO"]
    assert paragraphs(document, "Heading 1") == ["PROPOSTA DI DELIBERAZIONE DELLA GIUNTA COMUNALE"]
    assert paragraphs(document, "Heading 2") == [
        "Premesse",
        "Propone",
        "I pareri",
        "Allegato A – Prospetto delle variazioni",
        "Allegato B – Deroghe, avvisi e rettifiche",
        "Allegato C – Schede obiettivo",
    ]
    assert paragraphs(document, "Heading 3") == [
        "FINANZIARIO",
        "Comune di Caluso ANNO 2022 - Obiettivo strategico n° 1 PESO: 30 MODIFICATO",
        "Comune di Caluso ANNO 2022 - Obiettivo strategico n° 2 PESO: 25 ELIMINATO",
        "Comune di Caluso ANNO 2022 - Obiettivo strategico n° 2 PESO: 20 INSERITO",
    ]


def test_a_proposal_says_on_every_page_that_nobody_adopted_it(proposal):
    footer = opened(proposal).sections[0].footer.paragraphs[0]
    assert "PROPOSTA – non adottata" in footer.text
    assert footer._p.xpath("w:fldSimple/@w:instr") == ["PAGE", "NUMPAGES"]


def test_it_is_italian_and_says_what_it_is(proposal):
    document = opened(proposal)
    assert set(document.styles.element.xpath("//w:lang/@w:val")) == {"it-IT"}
    assert document.core_properties.language == "it-IT"
    assert document.core_properties.title == (
        "Proposta di deliberazione della Giunta Comunale (PROPOSTA – non adottata)"
    )


def test_new_words_are_in_bold_where_the_earlier_text_is_on_file(proposal):
    assert [words for words in bold(opened(proposal)) if words in {"tre", "anticipato", "Verifica finale"}] == [
        "tre",
        "anticipato",
        "Verifica finale",
    ]
    assert "30/11/2022" in bold(opened(proposal))


def test_nothing_is_in_bold_where_the_earlier_text_is_not_on_file(act100):
    labels = {"OBIETTIVO", "descrizione obiettivo", "totale partecipazione agli obiettivi"}
    found = set(bold(opened(act100))) - labels
    texts = set(Sheet.objects.filter(deliberation=act100).values_list("title", flat=True))
    assert found & texts == set()
    assert not any("SPORTELL" in words or "procediment" in words for words in found)


def test_the_table_of_variations_has_its_net_effect(proposal):
    rows = cells(opened(proposal))
    assert ["Obiettivo", "Variazione", "Peso prima", "Peso dopo", "Effetto", "Motivo"] in rows
    assert ["n° 1 Obiettivo 1", "MODIFICATO", "25", "30", "+5", "Cause esterne. Bando prorogato"] in rows
    assert ["Effetto netto sui pesi del settore", "0"] in rows


def test_exceptions_and_notes_are_in_their_annex(proposal):
    rows = cells(opened(proposal))
    assert ["FINANZIARIO n° 1", REASON, "Segretario Rossi, 14/10/2022"] in rows
    assert ["Scheda", "Regola", "Avviso", "Nota"] in rows


def test_every_table_but_that_of_title_and_description_repeats_its_header(act100):
    without = [table for table in opened(act100).tables if not table._tbl.xpath("w:tr/w:trPr/w:tblHeader")]
    assert {table.cell(0, 0).text for table in without} == {"OBIETTIVO"}
