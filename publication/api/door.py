"""What every address of the interface has in common: who may come in, which methods, how it refuses."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from organisation.rates import address_of, seconds_to_wait
from publication.answering import kept, open_to_all
from publication.api.asking import Asked, read_question
from publication.api.problems import Kind, Problem
from publication.plans import NoLongerPublished

METHODS = "GET, HEAD, OPTIONS"
View = Callable[..., HttpResponse]


def door(view: Callable[..., HttpResponse], query: tuple[str, ...] = ()) -> View:
    """Return `view(request, asked, …)` as an address: open to all, and to pages of other sites; problems as such."""

    @kept
    def answer(request: HttpRequest, asked: Asked, **parts: object) -> HttpResponse:
        return view(request, asked, **parts)

    @csrf_exempt  # nothing is written here, and who tries is told so as a program reads it
    @login_not_required
    @wraps(view)
    def public(request: HttpRequest, **parts: object) -> HttpResponse:
        if request.method == "OPTIONS":
            return open_to_all(_allowed(HttpResponse(status=204)))
        return open_to_all(_answered(lambda: answer(request, _question(request, query), **parts)))

    return public


def _question(request: HttpRequest, query: tuple[str, ...]) -> Asked:
    if request.method not in ("GET", "HEAD"):
        raise Problem(Kind.METODO, "Qui si legge soltanto: usare GET.")
    seconds = seconds_to_wait("api", address_of(request))
    if seconds:
        raise Problem(Kind.TROPPE_RICHIESTE, f"Troppe richieste: riprovare fra {seconds} s.", seconds=seconds)
    return read_question(request.GET, query)


def _answered(answer: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        return answer()
    except Problem as problem:
        response = problem.answer()
        return _allowed(response) if problem.kind is Kind.METODO else response
    except NoLongerPublished as gone:
        return Problem(Kind.NON_PIU_PUBBLICATO, str(gone)).answer()
    except Http404 as missing:
        return Problem(Kind.NON_TROVATO, str(missing)).answer()


def _allowed(response: HttpResponse) -> HttpResponse:
    """Say which methods there are, to who asks and to a browser that asks for the page of another site."""
    response["Allow"] = response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = "If-None-Match"
    return response
