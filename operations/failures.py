"""What a request failed on: a database or a store of files that is away or has no room; the pages for it."""

import errno
import sys
from collections.abc import Iterator

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.views.decorators.csrf import requires_csrf_token

from documents.stored import StoreAwayError
from operations.current import request_number

RETRY_SECONDS = 20
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
DISK_FULL = "53100"  # PostgreSQL's number for it
SQLITE_FULL = "database or disk is full"
SQLITE_AWAY = ("is locked", "unable to open", "disk i/o error")


def is_out_of_room(problem: BaseException | None) -> bool:
    """Tell whether something could not be written because a disk is full, of the files or of the database."""
    return any(
        (isinstance(one, OSError) and one.errno in NO_ROOM)
        or getattr(one, "sqlstate", None) == DISK_FULL
        or SQLITE_FULL in str(one)
        for one in _causes(problem)
    )


def is_database_away(problem: BaseException | None) -> bool:
    """Tell whether the database refused because of its own state, and may answer again in a moment.

    SQLite says with the same exception that a table is missing: that is an error of the program.
    """
    if not isinstance(problem, OperationalError | InterfaceError):
        return False
    said, causes = str(problem).lower(), list(_causes(problem))
    from_sqlite = any(type(one).__module__ == "sqlite3" for one in causes)
    return not from_sqlite or any(words in said for words in SQLITE_AWAY)


def _causes(problem: BaseException | None) -> Iterator[BaseException]:
    while problem is not None:
        yield problem
        problem = problem.__cause__


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a request that failed: with what to do, and the number to tell. Asks nothing of the database."""
    problem = sys.exception()
    number = {"request_id": request_number.get()}
    if is_out_of_room(problem):
        return HttpResponse(get_template("507.html").render(number), status=507)
    if is_database_away(problem) or isinstance(problem, StoreAwayError):
        page = HttpResponse(get_template("503.html").render(number), status=503)
        page["Retry-After"] = str(RETRY_SECONDS)
        return page
    return HttpResponse(get_template("500.html").render(number), status=500)
