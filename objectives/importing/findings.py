"""What a reading has to say: findings with their line, the limits it keeps to, and its result.

Codes: R01…R35 are the rules of the domain; the others are about the document itself:
I01 the file cannot be read; I02 a limit is exceeded; I03 a part of the form is missing; I04 a value is not one the
exchange format can hold; I05 a text was not understood; I06 active content; I07 a probable typo; I08 not a
signed original.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from organisation.counting import Counting

ERROR, WARNING, NOTE = "E", "W", "I"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell the person: severity E (nothing is saved), W or I; a code; an Italian sentence; where.

    `line` counts from 1; in a PDF it is the line within `page`.
    """

    severity: str
    code: str
    message: str
    line: int | None = None
    page: int | None = None

    @property
    def where(self) -> str:
        """The place in words: "riga 12", "pagina 3, riga 5", or nothing."""
        page = f"pagina {self.page}, " if self.page else ""
        return f"{page}riga {self.line}" if self.line else ""

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where else ""
        return f"{self.severity} {self.code}{place}: {self.message}"


class Unreadable(Exception):
    """The document cannot be read any further; carries the finding that says why."""

    def __init__(self, code: str, message: str, line: int | None = None, page: int | None = None) -> None:
        super().__init__(message)
        self.finding = Finding(ERROR, code, message, line, page)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a document may ask of us. Bytes, characters, sheets, bytes of memory (of a PDF), seconds."""

    max_bytes: int = 20_000_000
    max_unpacked_bytes: int = 20_000_000
    max_line_chars: int = 100_000
    max_sheets: int = 200
    max_memory: int = 500_000_000
    max_seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What an entity, and its plan of a year, have chosen for themselves; as it stands, what is usual.

    `weight_total` is what the weights of a settore add up to, within `weight_tolerance`; None for no check (R01).
    `cut_off` is the month and day after which a change comes late, as "09-30" (R28). `off` holds the codes of the
    rules that the plan has switched off.
    """

    counting: Counting = Counting.FIRST_DAY_EXCLUDED
    late_after_days: int = 30
    weight_total: Decimal | None = Decimal(100)
    weight_tolerance: Decimal = Decimal(0)
    cut_off: str = "09-30"
    off: frozenset[str] = frozenset()


RulesOf = Callable[[str, int], Rules]  # of the entity of this name and its plan of a year


class Clock:
    """The time a reading has left."""

    def __init__(self, limits: Limits) -> None:
        self._seconds = limits.max_seconds
        self._end = time.monotonic() + limits.max_seconds

    @property
    def left(self) -> float:
        """The seconds left; negative when the time is over."""
        return self._end - time.monotonic()

    def check(self) -> None:
        """Raise Unreadable when the time is over."""
        if self.left < 0:
            raise self.over()

    def over(self) -> Unreadable:
        """What there is to say when the time is over."""
        return Unreadable(
            "I02", f"La lettura supera il tempo consentito ({self._seconds:g} secondi): dividere il documento."
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a line and, in a PDF, the page it is counted from."""

    line: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. `data` is an act of the exchange format, None exactly when a finding is an error.

    `places` tells where each part stands, by path ("act.date", "sheets.3.indicators.1"). `details` holds what the act
    says and the exchange format has no key for: `immediate_reason`, `immediate_vote`, `immediate_text`,
    `total_present`, `total_absent`.
    """

    data: dict[str, Any] | None
    findings: list[Finding]
    places: Mapping[str, Place] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)
    source: str = ""

    @property
    def errors(self) -> list[Finding]:
        """The findings that forbid to save."""
        return [finding for finding in self.findings if finding.severity == ERROR]

    @property
    def lines(self) -> dict[str, int]:
        """The line of each part, by path."""
        return {path: place.line for path, place in self.places.items()}


class Notes:
    """Collects findings and places while a document is read."""

    def __init__(self, rules: RulesOf | None = None) -> None:
        self._rules_of = rules
        self.rules = Rules()
        self._findings: dict[Finding, None] = {}
        self.places: dict[str, Place] = {}
        self.details: dict[str, str] = {}

    def take_rules_of(self, entity: str, year: int) -> None:
        """From now on judge by the rules of this entity and its plan of `year`."""
        if self._rules_of:
            self.rules = self._rules_of(entity, year)

    def add(self, severity: str, code: str, message: str, place: Place | None = None) -> None:
        """Note what there is to say of a place."""
        self.note(Finding(severity, code, message, place.line if place else None, place.page if place else None))

    def note(self, finding: Finding) -> None:
        """Note a finding, once; nothing of a rule that is switched off."""
        if finding.code not in self.rules.off:
            self._findings[finding] = None

    @property
    def findings(self) -> list[Finding]:
        """What was noted, in order."""
        return list(self._findings)

    def has_errors(self) -> bool:
        """Whether something noted forbids to save."""
        return any(finding.severity == ERROR for finding in self._findings)

    def at(self, path: str) -> Place | None:
        """The place of a path, or of the nearest part around it that has one."""
        while path and path not in self.places:
            path = path.rpartition(".")[0]
        return self.places.get(path)
