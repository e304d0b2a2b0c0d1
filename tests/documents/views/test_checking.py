"""The public page: anybody checks a document by code or by file, and learns nothing of what is not public."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from documents.codes import new_code
from documents.models import SignatureKind, SignedCopy, freeze
from documents.upper_rooms import Known, describers
from tests.pages import text, texts

pytestmark = pytest.mark.django_db
VERDICT = "//section[contains(@class, 'verdict')]/h2"


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def uploaded(client, content, **others):
    return client.post("/verifica/", {"file": SimpleUploadedFile("qualunque.pdf", content), **others})


@pytest.fixture
def signed_copy(document):
    """A signed copy of the document with a code; it has none itself."""
    file = freeze(entity=document.entity, subject="copia", name="scheda-firmato.pdf", content=b"%PDF-1.7 prova firmata")
    copy = SignedCopy(document=document, file=file, kind=SignatureKind.PADES, signers=[{"name": "ROSSI MARIA"}])
    copy.save()
    return copy


def test_the_page_needs_nobody_and_keeps_nothing(client):
    response = client.get("/verifica/")
    assert (response.status_code, text(response, "//h1")) == (200, "Verifica di un documento")
    assert "no-store" in response["Cache-Control"]
    assert "sessionid" not in response.cookies


def test_a_code_tells_which_document_it_is(client, document):
    response = client.get(f"/verifica/{document.code}/")
    assert response.status_code == 200
    assert text(response, VERDICT) == "Il codice corrisponde a un documento registrato"
    told = dict(zip(texts(response, "//dl/dt"), texts(response, "//dl/dd"), strict=True))
    assert (told["Documento"], told["Ente"]) == ("scheda.pdf", "Comune di Caluso")
    assert (told["Codice"], told["Impronta SHA-256"]) == (document.code, document.sha256)


@pytest.fixture
def described(document):
    """What another room says of the document."""
    said = Known("Scheda n° 1", "/caluso/validazioni/1/", (("Esito", "Validato il 12/12/2026 <b>"),))

    def describe(one):
        return said if one == document else None

    describers.append(describe)
    yield said
    describers.remove(describe)


def test_what_the_room_that_made_it_says_is_told(client, document, described):
    response = client.get(f"/verifica/{document.code}/")
    told = dict(zip(texts(response, "//dl/dt"), texts(response, "//dl/dd"), strict=True))
    assert (told["Documento"], told["Esito"]) == ("Scheda n° 1", "Validato il 12/12/2026 <b>")
    assert "/caluso/" not in response.content.decode()


@pytest.mark.parametrize("write", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_a_typed_code_leads_to_its_page(client, document, write):
    response = client.get("/verifica/", {"codice": write(document.code)})
    assert (response.status_code, response["Location"]) == (302, f"/verifica/{document.code}/")
    response = client.get(f"/verifica/{document.code.lower()}/")
    assert response["Location"] == f"/verifica/{document.code}/"


@pytest.mark.parametrize("code", ["ABCD-EFGH-JKMN", "x", "<script>"])
def test_a_code_that_is_not_known(client, code):
    response = client.get(f"/verifica/{code}/")
    assert (response.status_code, text(response, VERDICT)) == (404, "Il codice non risulta")


def test_what_is_no_code_is_explained_beside_the_field(client):
    response = client.get("/verifica/", {"codice": "7KQM-X4DN-P9T0"})
    assert response.status_code == 422
    assert texts(response, "//ul[@id='id_codice_error']/li")[0].startswith("Non è un codice di controllo")


def test_the_hash_of_the_very_file_is_authentic(client, document):
    response = client.post("/verifica/", {"impronta": document.sha256})
    assert (response.status_code, text(response, VERDICT)) == (200, "Il file è autentico")


def test_without_javascript_the_file_is_hashed_as_it_arrives(client, document):
    assert text(uploaded(client, document.read()), VERDICT) == "Il file è autentico"


def test_a_byte_less_is_not_it(client, document):
    response = uploaded(client, document.read()[:-1])
    assert (response.status_code, text(response, VERDICT)) == (404, "Il file non risulta")
    assert "Non è la prova di un falso." in response.content.decode()


def test_the_browsers_own_hash_counts_where_there_is_one(client, document):
    assert text(uploaded(client, b"altro", impronta=document.sha256), VERDICT) == "Il file è autentico"
    assert text(uploaded(client, document.read(), impronta="xyz"), VERDICT) == "Il file è autentico"


def test_a_signed_copy_of_a_public_document_is_found(client, signed_copy):
    response = client.post("/verifica/", {"impronta": signed_copy.file.sha256})
    assert text(response, VERDICT).startswith("Il file è autentico: è la copia firmata")
    told = dict(zip(texts(response, "//dl/dt"), texts(response, "//dl/dd"), strict=True))
    assert told["Impronta SHA-256"] == signed_copy.file.sha256
    assert "ROSSI" not in response.content.decode()


def test_a_reserved_file_answers_like_one_that_never_was(client, caluso, signed_copy):
    reserved = freeze(entity=caluso, subject="riservato", name="bozza.pdf", content=b"%PDF-1.7 riservato")
    file = freeze(entity=caluso, subject="firmato", name="bozza-firmato.pdf", content=b"%PDF-1.7 riservato firmato")
    SignedCopy(document=reserved, file=file, kind=SignatureKind.PADES, signers=[]).save()

    def page(digest):
        return client.post("/verifica/", {"impronta": digest}).content.decode().replace(digest, "")

    never = page(sha256(b"mai stato"))
    token = never.split('csrfmiddlewaretoken" value="')[1][:64]
    for known in (reserved, file):
        answer = page(known.sha256)
        assert answer.replace(answer.split('csrfmiddlewaretoken" value="')[1][:64], token) == never


def test_an_empty_file(client):
    for asked in ({"impronta": sha256(b"")}, {"file": SimpleUploadedFile("vuoto.pdf", b"")}):
        response = client.post("/verifica/", asked)
        said = text(response, "//*[@role='alert']")
        assert (response.status_code, said) == (422, "Il file è vuoto: scaricarlo di nuovo, e controllare quello.")


def test_nothing_chosen(client):
    response = client.post("/verifica/", {"impronta": ""})
    assert (response.status_code, text(response, "//*[@role='alert']")) == (422, "Scegliere il file da controllare.")


def test_a_file_too_large_to_upload_is_refused_and_not_kept(client, settings):
    settings.CHECK_MAX_BYTES = 100_000
    response = uploaded(client, b"x" * 200_000)
    assert response.status_code == 413
    assert text(response, "//*[@role='alert']").startswith("Il file supera 97,7")


def test_nothing_uploaded_stays(client, document, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    before = sorted(tmp_path.rglob("*"))
    uploaded(client, document.read())
    assert sorted(tmp_path.rglob("*")) == before


def test_a_page_of_ours_must_have_asked():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/verifica/", {"impronta": "0" * 64})
    assert (response.status_code, "Pagina scaduta" in response.content.decode()) == (403, True)


def test_who_asks_too_often_waits_a_minute(client, document, settings):
    settings.RATES_PER_MINUTE = settings.RATES_PER_MINUTE | {"check": 5}
    assert [client.get(f"/verifica/{new_code()}/").status_code for _ in range(5)] == [404] * 5
    refused = client.get(f"/verifica/{document.code}/")
    assert (refused.status_code, text(refused, "//h1")) == (429, "Troppe richieste")
    assert client.post("/verifica/", {"impronta": document.sha256}).status_code == 429
    assert client.get("/verifica/").status_code == 200
    assert client.get(f"/verifica/{document.code}/", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_a_demonstration_says_so(client, esempio):
    shown = freeze(entity=esempio, subject="prova", name="prova.pdf", content=b"%PDF", code=new_code())
    response = client.get(f"/verifica/{shown.code}/")
    assert texts(response, "//*[@class='demo-mark']") == ["DATI DIMOSTRATIVI"]


def test_an_answer_takes_few_queries(client, document, django_assert_num_queries):
    with django_assert_num_queries(4):
        client.get(f"/verifica/{document.code}/")
    with django_assert_num_queries(4):
        client.post("/verifica/", {"impronta": document.sha256})
