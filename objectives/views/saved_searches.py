"""Keeping a search under a name, renaming it, removing it: each person their own."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from objectives.forms.saved_search import NameForm
from objectives.models import SavedSearch
from objectives.saved_searches import keep_search, remove_search, rename_search
from objectives.views.finding import signed_in
from objectives.views.search import Search
from objectives.workflow import Refused
from organisation.access import Place, get_place

NOT_HERE = "Questa ricerca salvata non c'è: forse è stata tolta. Ognuno vede solo le sue."
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@read_or_write
def search_save(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the search that the address asks for, under a name; what can't be looked for is explained on its page."""
    place = get_place(request, slug)
    asked = Search(place, request.GET)
    if not asked.is_valid:
        return redirect(_address(slug, request.GET.urlencode()))
    form = NameForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            kept = keep_search(place.entity, form.cleaned_data["nome"], asked.query, by=signed_in(request))
        except Refused as refusal:
            form.add_error("nome", str(refusal))
        else:
            messages.success(request, f"La ricerca è salvata come «{kept.name}».")
            return redirect(_address(slug, kept.query))
    return _named(request, form, asked, "Salvare la ricerca", "Salva la ricerca")


@never_cache
@read_or_write
def search_rename(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give a kept search another name."""
    place = get_place(request, slug)
    search = _own(request, place, pk)
    asked = Search(place, QueryDict(search.query))
    read = {"nome": search.name, "prima": search.name}
    form = NameForm(request.POST if request.method == "POST" else None, initial=read)
    if form.is_valid():
        name = form.cleaned_data["nome"]
        try:
            search = rename_search(search, name, by=signed_in(request), known_as=form.cleaned_data["prima"])
        except Refused as refusal:
            form = NameForm({**read, "nome": name})
            form.add_error("nome", str(refusal))
        else:
            messages.success(request, f"La ricerca ora si chiama «{search.name}».")
            return redirect(_address(slug, search.query))
    return _named(request, form, asked, f"Rinominare «{search.name}»", "Rinomina")


@never_cache
@read_or_write
def search_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask, then remove a kept search."""
    place = get_place(request, slug)
    search = _own(request, place, pk)
    if request.method == "POST":
        try:
            remove_search(search, by=signed_in(request))
        except Refused as refusal:
            raise Http404(str(refusal)) from refusal
        messages.success(request, f"La ricerca «{search.name}» è tolta.")
        return redirect("search", slug)
    asked = Search(place, QueryDict(search.query))
    return render(request, "objectives/search_remove.html", {"search": search, "asked": asked})


def _own(request: HttpRequest, place: Place, pk: int) -> SavedSearch:
    """Return a search that the person keeps here. Raises Http404 with a sentence, also for somebody else's."""
    mine = SavedSearch.objects.filter(user=signed_in(request), entity=place.entity).select_related("entity")
    found: SavedSearch | None = mine.filter(pk=pk).first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def _named(request: HttpRequest, form: NameForm, asked: Search, heading: str, button: str) -> HttpResponse:
    context = {"form": form, "asked": asked, "heading": heading, "button": button}
    return render(request, "objectives/search_name.html", context, status=422 if form.errors else 200)


def _address(slug: str, query: str) -> str:
    return f"{reverse('search', args=[slug])}?{query}" if query else reverse("search", args=[slug])
