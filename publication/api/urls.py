"""The addresses of the interface, from the table of its operations."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path, re_path
from django.urls.resolvers import URLPattern

from publication.answering import in_public
from publication.api.asking import PARAMETERS, Asked
from publication.api.document import PATH_PARAMETERS, document
from publication.api.door import door
from publication.api.operations import OPERATIONS, ROOT, Operation
from publication.api.problems import Kind
from publication.open_data import LICENCE

CONVERTERS = {"ente": "slug", "anno": "int", "codice": "uuid", "atto": "slug"}


def openapi(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Describe the interface to programs."""
    return JsonResponse(
        document(request.build_absolute_uri("/").rstrip("/")), json_dumps_params={"ensure_ascii": False}
    )


def nothing(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Say that there is no such address, as a program reads it."""
    raise Http404("A questo indirizzo non c'è nulla: gli indirizzi sono in /api/v1/openapi.json.")


@in_public
def page(request: HttpRequest) -> HttpResponse:
    """Describe the interface to people."""
    context = {
        "operations": OPERATIONS,
        "root": ROOT,
        "parameters": {**PATH_PARAMETERS, **PARAMETERS},
        "problems": list(Kind),
        "licence": LICENCE,
    }
    return render(request, "publication/api.html", context)


def _address(one: Operation) -> URLPattern:
    parts = {name: f"<{CONVERTERS[name]}:{name}>" for name in one.in_path}
    return path(f"{ROOT}{one.path.format(**parts)}", door(one.view, one.query), name=one.name)


urlpatterns = [
    path("api/", page, name="api"),
    path(f"{ROOT}openapi.json", door(openapi), name="api_document"),
    *map(_address, OPERATIONS),
    re_path(r"^api/.*", door(nothing), name="api_nothing"),
]
