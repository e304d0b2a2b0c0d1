"""The printed «scheda obiettivo»: the official form, one page where the text allows, readable by eye and by ear."""

import json
from datetime import date

import pytest

from objectives.pdf import (
    act_name,
    force_line,
    form_from_exchange,
    staff_total,
)
from tests.acts import real_data
from tests.conformance import failures
from tests.forms import changed_sheet, one_sheet_document, print_sheet, real_sheet
from tests.tagged import attached, page_texts, read_aloud, tags

pytestmark = pytest.mark.pdf
ACT = real_data()["act"]
SENTENCE = "Predisposizione degli atti, verifica con gli uffici e comunicazione ai cittadini interessati. "


def form(**changes):
    document = changed_sheet(**changes)
    return form_from_exchange(document["sheets"][0], document, version="v1")


@pytest.mark.parametrize("number", [0, 1, 4], ids=["changed", "eliminated", "with most text"])
def test_a_real_sheet_fits_one_page_and_conforms(number):
    """That all 13 do is proved where they are bound: test_pdf_book."""
    content = real_sheet(number)
    assert len(page_texts(content)) == 1
    assert failures(content, "3a") == {}
    assert failures(content, "ua1") == {}


def test_a_screen_reader_reads_the_form_in_its_order():
    assert read_aloud(real_sheet(0)) == [
        "MODIFICATO", "PESO", "25", "Comune di Caluso", "ANNO 2022 - Obiettivo strategico n° 1",
        "Piano della Performance 2022 · scheda obiettivo",
        "Settore", "Responsabile di servizio", "Collegamento con Rel. Prev. Prog./DUP",
        "FINANZIARIO", "DR. DANILO BERTOLDI", "—",
        "Obiettivo", "SPORTELLINO UNICO TELEMATICO", "Descrizione obiettivo", real_data()["sheets"][0]["description"],
        "Descrizione delle fasi di attuazione",
        "1", "2022: Formazione e addestramento utilizzo SUT",
        "2", "2022: Sperimentazione con un procedimento per Settore",
        "3", "2023: Avvio del servizio", "4", "2023: Ampliamento dei procedimenti resi disponibili on line",
        "5", "6", "7", "8",
        "Indici di risultato",
        "Indici di Quantità", "ATTESO", "RAGGIUNTO", "Scost.",
        "Procedimenti portati sul SUT ANNO 2022", "1", "Procedimenti portati sul SUT ANNO 2023", "100%",
        "Indici di Tempo", "ATTESO", "RAGGIUNTO", "Scost.",
        "Avvio del servizio su un procedimento", "31/12/2022",
        "Ampliamento del servizio su tutti i procedimenti", "31/12/2023",
        "Indici di Costo", "ATTESO", "RAGGIUNTO", "Scost.", "nessun indice",
        "Indici di Qualità", "ATTESO", "RAGGIUNTO", "Scost.",
        "Grado utilizzo procedura on line rispetto a cartacea al 31/12/23", "20%",
        "Cronoprogramma", "Fasi e tempi", "Gennaio", "Febbraio", "Marzo", "Aprile", "Maggio", "Giugno", "Luglio",
        "Agosto", "Settembre", "Ottobre", "Novembre", "Dicembre", "1", "2", "3", "2023", "4", "2023",
        "X = attività nell'anno 2022; un anno nella casella = attività in quel mese di quell'anno; "
        "casella vuota = mese non indicato.",
        "Verifiche", "Verifica", "VERIFICA INTERMEDIA AL", "VERIFICA FINALE AL",
        "MEDIA VALORE RAGGIUNTO %", "MEDIA RISPETTO DEI TEMPI %",
        "Analisi degli scostamenti", "alla verifica intermedia", "alla verifica finale",
        "Cause", "Effetti", "Provvedimenti correttivi intrapresi", "Provvedimenti correttivi da attivare",
        "Personale coinvolto nell'obiettivo", "Cat.", "Cognome e Nome", "% Partecipazione", "non indicato",
        "totale partecipazione agli obiettivi",
    ]  # fmt: skip


def test_the_foot_tells_act_force_version_and_page():
    text = page_texts(real_sheet(0))[0]
    assert "Deliberazione G.C. n. 100 del 18/10/2022" in text
    assert "testo vigente dal 18/10/2022" in text
    assert "Versione gc-100-2022-01" in text
    assert "Pagina 1 di 1" in text


def test_the_exchange_data_of_the_sheet_travel_inside():
    document = real_data()
    expected = one_sheet_document(document, document["sheets"][4])
    files = attached(real_sheet(4))
    assert {name: json.loads(data) for name, data in files.items()} == {"scheda-gc-100-2022-05.json": expected}


def test_an_eliminated_sheet_keeps_its_text_and_says_until_when_it_was_in_force():
    told = read_aloud(real_sheet(1))
    assert told[0] == "ELIMINATO"
    assert "Obiettivo eliminato dal 18/10/2022: segue il testo in vigore fino ad allora." in told
    assert "Proposta attività per accelerare gli incassi in corso di esercizio e recuperare i residui." in told


