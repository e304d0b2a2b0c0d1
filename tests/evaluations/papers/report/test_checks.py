"""What a Relazione lacks is said before it is frozen: results, names, reasons, texts (R30, R32, R33)."""

import datetime as dt
from dataclasses import replace

from evaluations.papers.report.acts import ChangedSheet, ReportAct
from evaluations.papers.report.checks import check, due_on
from evaluations.papers.report.names import name_of
from tests.papers import a_paper, a_sector, a_sheet

NAMES = {name_of("Anna Bianchi")}
WHOLE = a_paper(presentation="Un anno.", conclusions="Si prosegue.")
CHANGE = ChangedSheet("FINANZIARIO", 2, "Sportello", "MODIFICATO", "25", "30", "Cause esterne", "")
ACT = ReportAct(
    "Deliberazione n. 100 del 18/10/2022", "GC 100/2022", "", "Modifiche.", True, False, "1 scheda", [CHANGE]
)


def said(paper, closed=True):
    """What is said: severity, rule, message."""
    return [(one.severity, one.rule, one.message) for one in check(paper, names=NAMES, closed=closed)]


def test_a_relazione_that_lacks_nothing_says_which_acts_it_lists():
    assert said(WHOLE) == [("I", "R33", "Nessun atto ha modificato il piano.")]
    acts = [replace(ACT, sheets=[]), replace(ACT, short="GC 120/2022", sheets=[])]
    listed = "Gli atti che hanno modificato il piano sono elencati: GC 100/2022, GC 120/2022."
    assert said(replace(WHOLE, acts=acts)) == [("I", "R33", listed)]


def test_provisional_results_block_it():
    assert said(WHOLE, closed=False)[0] == ("E", "R30", "La verifica finale non è chiusa: i risultati sono provvisori.")


def test_a_name_in_what_was_typed_blocks_and_in_what_was_adopted_warns():
    typed = a_sector(text="Fatto.", sheets=[a_sheet(analysis=[("Cause", "Assenza di Bianchi Anna")])])
    adopted = a_sector(text="Fatto.", sheets=[a_sheet(title="Sportello di Anna Bianchi")])
    assert said(replace(WHOLE, sectors=[typed]))[0] == (
        "E", "R32",
        "Risultati di FINANZIARIO, n° 1 – Sportello: vi compare «Bianchi Anna», tra il personale del piano.",
    )  # fmt: skip
    assert said(replace(WHOLE, sectors=[adopted]))[0] == (
        "W", "R32",
        "FINANZIARIO, n° 1 – Sportello di Anna Bianchi: il testo adottato nomina «Anna Bianchi», "
        "tra il personale del piano.",
    )  # fmt: skip


def test_a_change_without_its_reason_is_named_with_its_act():
    assert said(replace(WHOLE, acts=[ACT]))[0] == (
        "W", "R33", "GC 100/2022: manca la ragione di una variazione: FINANZIARIO n° 2 (motivazione)."
    )  # fmt: skip


def test_an_act_whose_text_is_not_on_file_is_said_and_not_asked_for_reasons():
    absent = replace(ACT, on_file=False)
    assert said(replace(WHOLE, acts=[absent]))[0] == (
        "W", "R33", "Deliberazione n. 100 del 18/10/2022: il testo non è in archivio."
    )  # fmt: skip


def test_texts_that_nobody_wrote_are_missed():
    bare = replace(WHOLE, presentation=" ", conclusions="", sectors=[a_sector(text="")])
    assert [message for severity, _, message in said(bare) if severity == "W"] == [
        "La presentazione non è ancora scritta.",
        "Le conclusioni non sono ancora scritte.",
        "Senza testo del settore: FINANZIARIO.",
    ]


def test_it_is_due_by_the_thirtieth_of_june_of_the_next_year():
    assert due_on(2022) == dt.date(2023, 6, 30)
