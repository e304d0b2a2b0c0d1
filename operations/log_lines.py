"""Lines of the log, for people or as JSON, without personal data: an address by its form, an exception by its place.

What an exception says may quote a row, and an address may be a secret: neither is written. E-mail addresses that some
library mentions are blanked.
"""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from operations.current import KEPT, request_number, route_of

E_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
OF_A_REQUEST = ("method", "route", "status", "ms")
INNERMOST = 12
"""Frames of an exception that are written."""


class JsonLines(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message, request_id, and what is known of the request."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": E_MAIL.sub("[e-mail]", _message(record)),
            "request_id": request_number.get(),
        }
        line |= {name: getattr(record, name) for name in OF_A_REQUEST if hasattr(record, name)}
        line |= _of_request(record) | _of_exception(record)
        return json.dumps({name: value for name, value in line.items() if value != ""}, ensure_ascii=False)


class TextLines(logging.Formatter):
    """The same for people, in plain lines; only with DEBUG also what an exception says."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and below it where an exception came from."""
        when, message = self.formatTime(record), E_MAIL.sub("[e-mail]", _message(record))
        facts = [str(fact) for fact in _of_request(record).values() if fact != ""]
        line = " ".join([when, record.levelname, record.name, message, *facts])
        if settings.DEBUG and record.exc_info:
            return f"{line}\n{self.formatException(record.exc_info)}"
        told = _of_exception(record)
        return "\n  ".join([line, told["exception"], *told["at"]]) if told else line


def _message(record: logging.LogRecord) -> str:
    """Return the message; that of Django about a request ends with its address, which is left out."""
    if hasattr(record, "request") and isinstance(record.args, tuple) and record.args:
        return str(record.args[0])
    return record.getMessage()


def _of_request(record: logging.LogRecord) -> dict[str, Any]:
    request = getattr(record, "request", None)
    if not isinstance(request, HttpRequest):
        return {}
    status = getattr(record, "status_code", "")
    number = request.META.get(KEPT, "")
    return {"request_id": number, "method": request.method, "route": route_of(request), "status": status}


def _of_exception(record: logging.LogRecord) -> dict[str, Any]:
    if not record.exc_info or record.exc_info[0] is None:
        return {}
    kind, _, trace = record.exc_info
    frames = traceback.extract_tb(trace)[-INNERMOST:]
    return {
        "exception": f"{kind.__module__}.{kind.__qualname__}",
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
