"""Every address of an entity, for everybody: who may open it, whom it sends to sign in, for whom it does not exist."""

import pytest
from django.urls import get_resolver, reverse

from objectives.models import Sheet
from tests.organisation.addresses import NOT_FOR_EVERYBODY, OF_AN_ENTITY, PAPERS, POST_ONLY, arguments

ROLES = ["ufficio", "responsabile", "segretario", "nucleo", "amministratore", "lettura"]
MAY_IMPORT = {"segretario", "amministratore"}
UNKNOWN_KEY = "0" * 64

pytestmark = pytest.mark.django_db


def paths(names, act):
    sheet = Sheet.objects.filter(deliberation=act).order_by("position").first()
    facts = {"entity": "caluso", "act": act.slug, "sheet": sheet.pk, "key": UNKNOWN_KEY}
    return [reverse(name, kwargs=arguments(name, **facts)) for name in names]


def test_this_list_holds_every_address_of_an_entity():
    named = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    of_an_entity = {name for name in named if any("slug" in params for params in _parameters(name))}
    assert of_an_entity == set(OF_AN_ENTITY)


def _parameters(name):
    return [params for pattern in get_resolver().reverse_dict.getlist(name) for _, params in pattern[0]]


def test_who_is_not_signed_in_is_asked_to(client, act100):
    asked = {path: client.get(path) for path in paths(OF_AN_ENTITY, act100)}
    assert {path: (response.status_code, response["Location"]) for path, response in asked.items()} == {
        path: (302, f"{reverse('account_login')}?next={path}") for path in asked
    }


def test_for_a_stranger_the_entity_does_not_exist(signed_in, estraneo, act100):
    client = signed_in(estraneo)
    answers = {path: client.get(path) for path in paths(OF_AN_ENTITY, act100)}
    posted_only = paths(POST_ONLY, act100)
    assert {path: response.status_code for path, response in answers.items()} == {
        path: 405 if path in posted_only else 404 for path in answers
    }
    assert [path for path, response in answers.items() if "Comune di Caluso" in response.content.decode()] == []
    posted = {path: client.post(path).status_code for path in answers}
    assert {path: status for path, status in posted.items() if status not in {404, 405}} == {}


@pytest.mark.parametrize("role", ROLES)
def test_every_role_reads(role, signed_in, request, act100):
    client = signed_in(request.getfixturevalue(role))
    read = [name for name in OF_AN_ENTITY if name not in [*NOT_FOR_EVERYBODY, *PAPERS] and "pdf" not in name]
    answers = {path: client.get(path, follow=True).status_code for path in paths(read, act100)}
    assert answers == dict.fromkeys(answers, 200)


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
    assert "<script" not in page
    assert "style=" not in page
