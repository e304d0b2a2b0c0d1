"""Who may have the papers of a proposal and of an act; a large dossier is prepared outside the request."""

import io

import docx
import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from objectives.choices import State
from tests.factories import load, make_draft, make_plan, make_proposal, make_sector, written_act, written_sheet

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def proposal(caluso):
    """A proposal with one new sheet."""
    found = make_proposal(caluso, session_on=None, plan_year=2023, subject="Da adottare")
    make_draft(make_sector(caluso, "SPORTELLO"), make_plan(caluso, 2023), state=State.APPROVATA, deliberation=found)
    return found


def text_of(response):
    return "\n".join(line.text for line in docx.Document(io.BytesIO(response.content)).paragraphs)


def test_the_segretario_has_a_proposal_as_docx(proposal, signed_in, segretario):
    response = signed_in(segretario).get(f"/caluso/proposte/{proposal.pk}/docx/")
    assert (response.status_code, response["Content-Type"]) == (200, WORD)
    assert response["Content-Disposition"] == f'attachment; filename="proposta-{proposal.pk}.docx"'
    assert "OGGETTO: Da adottare" in text_of(response)


@pytest.mark.parametrize("person", ["ufficio", "responsabile", "nucleo", "amministratore", "lettura"])
def test_nobody_else_has_the_papers_of_a_proposal(request, proposal, signed_in, person):
    client = signed_in(request.getfixturevalue(person))
    answers = [client.get(f"/caluso/proposte/{proposal.pk}/{paper}/") for paper in ("docx", "pdf")]
    assert [answer.status_code for answer in answers] == [403, 403]


def test_a_stranger_finds_nothing(act100, proposal, signed_in, estraneo):
    client = signed_in(estraneo)
    addresses = [f"proposte/{proposal.pk}/docx/", f"proposte/{proposal.pk}/pdf/", "atti/gc-100-2022/docx/"]
    addresses.append("atti/gc-100-2022/fascicolo/")
    assert [client.get(f"/caluso/{address}").status_code for address in addresses] == [404] * 4
    assert client.get(f"/esempio/proposte/{proposal.pk}/docx/").status_code == 404


def test_everybody_of_the_entity_has_an_act_as_docx(act100, signed_in, lettura):
    response = signed_in(lettura).get("/caluso/atti/gc-100-2022/docx/")
    assert (response.status_code, response["Content-Type"]) == (200, WORD)
    assert "N. 100/2022" in text_of(response)


def test_the_papers_of_a_proposal_that_became_an_act_are_those_of_the_act(act100, signed_in, segretario):
    client = signed_in(segretario)
    answers = [client.get(f"/caluso/proposte/{act100.pk}/{paper}/") for paper in ("docx", "pdf")]
    assert [answer["Location"] for answer in answers] == [
        "/caluso/atti/gc-100-2022/docx/",
        "/caluso/atti/gc-100-2022/fascicolo/",
    ]


@pytest.mark.parametrize("paper", ["docx", "fascicolo"])
def test_an_act_whose_text_is_not_on_file_has_no_papers(act100, signed_in, lettura, paper):
    response = signed_in(lettura).get(f"/caluso/atti/gc-8-2022/{paper}/")
    assert response.status_code == 404
    assert "Il testo della GC 8/2022 non è in archivio" in response.content.decode()


@pytest.mark.pdf
def test_a_small_dossier_comes_at_once_and_is_kept(caluso, signed_in, lettura):
    load(written_act(8, "2022-02-07", written_sheet(1)), caluso)
    client, address = signed_in(lettura), "/caluso/atti/gc-8-2022/fascicolo/"
    first, second = client.get(address), client.get(address)
    assert (first.status_code, first.content[:5], first["ETag"]) == (200, b"%PDF-", second["ETag"])
    assert first["Content-Disposition"] == 'attachment; filename="fascicolo-gc-8-2022.pdf"'


@pytest.mark.pdf
@pytest.mark.django_db(transaction=True)
def test_a_large_dossier_is_prepared_by_the_worker_once(proposal, signed_in, segretario, settings):
    settings.DOSSIER_IN_REQUEST_SHEETS = 0
    client, address = signed_in(segretario), f"/caluso/proposte/{proposal.pk}/pdf/"
    first, second = client.get(address), client.get(address)
    assert (first.status_code, second.status_code, second["Refresh"]) == (202, 202, "3")
    assert "Proposta di deliberazione della Giunta Comunale, PROPOSTA – non adottata" in second.content.decode()
    assert "Schede pronte: 0 di 1" in second.content.decode()
    assert DBTaskResult.objects.count() == 1
    call_command("db_worker", queue_name="*", batch=True, interval=0, verbosity=0, reload=False)
    ready = client.get(address)
    assert (ready.status_code, ready.content[:5]) == (200, b"%PDF-")
