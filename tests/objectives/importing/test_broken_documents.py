"""Broken files and impossible contents are refused: one clear sentence a problem, with its line, and no data."""

import io
import time
import zipfile
from collections.abc import Callable

import pikepdf
import pytest

from objectives.importing.findings import Limits, Reading
from objectives.importing.reading import read_document
from tests.acts import real_text


def read(text: str) -> Reading:
    return read_document(text.encode(), "atto.txt")


def errors(reading: Reading) -> list[str]:
    assert (reading.data is None) == bool(reading.errors)
    return [str(finding) for finding in reading.errors]


def archive(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", content)
    return buffer.getvalue()


def locked_pdf() -> bytes:
    buffer = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(buffer, encryption=pikepdf.Encryption(owner="a", user="b"))
    return buffer.getvalue()


def blank_pdf() -> bytes:
    buffer = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(buffer)
    return buffer.getvalue()


BILLION_LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        pytest.param(b"", "I01", "Il file è vuoto", id="empty"),
        pytest.param(b" \r\n\t ", "I01", "Il file è vuoto", id="blank"),
        pytest.param(b"\x7fELF\x00\x01\x02" * 50, "I01", "contiene dati binari", id="binary"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1", "I01", "vecchio .doc", id="old Word"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "I01", "un'immagine", id="image"),
        pytest.param("Nel mezzo del cammin di nostra vita\n" * 40, "I03", "nessuna scheda obiettivo", id="prose"),
        pytest.param(lambda: b"x" * 30_000_000, "I02", "Il file è di 30.0 MB, più dei 20 ammessi.", id="30 MB line"),
        pytest.param(b"x" * 200_000, "I02", "La riga è troppo lunga (200000 caratteri)", id="long line"),
        pytest.param(b"PK\x03\x04 broken", "I01", "danneggiato o non è un documento Word", id="broken docx"),
        pytest.param(lambda: archive(b"<a>" + b" " * 110_000_000 + b"</a>"), "I02", "è troppo grande", id="zip bomb"),
        pytest.param(archive(BILLION_LAUGHS), "I06", "dichiarazioni che un documento Word non ha", id="billion laughs"),
        pytest.param(archive(b"<a><b></a>"), "I01", "danneggiato", id="docx that is no XML"),
        pytest.param(archive(b"<a/>"), "I01", "danneggiato", id="docx without a body"),
        pytest.param(b"%PDF-1.7 broken", "I01", "Il PDF", id="broken pdf"),
        pytest.param(locked_pdf(), "I01", "Il PDF è protetto da una password", id="locked pdf"),
        pytest.param(blank_pdf(), "I01", "serve un PDF nato digitale", id="scanned pdf"),
        pytest.param(b'{"format": ', "I01", "Il JSON non è valido alla colonna", id="broken json"),
        pytest.param(b'{"version": NaN}', "I01", "NaN non è un numero", id="json with NaN"),
        pytest.param(b'{"a": 1, "a": 2}', "I01", "la voce «a» è ripetuta", id="json with double keys"),
        pytest.param(b'{"a":' + b"[" * 50_000, "I01", "troppi livelli", id="deep json"),
        pytest.param(b'{"a":' + b'"\\"' * 200_000, "I01", "Il JSON non è valido", id="quotes without end"),
    ],
)
def test_a_file_that_is_no_act_is_refused_with_one_sentence(
    content: bytes | str | Callable[[], bytes], code: str, words: str
) -> None:
    made = content() if callable(content) else content  # what is large is not made to list the tests
    begin = time.perf_counter()
    reading = read_document(made if isinstance(made, bytes) else made.encode())
    (error,) = reading.errors
    assert (reading.data, error.code) == (None, code)
    assert words in error.message
    assert time.perf_counter() - begin < 10


