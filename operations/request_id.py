"""Each request has a number of its own: in the answer's header, in every line of the log, on the page of an error."""

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from operations.current import KEPT, request_number, route_of
from operations.metrics import count_request

HEADER = "X-Request-ID"
FROM_PROXY = re.compile(r"[0-9a-f]{32}")
logger = logging.getLogger("operations.requests")


class RequestIdMiddleware:
    """Gives the number, or takes the proxy's (32 hexadecimal digits); writes a line and counts when all is done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the number in the header."""
        number = request.META[KEPT] = _number(request)
        token, begun = request_number.set(number), time.perf_counter()
        try:
            response = self.get_response(request)
            seconds = time.perf_counter() - begun
            response[HEADER] = number
            method, route, status = str(request.method), route_of(request), response.status_code
            count_request(method, route, status, seconds)
            logger.info(
                "request", extra={"method": method, "route": route, "status": status, "ms": round(seconds * 1000)}
            )
            return response
        finally:
            request_number.reset(token)


def _number(request: HttpRequest) -> str:
    told = request.headers.get(HEADER, "") if settings.BEHIND_PROXY else ""
    return told if FROM_PROXY.fullmatch(told) else uuid.uuid4().hex
