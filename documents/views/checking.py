"""The public page where anybody checks a document: by its code, or by the file itself. No sign-in, no session.

The file is hashed in the browser and stays there; without JavaScript it is hashed while it arrives and kept nowhere.
"""

import hashlib
import re
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from documents.codes import read_code
from documents.fingerprint import SHA256, Fingerprint
from documents.forms import CodeForm
from documents.looking_up import Answer, by_code, by_hash
from organisation.rates import address_of, seconds_to_wait, too_often

PAGE = "documents/check.html"
OF_NOTHING = hashlib.sha256().hexdigest()
"""The hash of an empty file."""
View = Callable[..., HttpResponse]


def _in_public(view: View) -> View:
    """Let anybody in, keep the answer nowhere, and refuse who asks too often."""

    @login_not_required
    @never_cache
    @wraps(view)
    def public(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        asks = request.method == "POST" or kwargs or request.GET
        seconds = seconds_to_wait("check", address_of(request)) if asks else 0
        if seconds:
            return too_often(request, seconds)
        return view(request, *args, **kwargs)

    return public


@csrf_exempt  # the token is checked within, once it is settled what becomes of the file that comes with it
@_in_public
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Ask for a code or a file, and answer for the file."""
    if request.method != "POST":
        return _check_typed(request)
    arriving = Fingerprint(request, most=settings.CHECK_MAX_BYTES)
    request.upload_handlers = [arriving]
    return _check_file(request, arriving)


def _check_typed(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.GET or None)
    if form.is_bound and form.is_valid():
        return redirect("check_code", form.cleaned_data["codice"])
    return _page(request, status=422 if form.is_bound else 200, form=form)


@csrf_protect
def _check_file(request: HttpRequest, arriving: Fingerprint) -> HttpResponse:
    told = request.POST.get("impronta", "")
    sha256 = told if re.fullmatch(SHA256, told) else arriving.sha256
    if arriving.too_large:
        allowed = filesizeformat(settings.CHECK_MAX_BYTES)
        return _page(request, status=413, wrong=f"Il file supera {allowed}: non si può controllare caricandolo.")
    if sha256 is None:
        return _page(request, status=422, wrong="Scegliere il file da controllare.")
    if sha256 == OF_NOTHING:
        return _page(request, status=422, wrong="Il file è vuoto: scaricarlo di nuovo, e controllare quello.")
    return _answered(request, by_hash(sha256), sha256=sha256)


@_in_public
@require_safe
def check_code(request: HttpRequest, code: str) -> HttpResponse:
    """Answer for a code, as the QR asks."""
    kept = read_code(code)
    if kept and kept != code:
        return redirect("check_code", kept)
    return _answered(request, by_code(kept) if kept else None, code=code)


def _answered(request: HttpRequest, answer: Answer | None, **asked: str) -> HttpResponse:
    context = {"form": CodeForm(), "answered": True, "answer": answer, **asked}
    return render(request, PAGE, context, status=200 if answer else 404)


def _page(request: HttpRequest, *, status: int, form: CodeForm | None = None, wrong: str = "") -> HttpResponse:
    return render(request, PAGE, {"form": form or CodeForm(), "wrong": wrong}, status=status)
