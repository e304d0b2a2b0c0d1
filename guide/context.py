"""What every page knows of the guide: the chapter that helps with it."""

from django.http import HttpRequest

from guide.chapters import CHAPTER_OF
from guide.reading import INDEX, address


def help_of_page(request: HttpRequest) -> dict[str, str]:
    """Return the address of the chapter for the page that is shown; of the index where none is about it."""
    match = request.resolver_match
    chapter, _, heading = CHAPTER_OF.get(match.url_name if match and match.url_name else "", INDEX).partition("#")
    return {"help_address": address(chapter) + (f"#{heading}" if heading else "")}
