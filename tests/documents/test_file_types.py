"""Files that people bring: what their name says is what they contain."""

import io
import zipfile

import pytest

from documents.file_types import file_name, mime_of
from tests.results import PDF


def zipped(**parts):
    """A zip of parts, named with __ for a slash."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("Types", "[Content_Types].xml"), content)
    return whole.getvalue()


def packed(how, at):
    """A workbook packed in this way, with its byte `at` spoilt."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", how) as archive:
        archive.writestr("[Content_Types].xml", SHEET * 50)
    content = bytearray(whole.getvalue())
    content[at] ^= 0xFF
    return bytes(content)


SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SIGNED = b"\x30\x82\x10\x00\x06\x09" + bytes.fromhex("2a864886f70d010702") + b"\xa0\x82"
ACCEPTED = {
    "verbale.pdf": PDF,
    "VERBALE.PDF": b"\n" + PDF,
    "verbale.pdf.p7m": SIGNED,
    "foto.png": b"\x89PNG\r\n\x1a\n....",
    "foto.jpeg": b"\xff\xd8\xff\xe0....",
    "note.txt": "Attività svolte\t€ 10\r\n".encode("cp1252"),
    "dati.csv": "a;b\n1;2\n".encode("utf-16"),
    "dati.xlsx": zipped(Types=f'<Override ContentType="{SHEET}"/>', xl__workbook="x"),
    "dati.ods": zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet", content="x"),
    "posta.eml": b"Received: x\r\nFrom: a@b.it\r\nSubject: c\r\n\r\nTesto",
}
REFUSED = {
    "pagina.html": b"<!doctype html><script>alert(1)</script>",
    "disegno.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "pagina.pdf": b"<!doctype html>",
    "foto.png": b"\xff\xd8\xff\xe0",
    "tutto.zip": zipped(a="b"),
    "macro.xlsm": zipped(Types=SHEET, xl__vbaProject="x"),
    "macro.xlsx": zipped(Types=SHEET, **{"xl__vbaProject.bin": "x"}),
    "altro.docx": zipped(Types=SHEET),
    "macro.ods": zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet", Basic__a="x"),
    "rotto.xlsx": zipped(Types=SHEET)[:40],
    "programma.txt": b"MZ\x90\x00\x03\x00",
    "senza-estensione": PDF,
    "posta.eml": b"solo testo",
    "vecchio.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "finto.p7m": b"\x30\x82nulla di firmato",
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_papers_pictures_tables_and_messages_are_accepted(name):
    assert mime_of(name, ACCEPTED[name])


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_what_its_name_says_or_could_run_is_not(name):
    assert mime_of(name, REFUSED[name]) is None


@pytest.mark.parametrize(
    "broken",
    [
        zipped(Types=SHEET, città="x").replace("città".encode(), b"citt\xff\xff"),
        packed(zipfile.ZIP_LZMA, 80),
        packed(zipfile.ZIP_BZIP2, 70),
        packed(zipfile.ZIP_DEFLATED, 60),
    ],
)
def test_a_file_that_was_broken_on_purpose_is_refused_and_breaks_nothing(broken):
    assert mime_of("dati.xlsx", broken) is None


def test_a_name_is_what_a_person_reads_of_it():
    assert file_name("C:\\Users\\anna\\prova.pdf") == "prova.pdf"
    assert file_name("../../etc/passwd") == "passwd"
    assert file_name("fattura\u202efdp.exe") == "fatturafdp.exe"
    assert file_name("x" * 300 + ".pdf") == "x" * 196 + ".pdf"
    assert file_name("x." + "p" * 400) == "." + "p" * 199
    assert file_name("\x00") == "file"
