"""Sheets from a file, in the browser: the workbook, the upload, what it would change, the drafts."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from objectives.models import Sheet
from objectives.workflow import amend
from organisation.models import Sector
from tests.this_year import YEAR, sheet_of

pytestmark = pytest.mark.django_db

HERE = f"/caluso/piano/{YEAR}/schede-da-file/"


@pytest.fixture
def client(signed_in, ufficio, this_plan):
    """An office of FINANZIARIO."""
    ufficio.memberships.get().sectors.add(Sector.objects.get(name="FINANZIARIO"))
    return signed_in(ufficio)


@pytest.fixture
def workbook(client):
    """The workbook as it is downloaded, with another title for n° 1, or with what `change` does to it."""

    def made(change=lambda sheet: sheet.__setitem__("C6", "Sportello <b>digitale</b>")):
        answer = client.get(f"{HERE}modello/{Sector.objects.get(name='FINANZIARIO').pk}/")
        name = f"schede-caluso-{YEAR}-finanziario.xlsx"
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        book = load_workbook(io.BytesIO(answer.content))
        change(book["Scheda 1"])
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return made


def upload(client, content, name="schede.xlsx"):
    """Upload a file, and return the address of its preview."""
    answer = client.post(HERE, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302
    return answer["Location"]


def confirm(client, preview):
    """Confirm what the preview shows."""
    seen = re.search(r'name="visto" value="([0-9a-f]{64})"', client.get(preview).content.decode())
    return client.post(preview, {"visto": seen[1] if seen else ""})


def drafts():
    """The open versions there are."""
    return Sheet.objects.exclude(state="ADOTTATA")


def test_what_it_changes_is_seen_before_it_is_saved(client, workbook):
    preview = upload(client, workbook())
    page = client.get(preview).content.decode()
    assert "Sportello &lt;b&gt;digitale&lt;/b&gt;" in page
    assert "Salva la bozza" in page
    assert list(drafts()) == []
    assert confirm(client, preview)["Location"] == "/caluso/bozze/"
    assert [(one.title, one.change) for one in drafts()] == [("Sportello <b>digitale</b>", "MODIFICATO")]


def test_confirmed_twice_it_is_done_once(client, workbook):
    preview = upload(client, workbook())
    confirm(client, preview)
    again = client.post(preview)
    assert (again.status_code, drafts().count()) == (409, 1)
    assert "C&#x27;è già una modifica in corso" in again.content.decode()


def test_an_error_names_its_cell_and_there_is_nothing_to_confirm(client, workbook):
    preview = upload(client, workbook(lambda sheet: sheet.__setitem__("C4", "molto")))
    page = client.get(preview).content.decode()
    assert "foglio «Scheda 1», cella C4" in page
    assert "Salva la bozza" not in page
    assert (client.post(preview).status_code, list(drafts())) == (409, [])


def test_untouched_it_says_so(client, workbook):
    page = client.get(upload(client, workbook(lambda _: None))).content.decode()
    assert "non cambia niente" in page
    assert "Salva" not in page


def test_what_somebody_changes_meanwhile_stops_all_of_it(client, workbook, this_plan, ufficio):
    preview = upload(client, workbook())
    amend(sheet_of(this_plan, 1), by=ufficio)
    assert (confirm(client, preview).status_code, drafts().count()) == (409, 1)


def test_what_was_not_shown_is_not_saved(client, workbook):
    answer = client.post(upload(client, workbook()), {"visto": "0" * 64})
    assert (answer.status_code, list(drafts())) == (409, [])
    assert "non è più quello mostrato" in answer.content.decode()


@pytest.mark.parametrize("content", [b"PK\x03\x04rotto", b"Nome;Peso", b"%PDF-1.7"])
def test_what_is_no_workbook_is_refused_with_a_sentence(client, content):
    answer = client.get(upload(client, content))
    assert answer.status_code == 422
    assert "non è una cartella di Excel" in answer.content.decode()


def test_nobody_else_sees_the_file_or_the_workbook(client, signed_in, workbook, responsabile, segretario):
    preview = upload(client, workbook())
    assert signed_in(responsabile).get(preview).status_code == 404
    assert [signed_in(segretario).get(path).status_code for path in (HERE, preview)] == [403, 403]
    assert client.get(f"{HERE}modello/999/").status_code == 404


@pytest.mark.parametrize("name", ["", "vuoto.xlsx"])
def test_no_file_is_no_upload(client, name):
    sent = {"file": SimpleUploadedFile(name, b"")} if name else {}
    answer = client.post(HERE, sent)
    assert (answer.status_code, "Scegliere il file" in answer.content.decode() or bool(name)) == (422, True)
