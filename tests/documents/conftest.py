"""A document with its code, and people who can sign it."""

from datetime import UTC, datetime

import pytest
from django.test import override_settings

from documents.codes import new_code
from documents.models import freeze
from documents.qr import qr_svg
from documents.render import render_pdf
from tests.certificates import authority, person

PAGE = (
    '<html lang="it"><head><title>x</title></head><body><h1>Scheda validata</h1><p>Testo {{ text }}.</p>'
    "<p>{{ qr }}</p></body></html>"
)


def printed(text: str) -> bytes:
    """A small PDF of ours, with a QR code in it."""
    loader = ("django.template.loaders.locmem.Loader", {"page.html": PAGE})
    engine = "django.template.backends.django.DjangoTemplates"
    qr = qr_svg("https://perf.comune.esempio.it/verifica/7KQM-X4DN-P9TB/", "Codice QR: controllo")
    with override_settings(TEMPLATES=[{"BACKEND": engine, "OPTIONS": {"loaders": [loader]}}]):
        moment = datetime(2026, 10, 18, tzinfo=UTC)
        return render_pdf("page.html", {"text": text, "qr": qr}, title=text, created=moment, identifier=text)


@pytest.fixture(scope="session")
def pdf():
    """The bytes of a document that goes out."""
    return printed("validato")


@pytest.fixture(scope="session")
def other_pdf():
    """The bytes of another one."""
    return printed("tutt'altro")


@pytest.fixture(scope="session")
def ca():
    """A certification authority."""
    return authority("Autorità di prova")


@pytest.fixture(scope="session")
def maria(ca):
    """Can sign."""
    return person("ROSSI MARIA", ca)


@pytest.fixture(scope="session")
def ugo(ca):
    """Can sign too."""
    return person("NERI UGO", ca)


@pytest.fixture
def document(caluso):
    """A document with its code. Its content matters where it is signed: see `signable`."""
    return freeze(entity=caluso, subject="prova", name="scheda.pdf", content=b"%PDF-1.7 prova", code=new_code())


@pytest.fixture
def signable(caluso, pdf):
    """A document with its code that can be signed."""
    return freeze(entity=caluso, subject="scheda validata", name="scheda.pdf", content=pdf, code=new_code())