def replaced(old: str, new: str, count: int = 1) -> str:
    assert old in real_text()
    return real_text().replace(old, new, count)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param(
            replaced("n° 1 PESO: 25", "n° 1 PESO: molto"),
            ["E I04 (riga 149): Scheda 1 (FINANZIARIO n° 1): il peso «molto» non è un numero."],
            id="weight that is no number",
        ),
        pytest.param(
            replaced("n° 1 PESO: 25", "n° 1 PESO: 125"),
            ["E I04 (riga 149): Scheda 1 (FINANZIARIO n° 1): il peso «125» non è fra 0 e 100."],
            id="weight over 100",
        ),
        pytest.param(
            replaced("n° 1 PESO: 25", "n° 1 PESO: -5"),
            ["E I04 (riga 149): Scheda 1 (FINANZIARIO n° 1): il peso «-5» non è fra 0 e 100."],
            id="weight below 0",
        ),
        pytest.param(
            replaced("n° 1 PESO: 25", "n° 1 PESO:"),
            ["E I04 (riga 149): Scheda 1 (FINANZIARIO n° 1): il peso manca."],
            id="no weight",
        ),
        pytest.param(
            replaced("25 **MODIFICATO**", "25 **SPOSTATO**"),
            [
                "E I04 (riga 149): Scheda 1 (FINANZIARIO n° 1): la variazione «SPOSTATO» non è fra quelli previsti "
                "(INSERITO, MODIFICATO, ELIMINATO)."
            ],
            id="unknown change",
        ),
        pytest.param(
            replaced("n° 1 PESO: 25 **MODIFICATO**", "n° uno PESO: 25 **MODIFICATO**"),
            ["E I04 (riga 149): Scheda 1 (FINANZIARIO n° uno): il numero «uno» non è un numero intero."],
            id="number that is none",
        ),
        pytest.param(
            replaced("n° 4 PESO: 15 **MODIFICATO**", "n° 1 PESO: 15 **MODIFICATO**"),
            [
                "E R04 (riga 282): Scheda 4 (FINANZIARIO n° 1): due schede con lo stesso numero (l'altra è la "
                "scheda 1); solo una scheda INSERITA può prendere il numero di una ELIMINATA."
            ],
            id="two active sheets with one number",
        ),
        pytest.param(
            replaced("\t31-dic\t", "\t31-feb\t"),
            [
                "E R24 (riga 389): Scheda 6 (AMMINISTRATIVO E SERVIZI ALLA PERSONA n° 5), indicatore 2: "
                "La data «31-feb» non esiste nel calendario: correggerla o lasciare il valore a parole."
            ],
            id="impossible target",
        ),
        pytest.param(
            replaced("decorrenza dal 06-02-2023", "decorrenza dal 31-02-2023"),
            ["E I04 (riga 123): Atto: l'inizio della pubblicazione «31-02-2023» non è una data possibile."],
            id="impossible publication",
        ),
        pytest.param(
            replaced("addì **diciotto**, del mese di **ottobre**", "addì **trentuno**, del mese di **novembre**"),
            ["E I04 (riga 17): Atto: la data della seduta «31/11/2022» non è una data possibile."],
            id="impossible session",
        ),
        pytest.param(
            replaced("**duemilaventidue**", "**duemilaventiquattro**"),
            [
                "E R14 (riga 123): Atto: la pubblicazione precede la seduta; controllare le date.",
                "E R14 (riga 141): Atto: l'esecutività precede la seduta; controllare le date.",
            ],
            id="published before the session",
        ),
        pytest.param(
            replaced("L'obiettivo, biennale", "<script>alert(1)</script>L'obiettivo, biennale"),
            [
                "E I06 (riga 154): Il testo contiene un elemento <script>, che in un atto non ha posto: "
                "toglierlo dal documento."
            ],
            id="script",
        ),
        pytest.param(
            replaced("N. 100\n", "N. ____\n"),
            ["E I04 (riga 3): Atto: il numero della deliberazione manca."],
            id="no number",
        ),
        pytest.param(
            replaced(
                "ANNO 2022 - Obiettivo strategico n° 2 PESO: 25 **ELIMINATO**",
                "ANNO 2021 - Obiettivo strategico n° 2 PESO: 25 **ELIMINATO**",
            ),
            ["E I04 (riga 195): La scheda è dell'anno 2021, la prima del 2022: un atto cambia un solo piano."],
            id="two years",
        ),
        pytest.param(
            replaced("Indici di Costo\t\t\tATTESO", "Indici di Efficacia\t\t\tATTESO"),
            [],
            id="an unknown family without indicators is no harm",
        ),
        pytest.param(
            replaced("1\t2022: Formazione", "9\t2022: Formazione"),
            ["E I04 (riga 156): Scheda 1 (FINANZIARIO n° 1), fase 4: il posto «9» non è fra 1 e 8."],
            id="a ninth phase",
        ),
    ],
)
def test_each_problem_is_one_sentence_with_its_line(text: str, sentences: list[str]) -> None:
    assert errors(read(text)) == sentences


@pytest.mark.parametrize(
    ("line", "part"),
    [
        (156, "Descrizione delle fasi"),  # after the heading of the phases
        (153, "Descrizione delle fasi"),
        (162, "CRONOPROGRAMMA"),
        (172, "VERIFICA"),
        (186, "PERSONALE"),
        (192, "totale"),
    ],
)
def test_an_act_cut_in_the_middle_of_its_only_sheet_is_refused(line: int, part: str) -> None:
    (error, *_) = read("\n".join(real_text().split("\n")[:line])).errors
    assert error.code == "I03"
    assert error.line is not None
    assert error.line <= line


def test_an_act_cut_in_the_last_words_of_a_sheet_is_refused() -> None:
    text = real_text()
    end = text.index("totale partecipazione agli obiettivi") + len("totale partecipazione agli obiettiv")
    assert errors(read(text[:end])) == [
        "E I03 (riga 193): Nella scheda 1 manca la parte «totale partecipazione agli obiettivi»: "
        "il documento si interrompe qui?"
    ]


def test_an_act_cut_in_the_middle_of_a_later_sheet_is_refused() -> None:
    found = errors(read("\n".join(real_text().split("\n")[:700])))
    assert found == [
        "E I03 (riga 700): Nella scheda 13 manca la parte «INDICI DI RISULTATO»: il documento si interrompe qui?"
    ]


def test_limits_are_the_callers() -> None:
    content = real_text().encode()
    for limits, words in (
        (Limits(max_bytes=1000), "più dei 0.001 ammessi"),
        (Limits(max_sheets=12), "Le schede sono 13, più delle 12 ammesse."),
        (Limits(max_seconds=0), "La lettura supera il tempo consentito"),
        (Limits(max_line_chars=100), "La riga è troppo lunga"),
    ):
        (error,) = read_document(content, "atto.txt", limits).errors
        assert (error.code, words in error.message) == ("I02", True)


def test_what_is_far_longer_than_an_act_is_refused_at_once() -> None:
    for text, sentence in (
        ("parere\n" * 6000 + real_text(), "Il testo dell'atto ha 6084 righe, più delle 5000 previste."),
        (real_text() + "D\tUgo BLU\t5\n" * 2000, "Una scheda ha 2040 righe, più delle 1000 previste."),
    ):
        (error,) = read(text).errors
        assert (error.code, error.message) == ("I02", sentence)


def test_paragraphs_that_repeat_what_readers_look_for_cost_no_time() -> None:
    for words in ("deliberazione n ", "con voti ", "31/12/22 ", "*a", "<p ", "anno "):
        begin = time.perf_counter()
        assert read((words * (90_000 // len(words)) + "\n") + real_text()).source == "testo"
        assert time.perf_counter() - begin < 5
