"""QR codes as drawings that stand in a page or in the template of a PDF."""

from itertools import groupby

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString

QUIET = 4
"""The white border, in modules, that a reader needs (ISO/IEC 18004, 5.3.8)."""


def qr_svg(url: str, title: str, *, millimetres: int = 26) -> SafeString:
    """Return the drawing of the QR code of `url`, titled for who can't see it; a style sheet may give another size.

    Up to 15 % of it may be dirty or torn (level M). Black on white, whatever lies under it.
    """
    drawn = segno.make(url, error="m", micro=False)
    side = drawn.symbol_size(border=QUIET)[0]
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="check-qr" role="img" width="{size}mm" height="{size}mm" '
        'viewBox="0 0 {side} {side}"><title>{title}</title><rect width="{side}" height="{side}" fill="#ffffff"/>'
        '<path fill="#000000" shape-rendering="crispEdges" d="{path}"/></svg>',
        size=millimetres,
        side=side,
        title=title,
        path="".join(_bars(drawn)),
    )


def _bars(drawn: segno.QRCode) -> list[str]:
    """The dark modules, each row's neighbours as one bar: fewer edges where a printer could leave a white line."""
    bars = []
    for y, row in enumerate(drawn.matrix):
        x = 0
        for dark, run in groupby(row):
            width = len(list(run))
            if dark:
                bars.append(f"M{x + QUIET} {y + QUIET}h{width}v1h-{width}z")
            x += width
    return bars
