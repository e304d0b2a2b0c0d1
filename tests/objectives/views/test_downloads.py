"""Who may read a plan may download it; a large PDF is prepared outside the request."""

import json
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from documents import render
from documents.models import Document
from objectives.loading import load_act
from objectives.models import Sheet
from tests.factories import load, written_act, written_sheet

pytestmark = pytest.mark.pdf
DEMO_ACT = Path(__file__).parents[3] / "demo" / "gc-12-2026.json"


@pytest.fixture
def demo_act(esempio):
    """The invented act that approves thirty sheets."""
    return load_act(json.loads(DEMO_ACT.read_text(encoding="utf-8")), entity=esempio, by=None).act


@pytest.fixture
def small_act(caluso):
    """GC 100/2022 with two sheets, one new, one of an act whose text is not on file."""
    sheets = written_sheet(1), written_sheet(2, "MODIFICATO")
    return load(written_act(100, "2022-10-18", *sheets, cites=[(8, "2022-02-07")]), caluso).act


@pytest.fixture
def large_act(caluso, settings):
    """GC 12/2022 with three sheets, which counts as many here."""
    settings.PDF_IN_REQUEST_SHEETS = 2
    return load(written_act(12, "2022-02-07", *(written_sheet(number) for number in range(1, 4))), caluso).act


def test_everybody_of_the_entity_downloads_a_sheet(act100, signed_in, lettura):
    sheet = Sheet.objects.get(deliberation=act100, sector__name="FINANZIARIO", number=4)
    response = signed_in(lettura).get(f"/caluso/schede/{sheet.pk}/pdf/")
    assert (response.status_code, response["Content-Type"], response.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert response["Content-Disposition"] == f'attachment; filename="scheda-2022-finanziario-4-{sheet.version_id}.pdf"'


def test_acts_and_plans_come_as_one_file(small_act, signed_in, nucleo):
    client = signed_in(nucleo)
    for way in ("atti/gc-100-2022", "piano/2022", "piano/2022/al/2022-10-17", "piano/2022/dopo/gc-100-2022"):
        response = client.get(f"/caluso/{way}/pdf/")
        assert (way, response.status_code, response.content[:5]) == (way, 200, b"%PDF-")


def test_a_stranger_finds_nothing(act100, signed_in, estraneo):
    sheet = Sheet.objects.filter(deliberation=act100).first()
    client = signed_in(estraneo)
    addresses = [f"/caluso/schede/{sheet.pk}/pdf/", "/caluso/atti/gc-100-2022/pdf/", "/caluso/piano/2022/pdf/"]
    addresses.append(f"/esempio/schede/{sheet.pk}/pdf/")
    assert [client.get(address).status_code for address in addresses] == [404] * 4


def test_who_is_not_signed_in_is_asked_to(act100, client):
    response = client.get("/caluso/piano/2022/pdf/")
    assert (response.status_code, response["Location"]) == (302, "/accesso/login/?next=/caluso/piano/2022/pdf/")


@pytest.mark.parametrize(
    "address",
    ["piano/2022/al/2022-02-31/pdf/", "piano/2022/al/2021-12-31/pdf/", "piano/1999/pdf/", "atti/gc-8-2021/pdf/"],
)
def test_what_is_not_there_is_said(act100, signed_in, lettura, address):
    assert signed_in(lettura).get(f"/caluso/{address}").status_code == 404


def test_over_twenty_sheets_are_prepared_outside_the_request_once(demo_act, signed_in, estraneo):
    client = signed_in(estraneo)
    first, second = client.get("/esempio/atti/gc-12-2026/pdf/"), client.get("/esempio/atti/gc-12-2026/pdf/")
    assert (first.status_code, second.status_code, second["Refresh"]) == (202, 202, "3")
    assert "Schede pronte: 0 di 30" in second.content.decode()
    assert DBTaskResult.objects.count() == 1


def test_the_page_that_waits_is_called_like_the_document(large_act, signed_in, lettura):
    page = signed_in(lettura).get("/caluso/atti/gc-12-2022/pdf/").content.decode()
    assert f"Deliberazione G.C. n. 12 del {large_act.session_on:%d/%m/%Y}, testo vigente dal " in page


def test_what_failed_is_tried_again_on_demand_only(large_act, signed_in, lettura):
    client, address = signed_in(lettura), "/caluso/atti/gc-12-2022/pdf/"
    client.get(address)
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED)
    pages = [client.get(address), client.get(f"{address}?riprova=1")]
    assert [(page.status_code, "Riprova" in page.content.decode()) for page in pages] == [(500, True)] * 2
    assert DBTaskResult.objects.count() == 1
    answers = [client.post(address), client.post(address)]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, address)] * 2
    assert DBTaskResult.objects.count() == 2
    assert client.get(address).status_code == 202


