"""Writes days in pages as an office writes them, with the article or the preposition that goes before them.

Part of every template's language (settings), since nearly every page shows a day.
"""

from collections.abc import Callable
from datetime import date

from django import template

from deliberations import calendar

register = template.Library()


def _as_filter(words: Callable[[date], str]) -> None:
    """Enter the function among the filters: a moment is read by the clock of the place, no day gives no words."""

    @register.filter(words.__name__, expects_localtime=True)
    def in_words(day: date | None) -> str:
        return words(day) if day else ""


for _words in (calendar.written, calendar.on_the, calendar.from_the, calendar.to_the, calendar.of_the):
    _as_filter(_words)


@register.filter(expects_localtime=True)
def with_hour(at: date | None) -> str:
    """Write a moment: "18 ottobre 2022, 09:30"."""
    return f"{calendar.written(at)}, {at:%H:%M}" if at else ""
