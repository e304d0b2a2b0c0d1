"""Files as evidence: what their name says is what they contain; kept for ever, put aside when mistaken."""

import io
import zipfile

import pytest

from evaluations.models import EvidenceFile
from evaluations.rounds import attach, put_aside
from evaluations.rounds.evidence_types import file_name, mime_of
from objectives.workflow import Refused
from tests.results import PDF, upload


def refusal(*args, **kwargs):
    """The sentence with which a file is refused."""
    with pytest.raises(Refused) as refused:
        attach(*args, **kwargs)
    return str(refused.value)


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


def test_a_note_that_cannot_be_kept_is_refused_with_the_reason(open_one, sheet, ufficio):
    for note, why in (("a\x00b", "caratteri che non si possono scrivere"), ("x" * 4001, "al massimo 4000 caratteri")):
        told = refusal(open_one, sheet.objective_id, None, upload(), note, by=ufficio)
        assert told.startswith("La nota del file non si può salvare.")
        assert why in told
    assert not EvidenceFile.objects.exists()


def test_a_name_is_what_a_person_reads_of_it():
    assert file_name("C:\\Users\\anna\\prova.pdf") == "prova.pdf"
    assert file_name("../../etc/passwd") == "passwd"
    assert file_name("fattura\u202efdp.exe") == "fatturafdp.exe"
    assert file_name("x" * 300 + ".pdf") == "x" * 196 + ".pdf"
    assert file_name("x." + "p" * 400) == "." + "p" * 199
    assert file_name("\x00") == "prova"


@pytest.mark.django_db
def test_a_file_is_kept_for_an_indicator_or_for_the_whole_sheet(open_one, sheet, ufficio):
    key = sheet.indicators.all()[0].key
    file = attach(open_one, sheet.objective_id, key, upload(), "Verbale", by=ufficio)
    whole = attach(open_one, sheet.objective_id, None, upload(), "", by=ufficio)
    assert (file.name, file.note, file.by, file.key, whole.key) == ("prova.pdf", "Verbale", ufficio, key, None)
    assert (file.document.read(), file.document.mime) == (PDF, "application/pdf")
    assert file.document.subject.startswith("prova ")


@pytest.mark.django_db
def test_files_that_are_empty_too_large_of_another_type_or_there_already_are_refused(
    open_one, sheet, ufficio, settings
):
    place = (open_one, sheet.objective_id, None)
    assert refusal(*place, upload(content=b""), "", by=ufficio).startswith("Il file «prova.pdf» è vuoto")
    assert refusal(*place, upload("pagina.html"), "", by=ufficio).startswith("Il file «pagina.html» non si può")
    attach(*place, upload(), "", by=ufficio)
    assert refusal(*place, upload("copia.pdf"), "", by=ufficio) == "Il file «copia.pdf» è già allegato qui."
    settings.EVIDENCE_MAX_BYTES = len(PDF) - 1
    assert refusal(*place, upload(), "", by=ufficio).startswith("Il file «prova.pdf» supera i 0 MB")
    assert EvidenceFile.objects.count() == 1


@pytest.mark.django_db
def test_evidence_is_attached_where_results_may_be_entered(
    open_one, sheet, of_finanziario, ufficio, altrove, segretario
):
    for person in (altrove, segretario):
        with pytest.raises(Refused):
            attach(open_one, sheet.objective_id, None, upload(), "", by=person)
    with pytest.raises(Refused, match="non è più nella scheda"):
        attach(open_one, sheet.objective_id, open_one.plan.objectives.first().code, upload(), "", by=ufficio)


@pytest.mark.django_db
def test_a_mistaken_file_is_put_aside_with_the_reason_and_stays(open_one, sheet, ufficio):
    file = attach(open_one, sheet.objective_id, None, upload(), "", by=ufficio)
    with pytest.raises(Refused, match="scrivere perché"):
        put_aside(file, " ", by=ufficio)
    aside = put_aside(file, "È di un altro anno.", by=ufficio)
    assert (aside.note, aside.by, file.document.read()) == ("È di un altro anno.", ufficio, PDF)
    with pytest.raises(Refused, match="già stato messo da parte"):
        put_aside(file, "Ancora.", by=ufficio)
    assert attach(open_one, sheet.objective_id, None, upload(), "Di nuovo", by=ufficio).pk
