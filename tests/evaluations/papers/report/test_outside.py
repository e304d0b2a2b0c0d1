"""The PDF of a Relazione prepared elsewhere is a real PDF, open, quiet, and alone."""

import io

import pikepdf
import pytest

from evaluations.papers.report import outside
from evaluations.papers.report.outside import NotAcceptable, checked, text_of
from tests.reports import written_pdf

PLAIN = written_pdf("Relazione sulla performance 2022", "Tre obiettivi raggiunti.")


def changed(change, **saving):
    """The plain PDF, changed."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(PLAIN)) as pdf:
        change(pdf)
        pdf.save(out, **saving)
    return out.getvalue()


def as_it_is(pdf):
    assert len(pdf.pages) == 1


def scripted(pdf):
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def launching(pdf):
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    pdf.pages[0].Annots = pikepdf.Array([link])


def attached(pdf):
    pdf.attachments["dati.xlsx"] = b"dati"


def without_pages(pdf):
    del pdf.pages[0]


def test_a_plain_pdf_is_taken_and_its_pages_are_counted():
    assert checked(PLAIN) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "non è un PDF"),
        (b"PK\x03\x04 un .docx", "non è un PDF"),
        (b"%PDF-1.7\nnient'altro", "rovinato"),
        (changed(as_it_is, encryption=pikepdf.Encryption(owner="o", user="u")), "protetto da password"),
        (changed(as_it_is, encryption=pikepdf.Encryption(owner="o", user="")), "cifrato"),
        (changed(scripted), "script"),
        (changed(launching), "comando che parte da solo"),
        (changed(attached), "altri file allegati"),
        (changed(without_pages), "non ha pagine"),
    ],
)  # fmt: skip
def test_what_is_none_or_does_something_is_refused(content, words):
    with pytest.raises(NotAcceptable, match=words):
        checked(content)


def test_one_too_large_or_with_too_much_in_it_is_refused(monkeypatch):
    monkeypatch.setattr(outside, "MOST_OBJECTS", 1)
    with pytest.raises(NotAcceptable, match="troppo complesso"):
        checked(PLAIN)
    monkeypatch.setattr(outside, "LARGEST", len(PLAIN) - 1)
    with pytest.raises(NotAcceptable, match="troppo grande"):
        checked(PLAIN)


def test_its_text_is_read_to_look_for_names():
    assert text_of(PLAIN) == "Relazione sulla performance 2022 Tre obiettivi raggiunti."
