"""One template, one PDF: closed to the outside, the same bytes every time, attachments inside."""

import os
import subprocess
import sys
from datetime import UTC, datetime

import pikepdf
import pytest

from documents import render
from documents.render import Attachment, ForbiddenResource, PdfUnavailable, render_pdf
from tests.tagged import attached, read_aloud

pytestmark = pytest.mark.pdf
WHEN = datetime(2022, 10, 18, 18, 0, tzinfo=UTC)
PAGE = '<html lang="it"><head><title>x</title></head><body><h1>{{ text }}</h1>%s</body></html>'
IMAGE = '<p><img alt="x" src="%s"/></p>'


@pytest.fixture
def pages(settings):
    """Makes templates out of what stands between the heading and the end of a page."""

    def write(body=""):
        loader = ("django.template.loaders.locmem.Loader", {"page.html": PAGE % body})
        engine = "django.template.backends.django.DjangoTemplates"
        settings.TEMPLATES = [{"BACKEND": engine, "OPTIONS": {"loaders": [loader]}}]
        return "page.html"

    return write


def printed(template, text="Titolo", **options):
    return render_pdf(template, {"text": text}, title=text, created=WHEN, identifier="v1", **options)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/x.png",
        "https://example.org/x.png",
        "/etc/passwd",
        "static:../x",
        "data:,x",
    ],
)
def test_nothing_but_shipped_files_is_fetched(pages, url):
    with pytest.raises(ForbiddenResource):
        printed(pages(IMAGE % url))


def test_a_style_cannot_reach_outside_either(pages):
    with pytest.raises(ForbiddenResource):
        printed(pages('<p style="background: url(http://127.0.0.1/x.png)">x</p>'))


def test_markup_in_a_text_is_printed_as_text(pages):
    text = "<script>alert('1')</script> & <b>"
    assert read_aloud(printed(pages(), text)) == [text]


def test_the_metadata_tell_title_date_and_version(pages, tmp_path):
    (tmp_path / "x.pdf").write_bytes(printed(pages(), "Scheda n° 1 & altro"))
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        metadata = pdf.open_metadata()
        assert metadata["dc:title"] == "Scheda n° 1 & altro"
        assert metadata["dc:identifier"] == "v1"
        assert metadata["xmp:CreateDate"] == "2022-10-18T18:00:00Z"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]) == ("3", "A", "1")


def test_attachments_are_inside(pages):
    files = {"dati.json": b'{"a": 1}', "altro.csv": b"a;b\n"}
    content = printed(pages(), attachments=[Attachment(name, data, "Dati") for name, data in files.items()])
    assert attached(content) == files


def test_the_same_input_gives_the_same_bytes(pages):
    template = pages()
    assert printed(template) == printed(template)
    assert printed(template) != printed(template, "Altro")


SCRIPT = """
import django; django.setup()
import hashlib
from tests.forms import real_sheet
print(hashlib.sha256(real_sheet(0)).hexdigest())
"""


def test_the_bytes_do_not_depend_on_the_process():
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "caluso_perf.settings", "DEMO": "1", "PYTHONPATH": "."}
    hashes = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**environment, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "Europe/Rome"), ("2", "Asia/Tokyo"))
    }
    assert len(hashes) == 1


def test_without_weasyprint_the_program_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(PdfUnavailable, match="Installare il pacchetto di sistema"):
        render._weasyprint.__wrapped__()
