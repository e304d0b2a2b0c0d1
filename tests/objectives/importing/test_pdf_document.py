"""A PDF asks for what it likes and gets what the limits allow: the process that reads it is stopped at them."""

import io
import subprocess
import sys
import time

import pikepdf
import pytest

from objectives.importing import pdf_document
from objectives.importing.findings import Limits
from objectives.importing.reading import read_document


def one_page(drawing: bytes) -> bytes:
    """A PDF of one page with this content, packed."""
    buffer = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page()
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=document.make_indirect(font)))
        page.Contents = document.make_stream(drawing)
        document.save(buffer, compress_streams=True)
    return buffer.getvalue()


def text(words: str) -> bytes:
    return f"BT /F 9 Tf 20 700 Td ({words}) Tj ET".encode()


def test_one_endless_page_is_stopped_at_the_limit_of_time() -> None:
    begin = time.perf_counter()
    (error,) = read_document(one_page(text("a" * 100_000)), limits=Limits(max_seconds=1)).errors
    assert str(error) == "E I02: La lettura supera il tempo consentito (1 secondi): dividere il documento."
    assert time.perf_counter() - begin < 5


def test_one_huge_page_is_stopped_at_the_limit_of_memory() -> None:
    content = one_page(text("a" * 1_000_000))
    assert len(content) < 10_000
    (error,) = read_document(content, limits=Limits(max_memory=120_000_000)).errors
    assert str(error) == (
        "E I02: Il PDF chiede troppa memoria per essere letto: caricare il .docx o il testo dell'atto."
    )


def test_more_text_than_an_act_has_is_refused() -> None:
    content = one_page(text("a" * 30_000))
    (error,) = read_document(content, limits=Limits(max_bytes=len(content) + 20_000)).errors
    assert str(error) == "E I02 (pagina 1, riga 1): Il PDF contiene troppo testo per essere un atto."


def test_a_small_pdf_is_read_in_full() -> None:
    (error,) = read_document(one_page(text("Nel mezzo del cammin"))).errors
    assert (error.code, "nessuna scheda obiettivo" in error.message) == ("I03", True)


def test_a_process_that_cannot_start_is_told_to_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(pdf_document, "MODULE", "objectives.importing.nowhere")
    (error,) = read_document(one_page(text("a"))).errors
    assert str(error) == "E I01: Il PDF non si può leggere: caricare il .docx o il testo dell'atto."
    assert "No module named objectives.importing.nowhere" in caplog.text


@pytest.mark.parametrize("module", ["django", "pdfplumber"])
def test_reading_another_kind_of_document_loads_no_pdf_library(module: str) -> None:
    code = f"import sys, objectives.importing.{'pdf_process' if module == 'django' else 'pdf_document'}; "
    done = subprocess.run([sys.executable, "-c", f"{code} sys.exit({module!r} in sys.modules)"], check=False)
    assert done.returncode == 0