def test_a_job_whose_worker_was_stopped_in_the_middle_can_be_asked_for_again(large_act, signed_in, lettura):
    client, address = signed_in(lettura), "/caluso/atti/gc-12-2022/pdf/"
    client.get(address)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=timezone.now() - timedelta(seconds=590))
    assert client.get(address).status_code == 202
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(seconds=610))
    assert client.get(address).status_code == 500
    client.post(address)
    assert (DBTaskResult.objects.count(), client.get(address).status_code) == (2, 202)


def test_a_day_of_the_same_text_asks_for_the_same_file(large_act, signed_in, lettura):
    client = signed_in(lettura)
    for month in (5, 6, 7):
        assert client.get(f"/caluso/piano/2022/al/2022-{month:02}-01/pdf/").status_code == 202
    assert DBTaskResult.objects.count() == 1


def test_where_no_pdf_can_be_made_nothing_is_put_in_the_queue(large_act, signed_in, lettura, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    render._weasyprint.cache_clear()
    response = signed_in(lettura).get("/caluso/atti/gc-12-2022/pdf/")
    assert (response.status_code, "libreria Pango" in response.content.decode()) == (503, True)
    assert DBTaskResult.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_worker_makes_it_and_the_same_address_sends_it(large_act, signed_in, lettura):
    client, address = signed_in(lettura), "/caluso/atti/gc-12-2022/pdf/"
    assert client.get(address).status_code == 202
    call_command("db_worker", queue_name="*", batch=True, interval=0, verbosity=0, reload=False)
    response = client.get(address)
    assert (response.status_code, response.content[:5]) == (200, b"%PDF-")


def test_a_kept_pdf_costs_the_same_few_queries(small_act, signed_in, lettura, django_assert_num_queries):
    sheet = Sheet.objects.filter(deliberation=small_act).first()
    client = signed_in(lettura)
    client.get(f"/caluso/schede/{sheet.pk}/pdf/")
    with django_assert_num_queries(5):
        client.get(f"/caluso/schede/{sheet.pk}/pdf/")


def damage(document):
    with document.file.storage.open(document.file.name, "wb") as stored:
        stored.write(b"%PDF-1.7 something else")


def lose(document):
    document.file.storage.delete(document.file.name)


@pytest.mark.parametrize(
    ("address", "spoil"),
    [("schede/{pk}/pdf/", damage), ("schede/{pk}/pdf/", lose), ("piano/2022/pdf/", damage)],
)
def test_a_spoilt_file_is_made_again_byte_for_byte(small_act, signed_in, lettura, address, spoil):
    client = signed_in(lettura)
    address = f"/caluso/{address.format(pk=small_act.sheets.first().pk)}"
    before = client.get(address).content
    for document in Document.objects.all():
        spoil(document)
    assert client.get(address).content == before
    document = Document.objects.order_by("-pk").first()
    assert document.read() == before


def test_a_spoilt_file_that_is_made_differently_today_is_not_sent(small_act, signed_in, lettura, monkeypatch):
    client, address = signed_in(lettura), f"/caluso/schede/{small_act.sheets.first().pk}/pdf/"
    client.get(address)
    damage(Document.objects.get())
    monkeypatch.setattr("documents.xmp.PRODUCER", "another version")
    response = client.get(address)
    assert response.status_code == 503
    assert "non è più quello registrato: rivolgersi all&#x27;assistenza." in response.content.decode()
