"""Why a deed was not done."""

from collections.abc import Sequence
from typing import Any

from objectives.models import Sheet


class Refused(ValueError):
    """The deed can't be done as things stand. The message is a sentence for the person.

    `findings` are those that block it or wait for a note (objectives.rules.Finding); `sheet` is the version that stands
    in the way, where there is one.
    """

    def __init__(self, message: str, findings: Sequence[Any] = (), sheet: Sheet | None = None) -> None:
        super().__init__(message)
        self.findings, self.sheet = list(findings), sheet


class Stale(Refused):
    """Somebody changed the row after the person opened it. `stored` is the row as it is now (a Sheet or an act)."""

    def __init__(self, message: str, stored: Any) -> None:
        super().__init__(message)
        self.stored = stored
