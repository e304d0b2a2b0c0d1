"""A copy holds everything and brings everything back; what is not a whole copy of this very program is refused."""

import hashlib
import json
import stat
import zipfile

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection

from documents.models import Document, freeze
from operations.backup import BackupError, opened, restore, write
from operations.backup.archive import MANIFEST
from operations.backup.restoring import guards_aside
from operations.backup.tables import TABLES_LEFT_OUT, kept_models
from operations.backup.verifying import refuse_another_version
from organisation.models import Entity, User

pytestmark = pytest.mark.django_db


def emptied():
    """Have the database as after its first migrate, and no file stored."""
    connection.check_constraints()
    with guards_aside(connection), connection.cursor() as cursor:
        for model in kept_models():
            cursor.execute(f'DELETE FROM "{model._meta.db_table}"')
        connection.check_constraints()
    for folder in default_storage.listdir("")[0]:
        remove_all(folder)
    ContentType(app_label="qualcosa", model="che_migrate_scrive").save()


def remove_all(folder):
    """The folder and what is in it."""
    folders, names = default_storage.listdir(folder)
    for name in (*names, *folders):
        remove_all(f"{folder}/{name}") if name in folders else default_storage.delete(f"{folder}/{name}")
    default_storage.delete(folder)


def stored(name):
    """The bytes of a stored file."""
    with default_storage.open(name) as file:
        return file.read()


def described(manifest):
    """What is in a copy, with the hash of each table and file."""
    return [(entry.entry, entry.size, entry.sha256) for entry in (*manifest.tables, *manifest.files)]


@pytest.fixture
def town(caluso, segretario):
    """An entity with a Segretario, a frozen paper, and a coat of arms."""
    default_storage.save("stemmi/a.png", ContentFile(b"\x89PNG"))
    freeze(entity=caluso, subject="prova", name="prova.pdf", content=b"%PDF \0 bytes")
    return caluso


@pytest.fixture
def copy(town, tmp_path):
    """A copy of all that."""
    call_command("backup", str(tmp_path / "copia.zip"))
    return tmp_path / "copia.zip"


def rewritten(copy, name, content):
    """The copy with another content in the place of one of its entries; None takes it out."""
    with zipfile.ZipFile(copy) as old:
        entries = {info.filename: old.read(info) for info in old.infolist()}
    entries[name] = content
    other = copy.with_name("altra.zip")
    with zipfile.ZipFile(other, "w") as new:
        for entry, kept in entries.items():
            if kept is not None:
                new.writestr(entry, kept)
    return other


def manifest_with(copy, **changes):
    """The copy with something else in its manifest."""
    with zipfile.ZipFile(copy) as archive:
        manifest = json.loads(archive.read(MANIFEST))
    return rewritten(copy, MANIFEST, json.dumps(manifest | changes))


def test_every_table_is_copied_or_left_out_by_name():
    tables = set(connection.introspection.table_names())
    assert tables - {model._meta.db_table for model in kept_models()} <= TABLES_LEFT_OUT
    assert {model._meta.db_table for model in apps.get_models()} - tables == set()


def test_what_comes_back_is_the_same_to_the_last_row_and_byte(act100, copy, tmp_path):
    emptied()
    brought = restore(copy)
    again, damaged = write(tmp_path / "di-nuovo.zip")
    assert described(again) == described(brought)
    assert damaged == []
    assert Document.objects.get().read() == b"%PDF \0 bytes"
    assert stored("stemmi/a.png") == b"\x89PNG"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_what_came_back_is_guarded_and_goes_on(copy):
    emptied()
    restore(copy)
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("DELETE FROM organisation_historicaluser")


def test_new_rows_get_keys_of_their_own(copy):
    emptied()
    restore(copy)
    highest = max(User.objects.values_list("pk", flat=True))
    user = User(username="nuova")
    user.save()
    assert user.pk > highest


def test_rows_are_written_the_same_by_every_database(act100, caluso, copy):
    with opened(copy) as (archive, manifest):
        acts = archive.read("tables/deliberations_deliberation.jsonl").decode()
        columns = next(table.columns for table in manifest.tables if table.table == "deliberations_deliberation")
    rows = [dict(zip(columns, json.loads(line), strict=True)) for line in acts.splitlines()]
    act = next(row for row in rows if row["number"] == 100)
    assert (act["session_on"], act["entity_id"]) == ("2022-10-18", caluso.pk)


def test_a_copy_is_not_brought_into_a_database_in_use(copy):
    with pytest.raises(CommandError, match="Il database non è vuoto"):
        call_command("restore", str(copy))


