"""Files that nginx sends: only those that are what is on record, compared once and again when they are touched."""

import os
from pathlib import Path

import pytest

from documents import handing_over
from documents.handing_over import hand_over
from documents.models import DamagedDocumentError, freeze

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF come registrato"


@pytest.fixture
def document(caluso, settings):
    """A file on record, and nginx to send it."""
    settings.X_ACCEL_PREFIX = "/documenti-interni/"
    return freeze(entity=caluso, subject="prova", name="prova.pdf", content=CONTENT)


def test_without_nginx_the_program_sends_it(document, settings):
    settings.X_ACCEL_PREFIX = ""
    response = hand_over(document)
    assert (response.content, "X-Accel-Redirect" in response) == (CONTENT, False)


def test_nginx_is_told_where_it_lies(document):
    response = hand_over(document)
    assert response.content == b""
    assert response["X-Accel-Redirect"] == f"/documenti-interni/{document.file.name}"
    assert response["Content-Type"] == "application/pdf"


def test_it_is_compared_once(document):
    handing_over._sha256.cache_clear()
    for _ in range(3):
        hand_over(document)
    assert handing_over._sha256.cache_info().misses == 1


def test_what_was_changed_since_is_not_sent(document):
    """Also where whoever changed it took care that size and date are as before."""
    hand_over(document)
    path = Path(document.file.path)
    before = path.stat()
    path.write_bytes(CONTENT.replace(b"come", b"COME"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(DamagedDocumentError):
        hand_over(document)
    assert hand_over(document, lambda: CONTENT).content == CONTENT
    assert "X-Accel-Redirect" in hand_over(document)


def test_what_is_lost_is_told(document):
    hand_over(document)
    Path(document.file.path).unlink()
    with pytest.raises(DamagedDocumentError):
        hand_over(document)
