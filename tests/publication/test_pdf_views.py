"""The public PDFs: the official form without the staff, printed once, a plan's by the worker."""

import datetime as dt
import io

import pikepdf
import pypdfium2
import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from documents.models import Document
from documents.render import PdfUnavailable
from objectives.workflow import correct
from publication import pdf_views
from publication.tasks import print_public_plan
from tests.conformance import failures
from tests.pages import text
from tests.this_year import YEAR, sheet_of

pytestmark = pytest.mark.django_db
AFTER = f"/trasparenza/caluso/{YEAR}/dopo/gc-8-{YEAR}/"
BOOK = f"{AFTER}piano.pdf"


def said_by(content):
    """All that a PDF says: its pages, its attachments, what it says of itself."""
    with pypdfium2.PdfDocument(content) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        enclosed = [one.get_file().read_bytes().decode() for one in pdf.attachments.values()]
        return "\n".join([*pages, *enclosed, str(pdf.docinfo), pdf.Root.Metadata.read_bytes().decode()])


@pytest.mark.pdf
def test_plan_and_sheets_are_printed_once_without_the_staff(client, plan, segretario):
    sheet = sheet_of(plan, 1)
    correct(sheet, place="Descrizione", written="Se", right="Se ne occupa Ugo Bianchi", note="Svista", by=segretario)
    waiting = client.get(BOOK)
    assert (waiting.status_code, waiting["Refresh"], waiting["Cache-Control"]) == (202, "10", "no-store")
    assert text(waiting, "//label") == "Schede pronte: 0 di 2"
    assert (client.get(BOOK).status_code, DBTaskResult.objects.count()) == (202, 1)
    print_public_plan.call("caluso", YEAR, f"gc-8-{YEAR}")
    book, one = client.get(BOOK), client.get(f"{AFTER}schede/{sheet.objective_id}/scheda.pdf")
    assert (book.status_code, one.status_code, Document.objects.count()) == (200, 200, 3)
    said = said_by(book.content)
    assert "2 persone." in said
    assert "si legga «Se ne occupa [nome omesso]»" in " ".join(said.split())
    assert not any(name in said.casefold() for name in ("verdi", "giuseppina", "bianchi", "ugo"))
    assert sheet.fingerprint[:12] not in said
    assert failures(book.content, "ua1") == {}
    assert client.get(BOOK, headers={"If-None-Match": book["ETag"]}).status_code == 304
    assert client.get(f"{AFTER}schede/{sheet.objective_id}999/scheda.pdf").status_code == 404


def test_what_failed_is_tried_again_after_an_hour(client, plan):
    client.get(BOOK)
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED)
    assert (client.get(BOOK).status_code, DBTaskResult.objects.count()) == (503, 1)
    DBTaskResult.objects.update(enqueued_at=timezone.now() - dt.timedelta(hours=2))
    assert (client.get(BOOK).status_code, DBTaskResult.objects.count()) == (202, 2)


def test_where_nothing_can_be_printed_the_page_says_so(client, plan, monkeypatch):
    def without_pango():
        raise PdfUnavailable("Manca Pango.")

    monkeypatch.setattr(pdf_views, "require_printing", without_pango)
    answer = client.get(BOOK)
    assert (answer.status_code, text(answer, "//h1")) == (503, "Il PDF ora non è disponibile")
    assert b"Pango" not in answer.content
