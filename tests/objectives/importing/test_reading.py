"""The real act comes in right from every source and encoding; broken files are refused with one clear sentence each."""

import codecs
import io
import json
import time
import unicodedata
import zipfile
from typing import Any

import pikepdf
import pytest

from objectives.importing.findings import Limits, Reading
from objectives.importing.reading import read_document
from tests.acts import as_docx, as_pdf, real_data, real_text, write_act


def read(text: str) -> Reading:
    return read_document(text.encode(), "atto.txt")


def errors(reading: Reading) -> list[str]:
    assert (reading.data is None) == bool(reading.errors)
    return [str(finding) for finding in reading.errors]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(lambda text: text.encode(), id="utf-8"),
        pytest.param(lambda text: codecs.BOM_UTF8 + text.encode(), id="byte order mark"),
        pytest.param(lambda text: text.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(lambda text: text.replace("\n", "\r").encode(), id="old Mac line ends"),
        pytest.param(lambda text: unicodedata.normalize("NFD", text).encode(), id="decomposed accents"),
        pytest.param(lambda text: text.encode("cp1252"), id="Windows-1252"),
        pytest.param(lambda text: text.encode("utf-16"), id="utf-16"),
        pytest.param(lambda text: text.replace(" ", "\u00a0", 400).encode(), id="hard spaces"),
        pytest.param(as_docx, id="docx"),
        pytest.param(as_pdf, id="pdf"),
        pytest.param(lambda _: json.dumps(real_data()).encode(), id="json"),
        pytest.param(lambda _: write_act(real_data()).encode(), id="as our tests write it"),
    ],
)
def test_the_real_act_comes_in_right(content: Any) -> None:
    reading = read_document(content(real_text()))
    assert errors(reading) == []
    assert reading.data == real_data()


def test_a_pdf_tells_page_and_line() -> None:
    reading = read_document(as_pdf(real_text()))
    found = [finding for finding in reading.findings if "SPORTELLINO" in finding.message]
    assert [finding.where.split(",")[0] for finding in found] == [f"pagina {finding.page}" for finding in found]
    assert reading.source == "pdf"


def test_every_part_knows_its_line() -> None:
    lines = read(real_text()).lines
    paths = ("act.number", "act.vote", "act.enforceable_on", "sheets.0", "sheets.1.title", "sheets.7.indicators.2")
    assert [lines[path] for path in paths] == [11, 97, 141, 149, 199, 481]
    assert lines["sheets.0.phases.2.months"] == 175


def test_json_parts_know_their_line_too() -> None:
    data = real_data()
    data["sheets"][3]["weight"] = "molto"
    text = json.dumps(data, indent=1)
    (error,) = read_document(text.encode()).errors
    assert error.message == "Scheda 4 (FINANZIARIO n° 4): il peso «molto» non è un numero."
    assert text.splitlines()[(error.line or 0) - 1].strip() == '"weight": "molto",'


def test_the_real_act_is_read_fast_and_sixty_sheets_in_proportion() -> None:
    def seconds(data: dict[str, Any]) -> float:
        content = write_act(data).encode()
        times = []
        for _ in range(3):
            begin = time.perf_counter()
            assert read_document(content).errors == []
            times.append(time.perf_counter() - begin)
        return min(times)

    many = real_data()
    many["sheets"] = [many["sheets"][3] | {"number": number} for number in range(1, 61)]
    few = real_data()
    few["sheets"] = [few["sheets"][3] | {"number": number} for number in range(1, 14)]
    assert seconds(few) < 1.0
    assert seconds(many) < 8 * seconds(few)


# broken files


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
        pytest.param(b"x" * 30_000_000, "I02", "Il file è di 30.0 MB, più dei 20 ammessi.", id="30 MB line"),
        pytest.param(b"x" * 200_000, "I02", "La riga è troppo lunga (200000 caratteri)", id="long line"),
        pytest.param(b"PK\x03\x04 broken", "I01", "danneggiato o non è un documento Word", id="broken docx"),
        pytest.param(archive(b"<a>" + b" " * 110_000_000 + b"</a>"), "I02", "è troppo grande", id="zip bomb"),
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
def test_a_file_that_is_no_act_is_refused_with_one_sentence(content: bytes | str, code: str, words: str) -> None:
    begin = time.perf_counter()
    reading = read_document(content if isinstance(content, bytes) else content.encode())
    (error,) = reading.errors
    assert (reading.data, error.code) == (None, code)
    assert words in error.message
    assert time.perf_counter() - begin < 10


def replaced(old: str, new: str, count: int = 1) -> str:
    assert old in real_text()
    return real_text().replace(old, new, count)


ENTITY_HEAD = "Comune di Caluso ANNO 2022 - Obiettivo strategico n° 1 PESO: 25 **MODIFICATO**"


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
                "E R04 (riga 282): Scheda 4 (FINANZIARIO n° 1): due schede attive con lo stesso numero "
                "(l'altra è la scheda 1)."
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
