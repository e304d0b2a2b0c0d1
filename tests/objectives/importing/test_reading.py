"""The real act comes in right from every source and encoding, each part with its line, in good time."""

import codecs
import json
import time
import unicodedata
from typing import Any

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
        pytest.param(lambda _: json.dumps(real_data()).encode(), id="json"),
        pytest.param(lambda _: write_act(real_data()).encode(), id="as our tests write it"),
    ],
)
def test_the_real_act_comes_in_right(content: Any) -> None:
    reading = read_document(content(real_text()))
    assert errors(reading) == []
    assert reading.data == real_data()


def test_the_real_act_comes_in_right_from_a_pdf_and_tells_page_and_line() -> None:
    reading = read_document(as_pdf(real_text()), limits=Limits(max_seconds=300))
    assert (reading.source, errors(reading)) == ("pdf", [])
    assert reading.data == real_data()
    assert {finding.code for finding in reading.findings} == {finding.code for finding in read(real_text()).findings}
    secretary = next(finding for finding in reading.findings if finding.code == "R20")
    assert secretary.where == f"pagina {secretary.page}, riga {secretary.line}"


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
