"""A long Relazione is printed outside the request, once, and becomes final only as it was when somebody asked."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from documents.models import Document
from documents.signing import can_be_signed
from evaluations.models import Report
from evaluations.report_printing import STOPPED, making
from evaluations.reporting import begin_report, unfreeze_report, word_report, word_sector
from tests.pages import text, with_class
from tests.reports import TEXTS, closed_final, written_pdf
from tests.this_year import YEAR

pytestmark = [pytest.mark.pdf, pytest.mark.django_db(transaction=True)]
PATH = f"/caluso/relazione/{YEAR}/"
ASKED = {"origine": "programma", "row_version": 1}


@pytest.fixture(autouse=True)
def _long(settings):
    """Every Relazione is a long one."""
    settings.DOSSIER_IN_REQUEST_SHEETS = 0


@pytest.fixture
def report(plan, ufficio, responsabile, segretario):
    """Begun, its results final."""
    closed_final(plan, office=ufficio, manager=responsabile, by=segretario)
    return begin_report(plan, by=segretario)


def jobs():
    """The printings that were queued."""
    return DBTaskResult.objects.filter(task_path__startswith="evaluations.report_printing.")


def work():
    """Let the worker do what waits."""
    call_command("db_worker", queue_name="*", batch=True, interval=0, verbosity=0, reload=False)


def again(client):
    """Ask for the final text with the texts as they are now."""
    return client.post(f"{PATH}definitiva/", {**ASKED, "row_version": Report.objects.get().row_version})


def test_the_final_text_is_made_once_however_often_it_is_asked_for(report, signed_in, segretario):
    client = signed_in(segretario)
    answers = [client.post(f"{PATH}definitiva/", ASKED) for _ in range(2)]
    assert [one.headers["Location"] for one in answers] == [f"{PATH}definitiva/"] * 2
    assert (jobs().count(), Report.objects.get().state) == (1, "BOZZA")
    waits = client.get(f"{PATH}definitiva/")
    assert (waits.status_code, waits["Refresh"]) == (202, "3")
    assert text(client.get(PATH), with_class("alert-info")).startswith("Il testo definitivo è in preparazione.")
    work()
    assert client.get(f"{PATH}definitiva/").headers["Location"] == PATH
    done = Report.objects.get()
    assert (done.state, done.history.first().history_user) == ("CONGELATA", segretario)
    assert done.document.read().startswith(b"%PDF-1.7")
    assert can_be_signed(done.document)


def test_what_changed_meanwhile_leaves_a_draft_and_says_so(report, finanziario, signed_in, segretario, ufficio):
    client = signed_in(segretario)
    client.post(f"{PATH}definitiva/", ASKED)
    word_sector(report, finanziario, text="Fatto.", by=segretario, row_version=0)
    work()
    page = client.get(f"{PATH}definitiva/")
    assert Report.objects.get().state == "BOZZA"
    assert "La Relazione è cambiata mentre il testo definitivo" in text(page, with_class("alert-warning"))
    assert "La Relazione è cambiata mentre il testo definitivo" in text(client.get(PATH), with_class("alert-warning"))
    word_report(report, **TEXTS, by=segretario, row_version=1)
    assert making(Report.objects.get()) is None
    assert client.post(f"{PATH}definitiva/", ASKED).status_code == 422
    again(client)
    work()
    assert Report.objects.get().state == "CONGELATA"


def test_a_killed_worker_leaves_a_draft_that_is_asked_for_again(report, signed_in, segretario, settings):
    client = signed_in(segretario)
    client.post(f"{PATH}definitiva/", ASKED)
    jobs().get().claim("worker")
    assert client.get(f"{PATH}definitiva/").status_code == 202
    settings.PDF_LONGEST_SECONDS = 0
    page = client.get(f"{PATH}definitiva/")
    assert (page.status_code, Report.objects.get().state) == (200, "BOZZA")
    assert STOPPED in text(page, with_class("alert-warning"))
    client.post(f"{PATH}definitiva/", ASKED)
    assert jobs().count() == 2
    work()
    assert Report.objects.get().state == "CONGELATA"
    unfreeze_report(Report.objects.get(), reason="Manca un settore", by=segretario)
    assert client.get(f"{PATH}definitiva/").status_code == 200


def test_a_pdf_brought_while_the_worker_prints_is_taken(report, signed_in, segretario):
    client = signed_in(segretario)
    client.post(f"{PATH}definitiva/", ASKED)
    brought = written_pdf("Relazione sulla performance")
    file = SimpleUploadedFile("relazione.pdf", brought, content_type="application/pdf")
    assert client.post(f"{PATH}definitiva/", {**ASKED, "origine": "file", "file": file}).url == PATH
    work()
    done = Report.objects.get()
    assert (done.state, done.document.read()) == ("CONGELATA", brought)


def test_who_lost_the_role_meanwhile_makes_nothing_final(report, signed_in, segretario):
    signed_in(segretario).post(f"{PATH}definitiva/", ASKED)
    segretario.memberships.all().delete()
    work()
    assert (
        making(report).problem == "La Relazione la prepara il Segretario; ogni settore scrive il testo che lo riguarda."
    )
    assert Report.objects.get().state == "BOZZA"


def test_a_long_draft_is_printed_by_the_worker_and_kept_until_it_says_something_else(report, signed_in, segretario):
    client = signed_in(segretario)
    waits = [client.get(f"{PATH}pdf/") for _ in range(2)][1]
    assert (waits.status_code, waits["Refresh"], jobs().count()) == (202, "3", 1)
    work()
    ready = client.get(f"{PATH}pdf/")
    assert (ready.status_code, ready.content[:8]) == (200, b"%PDF-1.7")
    assert ready["Content-Disposition"] == f'attachment; filename="relazione-{YEAR}-bozza.pdf"'
    draft = Document.objects.get(subject__contains=" bozza ")
    assert not can_be_signed(draft)
    word_report(report, **TEXTS, by=segretario, row_version=1)
    assert client.get(f"{PATH}pdf/").status_code == 202
