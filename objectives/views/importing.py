"""Import in the browser: upload, read the preview, confirm. Saved whole, or not at all."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from objectives import pending
from objectives.forms.importing import ActFileForm
from objectives.import_preview import preview as preview_of
from objectives.importing.reading import read_document
from objectives.load_outcome import Loaded, LoadRefused
from objectives.loading import limits_from_settings, load_act, rules_of
from organisation.access import Place, get_place
from organisation.models import User
from organisation.rates import limited
from organisation.roles import Deed

EXPIRED = "Questo documento non è più in attesa di conferma (si conserva per un giorno): caricarlo di nuovo."


@limited("import")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the file of an act and go to its preview."""
    place = get_place(request, slug, Deed.IMPORT)
    form = ActFileForm(request.POST, request.FILES) if request.method == "POST" else ActFileForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        key = pending.keep(file.read(), file.name, entity=place.entity, by=_person(request))
        return redirect("import_preview", slug, key)
    return render(request, "objectives/import.html", {"form": form}, status=422 if form.errors else 200)


@limited("import")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show all that was read; when confirmed, save it."""
    place = get_place(request, slug, Deed.IMPORT)
    waiting = pending.find(key, entity=place.entity, by=_person(request))
    if waiting is None:
        raise Http404(EXPIRED)
    if request.method == "POST":
        return _confirm(request, place, waiting)
    shown = preview_of(waiting, entity=place.entity, by=_person(request))
    return render(request, "objectives/import_preview.html", {"waiting": waiting, "preview": shown})


def _confirm(request: HttpRequest, place: Place, waiting: pending.Waiting) -> HttpResponseRedirect:
    """Read the document again and save it: what was on record at the preview may have changed meanwhile."""
    reading = read_document(waiting.content, waiting.name, limits_from_settings(), rules_of(place.entity))
    if reading.data is None:
        return redirect("import_preview", place.entity.slug, waiting.key)
    try:
        loaded = load_act(reading.data, entity=place.entity, by=_person(request), details=reading.details)
    except LoadRefused:
        messages.error(request, "L'atto non è stato importato: nulla è cambiato.")
        return redirect("import_preview", place.entity.slug, waiting.key)
    _tell(request, loaded)
    return redirect("act", place.entity.slug, loaded.act.slug)


def _tell(request: HttpRequest, loaded: Loaded) -> None:
    for finding in loaded.findings:
        messages.warning(request, finding.message)
    if loaded.dated:
        messages.success(request, f"La {loaded.act.short} era già in archivio: date completate.")
        return
    if not loaded.created:
        messages.info(request, f"La {loaded.act.short} è già in archivio: nulla è cambiato.")
        return
    filled = "" if loaded.filled is None else f" Testi che mancavano e ora ci sono: {loaded.filled}."
    stubs = f" Testi non in archivio: {loaded.stubs}." if loaded.stubs else ""
    messages.success(request, f"La {loaded.act.short} è in archivio. Schede: {loaded.sheets}.{filled}{stubs}")


def _person(request: HttpRequest) -> User:
    """The signed-in user: every page is private."""
    return cast(User, request.user)