def test_a_file_of_others_is_never_overwritten(copy):
    emptied()
    default_storage.save("stemmi/a.png", ContentFile(b"altro"))
    with pytest.raises(BackupError, match=r"c'è già «stemmi/a\.png»"):
        restore(copy)
    assert stored("stemmi/a.png") == b"altro"


def test_a_second_attempt_takes_the_files_that_a_first_one_left(copy):
    emptied()
    default_storage.save("stemmi/a.png", ContentFile(b"\x89PNG"))
    restore(copy)
    assert Entity.objects.count() == 1


def test_a_copy_never_overwrites_another(copy):
    with pytest.raises(CommandError, match="esiste già"):
        call_command("backup", str(copy))


def test_a_lost_document_is_told_and_the_copy_made_all_the_same(town, tmp_path):
    default_storage.delete(Document.objects.get().file.name)
    with pytest.raises(CommandError, match=r"1 documenti mancano.*«prova\.pdf»"):
        call_command("backup", str(tmp_path / "copia.zip"))
    with opened(tmp_path / "copia.zip") as (_, manifest):
        assert [file.entry for file in manifest.files] == ["files/stemmi/a.png"]


def cut(copy):
    copy.write_bytes(copy.read_bytes()[:-200])
    return copy


def flipped(copy):
    content = bytearray(copy.read_bytes())
    content[content.index(b"%PDF")] ^= 1
    copy.write_bytes(content)
    return copy


def foreign(copy):
    copy.write_bytes(b"%PDF-1.7 qualcosa d'altro")
    return copy


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (cut, "tronca o rovinata"),
        (flipped, "tronca o rovinata"),
        (foreign, "non è una copia di Caluso Perf"),
        (lambda copy: copy.with_name("assente.zip"), "non c'è"),
        (lambda copy: rewritten(copy, MANIFEST, None), "manca manifest.json"),
        (lambda copy: rewritten(copy, MANIFEST, "[]"), "il suo elenco non si legge"),
        (lambda copy: rewritten(copy, "tables/organisation_user.jsonl", "[]"), r"«tables/organisation_user\.jsonl»"),
        (lambda copy: rewritten(copy, "files/stemmi/a.png", None), "non è ciò che dice il suo elenco"),
        (lambda copy: rewritten(copy, "files/../fuori", "x"), "non è ciò che dice il suo elenco"),
        (lambda copy: manifest_with(copy, format="altro/copia"), "non è una copia di Caluso Perf"),
        (lambda copy: manifest_with(copy, version=2), "questo programma legge la forma 1"),
    ],
)
def test_what_is_no_whole_copy_is_refused_before_anything_is_touched(copy, spoil, sentence):
    spoilt = spoil(copy)
    emptied()
    with pytest.raises(BackupError, match=sentence):
        restore(spoilt)
    assert [Entity.objects.count(), default_storage.listdir("")] == [0, ([], [])]


def test_a_copy_of_another_version_is_refused(copy):
    with zipfile.ZipFile(copy) as archive:
        manifest = json.loads(archive.read(MANIFEST))
    emptied()
    later = manifest_with(copy, migrations=[*manifest["migrations"], "objectives.9999_later"])
    with pytest.raises(BackupError, match=r"più recente.*qui manca objectives\.9999_later"):
        restore(later)
    other = manifest_with(copy, tables=manifest["tables"][1:])
    with pytest.raises(BackupError, match="non è ciò che dice il suo elenco"):
        restore(other)


def test_a_copy_of_an_earlier_version_is_refused(copy):
    with opened(copy) as (_, manifest), pytest.raises(BackupError, match=r"precedente.*objectives\.9999_later"):
        refuse_another_version(manifest, [*manifest.migrations, "objectives.9999_later"])


def test_rows_that_belong_to_nothing_leave_no_trace(copy):
    """Whole by its hashes, and yet no state that this program ever wrote."""
    with zipfile.ZipFile(copy) as archive:
        manifest = json.loads(archive.read(MANIFEST))
    for table in manifest["tables"]:
        if table["table"] == "organisation_entity":
            table |= {"size": 0, "sha256": hashlib.sha256(b"").hexdigest(), "rows": 0}
    orphans = manifest_with(rewritten(copy, "tables/organisation_entity.jsonl", ""), tables=manifest["tables"])
    emptied()
    with pytest.raises(BackupError, match="resta vuoto"):
        restore(orphans)
    assert [User.objects.count(), ContentType.objects.count(), default_storage.exists("stemmi/a.png")] == [0, 1, False]
