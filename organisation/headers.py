"""Headers that every answer carries, and Django does not set by itself: what the browser may do with it.

Sources: OWASP ASVS 4.0.3, 14.4; the features named in Permissions-Policy are those of the W3C draft that a page of
forms never uses.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

NO_FEATURES = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
        "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock", "usb",
        "xr-spatial-tracking",
    )
)  # fmt: skip
ANY_SITE = "Access-Control-Allow-Origin"


class HeadersMiddleware:
    """Forbid what no page uses, keep answers from being built into other sites, and from lying in others' caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the headers; open data may be read by pages of other sites, and say so themselves."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", NO_FEATURES)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        open_to_all = response.has_header(ANY_SITE)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if open_to_all else "same-origin")
        return response
