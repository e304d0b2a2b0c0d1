"""Nothing needs a disk: files are kept where there are neither folders nor paths, as in an object storage."""

import json

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection

from documents.handing_over import hand_over
from documents.models import DamagedDocumentError, Document, freeze
from documents.stored import StoreAwayError, stored_names
from objectives import pending
from operations.backup.restoring import guards_aside
from operations.backup.tables import kept_models
from operations.readiness import look
from organisation.models import Entity
from tests.factories import written_act, written_sheet
from tests.pages import text

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF come registrato"


class AwayStorage(InMemoryStorage):
    """A store that does not answer, as `documents.object_storage` tells it."""

    def _open(self, name, mode="rb"):
        raise StoreAwayError("non risponde")

    def exists(self, name):
        raise StoreAwayError("non risponde")


def kept_in(settings, backend):
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": backend}}


@pytest.fixture(autouse=True)
def _no_disk(settings, _stored_apart):
    kept_in(settings, "django.core.files.storage.InMemoryStorage")


@pytest.fixture
def document(caluso):
    """A file on record."""
    return freeze(entity=caluso, subject="prova", name="prova.pdf", content=CONTENT)


def put_there(document, content):
    """Have other bytes in the place of a file."""
    default_storage.delete(document.file.name)
    default_storage.save(document.file.name, ContentFile(content))


def test_names_are_found_in_folders_and_in_none():
    default_storage.save("b/c/d", ContentFile(b"1"))
    default_storage.save("b/a", ContentFile(b"1"))
    assert [list(stored_names()), list(stored_names("mai"))] == [["b/a", "b/c/d"], []]


def test_the_program_sends_what_nginx_cannot_reach(document, settings):
    settings.X_ACCEL_PREFIX = "/documenti-interni/"
    response = hand_over(document)
    assert (response.content, "X-Accel-Redirect" in response) == (CONTENT, False)


@pytest.mark.parametrize("spoil", [lambda one: put_there(one, b"altro"), lambda one: one.file.delete(save=False)])
def test_what_is_lost_or_damaged_is_told_and_made_again(document, spoil):
    spoil(Document.objects.get())
    with pytest.raises(DamagedDocumentError):
        document.read()
    assert document.read_or_restore(lambda: CONTENT) == CONTENT
    assert document.read() == CONTENT


def test_the_first_to_freeze_a_subject_stands(document, caluso):
    assert freeze(entity=caluso, subject="prova", name="prova.pdf", content=CONTENT) == document
    assert (document.read(), list(stored_names())) == (CONTENT, [document.file.name])


def test_a_document_waits_for_its_confirmation(signed_in, segretario, caluso):
    content = json.dumps(written_act(8, "2022-02-07", *map(written_sheet, range(1, 6)))).encode()
    client = signed_in(segretario)
    sent = client.post("/caluso/importa/", {"file": SimpleUploadedFile("atto.json", content)})
    key = pending.keep(content, "atto.json", entity=caluso, by=segretario)
    assert len(list(stored_names(pending.FOLDER))) == 1
    assert pending.find(key, entity=caluso, by=segretario).content == content
    assert client.get(sent["Location"]).status_code == 200


def test_a_copy_is_made_and_brought_back(document, segretario, settings, tmp_path):
    call_command("backup", str(tmp_path / "copia.zip"), verbosity=0)
    connection.check_constraints()
    with guards_aside(connection), connection.cursor() as cursor:
        for model in kept_models():
            cursor.execute(f'DELETE FROM "{model._meta.db_table}"')
        connection.check_constraints()
    kept_in(settings, "django.core.files.storage.memory.InMemoryStorage")
    ContentType(app_label="qualcosa", model="che_migrate_scrive").save()
    assert list(stored_names()) == []
    call_command("restore", str(tmp_path / "copia.zip"), verbosity=0)
    assert [Entity.objects.count(), Document.objects.get().read()] == [1, CONTENT]


def test_a_store_that_does_not_answer_is_told(settings, signed_in, segretario, document):
    assert look()["storage"]
    kept_in(settings, "tests.documents.test_stored.AwayStorage")
    assert not look()["storage"]
    with pytest.raises(StoreAwayError):
        document.read()
    client = signed_in(segretario)
    client.raise_request_exception = False
    content = json.dumps(written_act(8, "2022-02-07", written_sheet(1))).encode()
    page = client.post("/caluso/importa/", {"file": SimpleUploadedFile("atto.json", content)})
    assert (page.status_code, text(page, "//h1")) == (503, "L'archivio non risponde")