def test_a_sheet_whose_text_is_not_on_file_says_so_and_invents_nothing():
    document = changed_sheet(title="", description="", weight=None, change=None, phases=[], indicators=[], manager="")
    content = print_sheet(document, on_file=False)
    assert read_aloud(content) == [
        "PESO", "non noto", "Comune di Caluso", "ANNO 2022 - Obiettivo strategico n° 1",
        "Piano della Performance 2022 · scheda obiettivo",
        "Testo non in archivio. La scheda risulta approvata con Deliberazione G.C. n. 100 del 18/10/2022.",
        "Settore", "Responsabile di servizio", "Collegamento con Rel. Prev. Prog./DUP", "FINANZIARIO", "—", "—",
    ]  # fmt: skip
    assert failures(content, "ua1") == {}


def test_invented_data_are_marked_on_every_page():
    phases = [{"slot": slot, "text": SENTENCE * 20, "months": []} for slot in range(1, 9)]
    pages = page_texts(print_sheet(changed_sheet(phases=phases), demo=True))
    assert len(pages) > 1
    assert all("DATI DIMOSTRATIVI" in page for page in pages)
    assert "DATI DIMOSTRATIVI" not in page_texts(real_sheet(0))[0]


NASTY = "😀 服务 خدمة \x07\u200b ﬁ ● <b>&amp;</b> " + "Donaudampfschiff" * 40


@pytest.fixture(scope="module")
def long_sheet():
    """Eight phases of 3000 characters, every cell full, and characters that no font has."""
    review = {"date": "31 luglio 2022", "value_average": "80%", "time_average": "75%"}
    review |= dict.fromkeys(("causes", "effects", "taken", "to_take"), SENTENCE * 10)
    families = ("QUANTITA", "TEMPO", "COSTO", "QUALITA")
    texts = {"text": NASTY, "expected": NASTY, "achieved": "31-dic", "deviation": "-5%"}
    months = [f"{year}-{month:02}" for year in (2022, 2023, 2024) for month in range(1, 13)]
    phases = [{"slot": slot, "text": (SENTENCE * 32)[:3000], "months": months} for slot in range(1, 9)]
    return print_sheet(
        changed_sheet(
            title=NASTY,
            description="\n\n".join([NASTY, SENTENCE * 30]),
            phases=phases,
            indicators=[{"family": family, **texts} for family in families],
            staff=[{"category": "C", "name": f"Persona {number}", "share": "2,5%"} for number in range(40)],
            reviews=[{"round": "INTERMEDIA", **review}, {"round": "FINALE", **review}],
        )
    )


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_a_nasty_sheet_conforms(long_sheet, profile):
    assert failures(long_sheet, profile) == {}


def test_no_row_is_broken_by_a_page(long_sheet):
    counted = tags(long_sheet)
    assert counted["LI"] == 8
    headers, rows = 9, 1 + 4 + 8 + 2 + 4 + 41
    repeated = counted["THead"] - headers
    assert counted["TR"] == headers + rows + repeated


def test_every_page_has_its_number_and_the_heading(long_sheet):
    pages = page_texts(long_sheet)
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert f"Pagina {number} di {len(pages)}" in page
        assert "ANNO 2022 - Obiettivo strategico n° 1" in page


def test_results_reviews_and_staff_are_printed_as_written(long_sheet):
    told = read_aloud(long_sheet)
    assert told.count("-5%") == 4
    assert "VERIFICA INTERMEDIA AL 31 luglio 2022" in told
    assert told.count("2022, 2023, 2024") == 8 * 12
    assert told[-1] == "100%"


@pytest.mark.parametrize(
    ("shares", "total"),
    [
        ([], ""),
        (["", ""], ""),
        (["50", "50%"], "100%"),
        (["33,3%", "33,3", "33,4"], "100%"),
        (["0"], "0%"),
        (["metà"], ""),
        (["12,5"], "12,5%"),
    ],
)
def test_the_staff_total_adds_what_is_written(shares, total):
    assert staff_total(shares) == total


def test_a_month_of_the_plans_year_is_a_mark_and_another_year_is_named():
    months = ["2022-01", "2022-03", "2023-03", "2024-04"]
    row = form(phases=[{"slot": 7, "text": "Avvio", "months": months}]).timeline[0]
    assert (row.slot, list(row.cells)) == (7, ["X", "", "2022, 2023", "2024", *[""] * 8])


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({}, "Deliberazione G.C. n. 100 del 18/10/2022"),
        ({"body": "Consiglio Comunale"}, "Deliberazione C.C. n. 100 del 18/10/2022"),
        ({"body": "Commissario straordinario"}, "Deliberazione Commissario straordinario n. 100 del 18/10/2022"),
        ({"date": None}, "Deliberazione G.C. n. 100 del 2022"),
        ({"number": None, "date": None}, "Proposta non ancora adottata"),
    ],
)
def test_the_act_is_named_as_an_office_does(changes, name):
    assert act_name({**ACT, **changes}) == name


def test_a_version_that_waits_says_so():
    assert force_line(None) == "in attesa di esecutività"
    assert force_line(date(2022, 10, 18)) == "testo vigente dal 18/10/2022"


@pytest.mark.parametrize(
    ("day", "when", "foot"),
    [
        (date(2099, 2, 17), "dal 17/02/2099", "obiettivo eliminato dal 17/02/2099"),
        (None, "da quando l'atto sarà esecutivo", "in attesa di esecutività"),
    ],
)
def test_a_removal_that_waits_says_nothing_of_today(day, when, foot):
    note = f"Obiettivo eliminato {when}: segue il testo in vigore fino ad allora."
    document = changed_sheet(change="ELIMINATO")
    told = form_from_exchange(document["sheets"][0], document, version="v1", in_force_from=day)
    assert (list(told.notes), told.force_line) == ([note], foot)
