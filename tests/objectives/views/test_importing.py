"""Import in the browser: nothing is saved before the confirmation, and then all of it or nothing."""

import hashlib
import os
import time

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from deliberations.models import Deliberation
from documents.stored import stored_names
from objectives import pending
from objectives.exchange import act_to_dict, to_json
from objectives.loading import load_act
from objectives.models import Sheet
from organisation.roles import Role
from tests.acts import real_data, real_text
from tests.base_act import invented_base

pytestmark = pytest.mark.django_db

PAGE = "/caluso/importa/"
REAL = real_text().encode()


@pytest.fixture
def client(signed_in, segretario):
    return signed_in(segretario)


def upload(client, content=REAL, name="gc-100-2022.txt", page=PAGE):
    return client.post(page, {"file": SimpleUploadedFile(name, content)})


def page_of(client, content=REAL, name="gc-100-2022.txt"):
    response = client.get(upload(client, content, name)["Location"])
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("&#x27;", "'").split())


def on_record():
    return (Deliberation.objects.count(), Sheet.objects.count())


def test_the_preview_shows_what_was_read_and_saves_nothing(client):
    page = page_of(client)
    assert "gc-100-2022.txt" in page
    assert "e le sue schede: <strong>13</strong>" in page
    assert "«testo non in archivio»: <strong>11</strong>" in page
    assert "Acquisizione fondi".upper() in page
    assert 'class="where">riga 153</span> <span class="code">I07</span>' in page
    assert on_record() == (0, 0)


def test_confirming_saves_the_act_whole(client, segretario):
    response = client.post(upload(client)["Location"], follow=True)
    assert response.redirect_chain == [("/caluso/atti/gc-100-2022/", 302)]
    assert "La GC 100/2022 è in archivio. Schede: 13. Testi non in archivio: 11." in response.content.decode()
    act = Deliberation.objects.get(number=100)
    assert act.sheets.count() == 13
    assert {row.history_user for row in act.history.all()} == {segretario}


def test_a_double_click_saves_once(client):
    location = upload(client)["Location"]
    client.post(location)
    saved = on_record()
    response = client.post(location, follow=True)
    assert "La GC 100/2022 è già in archivio: nulla è cambiato." in response.content.decode()
    assert on_record() == saved


def test_dates_that_were_missing_are_completed_after_a_confirmation(client, caluso):
    early = real_data()
    early["act"] |= dict.fromkeys(("publication_start", "publication_days", "enforceable_on"))
    act = load_act(early, entity=caluso, by=None).act
    location = upload(client)["Location"]
    assert "Completa le date" in client.get(location).content.decode()
    response = client.post(location, follow=True)
    assert "La GC 100/2022 era già in archivio: date completate." in response.content.decode()
    assert act_to_dict(Deliberation.objects.get(pk=act.pk)) == real_data()


def test_the_base_that_comes_later_says_what_it_fills(client, act100):
    location = upload(client, to_json(invented_base()).encode(), "gc-8-2022.json")["Location"]
    page = " ".join(client.get(location).content.decode().split())
    assert "Riempirà le schede segnate «testo non in archivio»: <strong>11</strong>." in page
    assert Sheet.objects.filter(on_file=False).count() == 11
    response = client.post(location, follow=True)
    assert "La GC 8/2022 è in archivio. Schede: 13. Testi che mancavano e ora ci sono: 11." in response.content.decode()


def test_what_does_not_agree_with_the_archive_is_told_before_and_after(client, act100):
    data = invented_base()
    removed = next(sheet for sheet in data["sheets"] if (sheet["sector"], sheet["number"]) == ("FINANZIARIO", 2))
    removed["title"] = "ALTRO TITOLO"
    location = upload(client, to_json(data).encode(), "gc-8-2022.json")["Location"]
    told = "qui è diverso in: titolo."
    assert [told in client.get(location).content.decode() for _ in range(2)] == [True, True]
    assert told in client.post(location, follow=True).content.decode()


def test_after_the_back_button_the_preview_says_that_it_is_done(client):
    location = upload(client)["Location"]
    client.post(location)
    page = client.get(location).content.decode()
    assert "Questo atto è già in archivio" in page
    assert "Conferma e salva" not in page


def test_two_tabs_do_not_disturb_each_other(client):
    other = REAL.replace(b"n. 100", b"n. 101").replace(b"N. 100", b"N. 101")
    first, second = upload(client)["Location"], upload(client, other)["Location"]
    assert client.post(first)["Location"] == "/caluso/atti/gc-100-2022/"
    assert client.get(second).status_code == 200


def test_the_same_file_twice_leads_to_the_same_preview(client):
    assert upload(client)["Location"] == upload(client, name="copia.txt")["Location"]


def test_the_document_of_another_person_is_not_there(client, signed_in, amministratore):
    location = upload(client)["Location"]
    other = signed_in(amministratore)
    assert [other.get(location).status_code, other.post(location).status_code] == [404, 404]
    assert on_record() == (0, 0)


