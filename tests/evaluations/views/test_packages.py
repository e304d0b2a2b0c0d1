"""The files of a validation: who may have them, byte for byte, refused when a byte is another one."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from documents.models import freeze
from tests.validations import decided, frozen, requested

MAY_ALWAYS = {"segretario", "nucleo"}
EVERYBODY = ["ufficio", "responsabile", "segretario", "nucleo", "amministratore", "lettura"]
SENT = ("pdf", "zip", "trasmesso/pdf", "trasmesso/zip")


@pytest.fixture
def waiting(plan, segretario):
    """A frozen package that the Nucleo has not decided on."""
    return frozen(requested(plan, segretario))


@pytest.fixture
def validated(waiting, nucleo):
    """The same, validated, its files as if a worker had printed them."""
    done = decided(waiting, nucleo)
    entity, file = done.plan.entity, done.files.first()
    done.validated_bound = freeze(entity=entity, subject="v pdf", name="validato.pdf", content=b"validato pdf")
    done.validated_archive = freeze(
        entity=entity, subject="v zip", name="validato.zip", content=b"validato zip", mime="application/zip"
    )
    done.save()
    file.validated = freeze(entity=entity, subject="v file", name="scheda-validata.pdf", content=b"scheda validata")
    file.save()
    return done


def address(validation, way):
    return f"/caluso/validazioni/{validation.pk}/{way}/"


def addresses(validation):
    file = validation.files.first()
    return [address(validation, way) for way in (*SENT, f"file/{file.pk}", f"file/{file.pk}/validato")]


@pytest.mark.parametrize("who", EVERYBODY)
def test_before_it_is_validated_only_who_works_on_it_has_the_package(request, waiting, signed_in, who):
    client = signed_in(request.getfixturevalue(who))
    expected = [200, 200, 200, 200, 200, 404] if who in MAY_ALWAYS else [403] * 6
    assert [client.get(path).status_code for path in addresses(waiting)] == expected


def test_what_was_sent_back_is_not_for_the_others_either(waiting, nucleo, signed_in, lettura):
    decided(waiting, nucleo, "RESTITUITA", reasons="Mancano i pesi.")
    page = signed_in(lettura).get(address(waiting, "pdf"))
    assert page.status_code == 403
    assert "gli altri quando è validato" in page.content.decode()


@pytest.mark.parametrize("who", EVERYBODY)
def test_once_validated_everybody_has_it_both_as_sent_and_as_validated(request, validated, signed_in, who):
    client = signed_in(request.getfixturevalue(who))
    answers = [client.get(path) for path in addresses(validated)]
    pk = validated.pk
    assert [answer.content for answer in answers] == [
        b"validato pdf", b"validato zip", f"{pk} fascicolo.pdf".encode(), f"{pk} fascicolo.zip".encode(),
        f"{pk} schede/001.pdf".encode(), b"scheda validata",
    ]  # fmt: skip
    assert answers[1]["Content-Type"] == "application/zip"
    assert answers[1]["Content-Disposition"] == 'attachment; filename="validato.zip"'
    assert answers[1]["Cache-Control"] == "private, no-cache"


def test_a_stranger_finds_nothing(validated, signed_in, estraneo):
    client = signed_in(estraneo)
    assert [client.get(path).status_code for path in addresses(validated)] == [404] * 6
    elsewhere = [path.replace("caluso", "esempio") for path in addresses(validated)]
    assert [client.get(path).status_code for path in elsewhere] == [404] * 6


def test_what_is_not_there_is_said(validated, signed_in, lettura):
    client, other = signed_in(lettura), validated.files.last()
    for way in ("file/999", f"file/{other.pk}/validato"):
        assert client.get(address(validated, way)).status_code == 404
    assert client.get("/caluso/validazioni/999/pdf/").status_code == 404


def test_a_changed_byte_is_refused_with_a_sentence(validated, signed_in, nucleo):
    client, path = signed_in(nucleo), Path(validated.validated_bound.file.path)
    path.write_bytes(b"validato pdF")
    page = client.get(address(validated, "pdf"))
    assert page.status_code == 503
    assert "Il file «validato.pdf» non è più quello registrato" in page.content.decode()
    path.unlink()
    assert client.get(address(validated, "pdf")).status_code == 503
    path.write_bytes(b"validato pdf")
    assert client.get(address(validated, "pdf")).content == b"validato pdf"


def test_a_package_in_preparation_shows_how_far_it_is(plan, segretario, signed_in):
    validation = requested(plan, segretario)
    page = signed_in(segretario).get(address(validation, "pdf"))
    assert (page.status_code, page["Refresh"]) == (202, "3")
    assert "Schede pronte: 0 di 3" in page.content.decode()


def test_what_failed_is_asked_again_with_a_button(plan, segretario, signed_in):
    validation, client = requested(plan, segretario), signed_in(segretario)
    validation.problem = "Manca Pango."
    validation.save()
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED)
    page = client.get(address(validation, "zip"))
    assert (page.status_code, page.has_header("Refresh")) == (500, False)
    assert "Manca Pango." in page.content.decode()
    assert client.post(address(validation, "zip"))["Location"] == address(validation, "zip")
    assert client.get(address(validation, "zip")).status_code == 202
    again = client.post(address(validation, "zip"), follow=True)
    assert "La preparazione è in corso" in again.content.decode()
    assert DBTaskResult.objects.filter(task_path__endswith="freeze_package").count() == 2


def test_after_the_decision_one_waits_for_the_validated_files(waiting, nucleo, signed_in):
    decided(waiting, nucleo)
    page = signed_in(nucleo).get(address(waiting, "pdf"))
    assert page.status_code == 202
    assert "I file con la validazione sono in preparazione" in page.content.decode()


def test_a_download_asks_the_database_little(validated, signed_in, lettura):
    client = signed_in(lettura)
    with CaptureQueriesContext(connection) as asked:
        client.get(address(validated, "zip"))
    assert len(asked) == 5
