"""Work outside a request: the PDF of a public plan."""

from django.conf import settings
from django_tasks import task

from publication.plans import public_plan, published_entity
from publication.printing import book_after, book_document


@task()
def print_public_plan(entity: str, year: int, act: str) -> int:
    """Make the PDF of the plan after an act and return the number of its document. Raises Http404 as its page does."""
    found = public_plan(published_entity(entity), year)
    return book_document(book_after(found, found.act(act)), processes=settings.PDF_PROCESSES).pk