def test_nor_is_it_there_in_another_entity(signed_in, make_person, caluso, esempio):
    client = signed_in(make_person("due", (caluso, Role.SEGRETARIO), (esempio, Role.SEGRETARIO)))
    location = upload(client)["Location"]
    assert client.post(location.replace("caluso", "esempio")).status_code == 404


def test_who_lost_the_role_meanwhile_does_not_confirm(client, segretario):
    location = upload(client)["Location"]
    segretario.memberships.get().delete()
    assert client.post(location).status_code == 404
    assert on_record() == (0, 0)


def test_a_document_changed_on_disk_is_not_the_one_that_was_shown(client, caluso, segretario):
    location = upload(client)["Location"]
    folder = f"{pending.FOLDER}/{caluso.pk}/{segretario.pk}/{hashlib.sha256(REAL).hexdigest()}"
    (name,) = default_storage.listdir(folder)[1]
    with open(default_storage.path(f"{folder}/{name}"), "ab") as file:
        file.write(b" ")
    assert client.post(location).status_code == 404


def test_after_a_day_the_document_is_forgotten(client, caluso, segretario):
    location = upload(client)["Location"]
    old = time.time() - pending.KEPT_FOR.total_seconds() - 60
    for path in stored_names(pending.FOLDER):
        os.utime(default_storage.path(path), (old, old))
    upload(client, b"altro")
    response = client.get(location)
    assert response.status_code == 404
    assert "non è più in attesa di conferma" in response.content.decode()


def test_the_act_of_another_entity_is_refused_before_the_confirmation(signed_in, make_person, esempio):
    client = signed_in(make_person("altrove", (esempio, Role.SEGRETARIO)))
    location = upload(client, page="/esempio/importa/")["Location"]
    page = client.get(location).content.decode()
    assert "Il documento è di «Comune di Caluso», non di «Comune di Esempio»" in page
    assert "Conferma e salva" not in page
    assert client.post(location)["Location"] == location
    assert on_record() == (0, 0)


def test_the_same_act_with_another_content_is_refused(client):
    client.post(upload(client)["Location"])
    saved = on_record()
    changed = REAL.replace(b"TRANSIZIONE DIGITALE", b"TRANSIZIONE ECOLOGICA")
    page = page_of(client, changed)
    assert "è già in archivio con un altro contenuto: un atto adottato non si cambia." in page
    assert on_record() == saved


BROKEN = {
    "prose": b"Caro sindaco, le scrivo per il piano.",
    "binary": bytes(range(256)) * 40,
    "cut in the middle of a sheet": REAL[: REAL.index(b"Ampliamento dei procedimenti")],
    "a weight over 100": REAL.replace(b"PESO: 25", b"PESO: 125", 1),
    "a weight that is no number": REAL.replace(b"PESO: 25", b"PESO: molto", 1),
    "an unknown change word": REAL.replace(b"**ELIMINATO**", b"**SPOSTATO**", 1),
    "a line of 3 MB": REAL + b"x" * 3_000_000,
    "not JSON": b'{"format": "caluso-perf/act", ',
    "no docx": b"PK\x03\x04 not really",
    "no pdf": b"%PDF-1.7 not really",
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_document_is_explained_and_cannot_be_confirmed(client, content):
    location = upload(client, content)["Location"]
    page = client.get(location).content.decode()
    assert "Questo documento non si può importare." in page
    assert 'class="findings findings-e"' in page
    assert "Conferma e salva" not in page
    assert client.post(location)["Location"] == location
    assert on_record() == (0, 0)


def test_what_a_document_contains_never_runs(client):
    page = page_of(client, REAL.replace(b"SPORTELLINO UNICO", b"<script>alert(1)</script> UNICO", 1))
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "Scegliere il file della deliberazione."),
        ({"file": ("vuoto.txt", b"")}, "Il file è vuoto: scegliere quello della deliberazione."),
        ({"file": ("grande.txt", b"x" * 2000)}, "Caricare il testo della deliberazione senza le scansioni."),
    ],
)
def test_no_file_an_empty_one_and_one_too_large_are_refused(client, settings, files, sentence):
    settings.IMPORT_MAX_BYTES = 1999
    response = client.post(PAGE, {name: SimpleUploadedFile(*file) for name, file in files.items()})
    assert response.status_code == 422
    assert sentence in response.content.decode()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a/b\\c.txt", "è" * 300 + ".txt", "...", "con spazi  e «virgolette».txt"]
)
def test_the_name_of_a_file_is_only_a_name(client, name):
    assert client.get(upload(client, b"prosa", name)["Location"]).status_code == 200
    (path,) = stored_names(pending.FOLDER)
    assert path.count("/") == 4


@pytest.mark.parametrize("key", ["0" * 64, "abc", "-", "F" * 64])
def test_a_key_that_nobody_got_leads_nowhere(client, key):
    assert client.get(f"{PAGE}{key}/").status_code == 404


@pytest.mark.parametrize("role", ["ufficio", "responsabile", "nucleo", "lettura"])
def test_other_roles_neither_upload_nor_confirm(client, signed_in, request, role):
    location = upload(client)["Location"]
    other = signed_in(request.getfixturevalue(role))
    answers = [upload(other), other.get(location), other.post(location)]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert on_record() == (0, 0)
