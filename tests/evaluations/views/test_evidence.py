"""Files that prove a result: sent to be kept and never to be shown; put aside with a reason, never lost."""

import pytest

from evaluations.models import Aside
from evaluations.rounds import attach, close, confirm
from tests.results import PDF, complete, upload
from tests.this_year import YEAR, sheet_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def proof(open_one, sheet, ufficio):
    """A file of the whole sheet."""
    return attach(open_one, sheet.objective_id, None, upload("perché «sì».pdf"), "", by=ufficio)


def address(file, end=""):
    """Where a file stands."""
    return f"/caluso/verifiche/{YEAR}/intermedia/prove/{file.pk}/{end}"


def test_a_file_is_sent_as_it_came_and_no_browser_runs_it(proof, signed_in, nucleo):
    response = signed_in(nucleo).get(address(proof))
    assert (response.status_code, response.content, response["Content-Type"]) == (200, PDF, "application/pdf")
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''perch%C3%A9%20%C2%ABs%C3%AC%C2%BB.pdf"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert (response["X-Content-Type-Options"], response["Cache-Control"]) == ("nosniff", "private, no-cache")


def test_a_file_that_was_changed_on_disk_is_not_sent(proof, signed_in, ufficio):
    with open(proof.document.file.path, "ab") as stored:
        stored.write(b"!")
    response = signed_in(ufficio).get(address(proof))
    assert (response.status_code, "non è più quello registrato" in response.content.decode()) == (503, True)


def test_a_file_of_another_verification_or_entity_is_not_there(proof, signed_in, ufficio, estraneo):
    elsewhere = address(proof).replace("intermedia", "finale")
    assert signed_in(ufficio).get(elsewhere).status_code == 404
    assert signed_in(estraneo).get(address(proof)).status_code == 404


def test_a_file_attached_by_mistake_is_put_aside_with_the_reason(proof, signed_in, ufficio):
    client = signed_in(ufficio)
    assert client.post(address(proof, "metti-da-parte/"), {"motivo": " "}).status_code == 422
    response = client.post(address(proof, "metti-da-parte/"), {"motivo": "Era di un'altra scheda."})
    assert (response.status_code, response.url.endswith(f"#prove-{proof.objective_id}")) == (302, True)
    assert Aside.objects.get().note == "Era di un'altra scheda."
    again = client.get(address(proof))
    assert (again.status_code, "messa da parte" in again.content.decode()) == (404, True)


def test_in_a_closed_verification_a_file_stays_and_the_reason_typed_is_not_lost(
    proof, open_one, plan, finanziario, tecnico, signed_in, ufficio, responsabile, segretario
):
    for number, sector in ((1, "FINANZIARIO"), (2, "FINANZIARIO"), (1, "TECNICO")):
        complete(open_one, sheet_of(plan, number, sector), ufficio)
    for sector in (finanziario, tecnico):
        confirm(open_one, sector, by=responsabile)
    close(open_one, by=segretario)
    response = signed_in(ufficio).post(address(proof, "metti-da-parte/"), {"motivo": "Era sbagliato."})
    shown = response.content.decode()
    assert (response.status_code, "Era sbagliato." in shown, "è chiusa" in shown) == (422, True, True)
    assert signed_in(ufficio).get(address(proof)).status_code == 200
