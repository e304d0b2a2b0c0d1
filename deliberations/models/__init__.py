"""Acts of the Giunta with their rows, and the words of proposals."""

from deliberations.models.deliberation import (
    BODY_ABBREVIATIONS,
    REGISTERED,
    Deliberation,
    DeliberationQuerySet,
    ImmutableError,
)
from deliberations.models.rows import ActRow, Attendance, Citation, Opinion
from deliberations.models.texts import ActText

__all__ = [
    "BODY_ABBREVIATIONS",
    "REGISTERED",
    "ActRow",
    "ActText",
    "Attendance",
    "Citation",
    "Deliberation",
    "DeliberationQuerySet",
    "ImmutableError",
    "Opinion",
]
