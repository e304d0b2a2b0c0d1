"""The guide's pages: for who is signed in, the same for everybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guide.reading import INDEX, parts, read, slugs


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Show what the guide explains, by who does it."""
    return render(request, "guide/index.html", {"chapter": read(INDEX)})


@require_safe
def guide_chapter(request: HttpRequest, chapter: str) -> HttpResponse:
    """Show a chapter, and beside it all the others."""
    if chapter not in slugs():
        raise Http404("La guida non ha questo capitolo.")
    return render(request, "guide/chapter.html", {"chapter": read(chapter), "parts": parts()})
