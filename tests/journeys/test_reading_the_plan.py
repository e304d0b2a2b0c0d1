"""A Segretario reads the plan: on two days, sheet by sheet, act by act, word by word."""

import pytest

pytestmark = pytest.mark.journey

FIN = "section:has(> h2:text-is('FINANZIARIO'))"


@pytest.fixture
def segretario_at_work(visitor, segretario, with_password, act100):
    """The Segretario of Caluso, signed in, with the real act on record."""
    with_password(segretario)
    visitor.sign_in("segretario")
    return visitor


def fin(visitor):
    """Number and weight of the objectives of the settore FINANZIARIO."""
    rows = visitor.page.locator(f"{FIN} >> table.sheets >> tbody >> tr").all()
    return [(row.locator("td").first.inner_text(), row.locator("td").last.inner_text()) for row in rows]


def test_the_segretario_reads_the_plan(segretario_at_work):
    visitor = segretario_at_work

    visitor.page.locator(".menu summary", has_text="Piano").click()
    visitor.follow("In vigore oggi")
    assert visitor.heading() == "Piano della Performance 2022"
    assert fin(visitor) == [("1", "25"), ("2", "25"), ("4", "15")]

    visitor.follow("Il giorno prima dell'ultima modifica: 17 ottobre 2022")
    assert visitor.page.url.endswith("/caluso/piano/2022/al/2022-10-17/")
    assert fin(visitor) == [("1", "non noto"), ("2", "25"), ("4", "non noto")]

    visitor.page.get_by_label("dopo l'atto").select_option("gc-100-2022")
    visitor.press("Mostra dopo l'atto")
    assert visitor.page.url.endswith("/caluso/piano/2022/dopo/gc-100-2022/")

    visitor.page.get_by_label("al giorno").fill("2022-02-06")
    visitor.press("Mostra al giorno")
    assert visitor.page.url.endswith("/caluso/piano/2022/al/2022-02-06/")
    assert visitor.page.locator(".empty-title").inner_text() == "In questo giorno il piano non era ancora in vigore"

    visitor.follow("Oggi")
    visitor.follow("ESTERNALIZZAZIONE SERVIZIO TRIBUTI")
    assert visitor.page.locator(".standing").inner_text().endswith("Testo vigente dal 18 ottobre 2022.")
    visitor.follow("Versione precedente (GC 8/2022)")
    assert visitor.heading() == "Testo non in archivio"
    visitor.follow("Vai al testo in vigore oggi")
    assert visitor.heading() == "ESTERNALIZZAZIONE SERVIZIO TRIBUTI"
    visitor.page.get_by_label("In vigore il giorno").fill("2022-10-17")
    visitor.press("Mostra com'era")
    assert visitor.heading() == "Testo non in archivio"
    visitor.follow("La cronologia: chi ha preparato, inviato e approvato ogni versione")
    assert visitor.heading() == "Cronologia"
    visitor.follow("Tutte le scritture in archivio, campo per campo")
    assert visitor.heading() == "Tutte le scritture in archivio"


def test_the_segretario_reads_an_act(segretario_at_work):
    visitor = segretario_at_work
    visitor.follow("Atti", exact=True)
    visitor.follow("GC 100/2022")
    assert visitor.heading() == "Deliberazione della Giunta Comunale n. 100 del 18/10/2022"
    visitor.follow("Il piano 2022 il giorno prima")
    assert visitor.page.url.endswith("/caluso/piano/2022/al/2022-10-17/")
    visitor.follow("GC 8/2022")
    assert visitor.page.locator("main .lead").inner_text() == "Testo non in archivio"
    visitor.follow("GC 100/2022")
    visitor.follow("MIGLIORAMENTO INDICATORE")
    assert "eliminato dal 18 ottobre 2022" in visitor.page.locator(".standing").inner_text()


def test_the_segretario_looks_for_a_word(segretario_at_work):
    visitor = segretario_at_work
    visitor.follow("Cerca", exact=True)
    visitor.page.get_by_label("Parole da cercare").fill("attivita")
    visitor.press("Cerca")
    assert visitor.page.locator("mark").all_inner_texts() == ["attività", "attività", "dell'attività", "attività"]
    visitor.page.get_by_label("Parole da cercare").fill("zanzare")
    visitor.press("Cerca")
    assert visitor.page.locator(".empty-title").inner_text() == "Nessuna scheda ha tutto questo"
    visitor.go("/caluso/cerca/?q=")
    wrong = visitor.page.locator(".wrong").inner_text()
    assert wrong == "Parole da cercare: Scrivere almeno una parola, o scegliere un filtro."


def test_an_entity_without_anything_says_what_to_do(visitor, segretario, with_password):
    with_password(segretario)
    visitor.sign_in("segretario")
    for path in ("/caluso/piano/", "/caluso/atti/", "/caluso/cerca/"):
        assert visitor.go(path) == 200
