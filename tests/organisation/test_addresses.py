"""What the addresses of an entity have in common; who gets what at each is in objectives/views/test_who_may_what.py."""

import re

import pytest

ROLES = ["ufficio", "responsabile", "segretario", "nucleo", "amministratore", "lettura"]
MAY_IMPORT = {"segretario", "amministratore"}
OF_ANOTHER_FILE = re.compile(r'<script type="module" src="/static/[^"]+"></script>')

pytestmark = pytest.mark.django_db


def test_who_is_not_signed_in_is_asked_to_and_led_on(client, caluso):
    response = client.get("/caluso/atti/?anno=2022")
    assert (response.status_code, response["Location"]) == (302, "/accesso/login/?next=/caluso/atti/%3Fanno%3D2022")


@pytest.mark.parametrize("role", ROLES)
def test_only_segretario_and_amministratore_import(role, signed_in, request, caluso):
    response = signed_in(request.getfixturevalue(role)).get("/caluso/importa/")
    assert response.status_code == (200 if role in MAY_IMPORT else 403)
    links = b'href="/caluso/importa/"' in signed_in(request.getfixturevalue(role)).get("/caluso/").content
    assert links == (role in MAY_IMPORT)


def test_a_refusal_says_who_may(signed_in, lettura):
    page = signed_in(lettura).get("/caluso/importa/").content.decode()
    assert "Il ruolo Lettura non permette di importare un atto: lo può fare Segretario o Amministratore." in page


@pytest.mark.parametrize("path", ["/inesistente/", "/caluso/niente/", "/caluso/piano/abc/", "/CALUSO/"])
def test_what_does_not_exist_is_said_in_our_own_page(path, signed_in, lettura):
    response = signed_in(lettura).get(path)
    assert response.status_code == 404
    assert "<h1>Pagina non trovata</h1>" in response.content.decode()


def test_a_form_kept_open_too_long_is_explained(lettura, caluso):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(lettura)
    response = client.post("/caluso/importa/")
    assert (response.status_code, "Pagina scaduta" in response.content.decode()) == (403, True)


def test_no_page_lets_anything_run_that_is_not_ours(signed_in, lettura):
    response = signed_in(lettura).get("/caluso/")
    policy = response["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = response.content.decode()
    assert "<script" not in OF_ANOTHER_FILE.sub("", page)
    assert "style=" not in page
