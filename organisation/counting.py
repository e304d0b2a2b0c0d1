"""From which day an act's enforceability is counted: towns differ, so each entity chooses (R15)."""

from enum import StrEnum


class Counting(StrEnum):
    """The three ways in which the ten days of TUEL 134 c. 3 are counted."""

    FIRST_DAY_EXCLUDED = "PRIMO_GIORNO_ESCLUSO"
    FIRST_DAY_INCLUDED = "PRIMO_GIORNO_COMPRESO"
    FROM_END_OF_PUBLICATION = "FINE_PUBBLICAZIONE"

    @property
    def label(self) -> str:
        """The way of counting as a settings page names it."""
        return _LABELS[self]


_LABELS = {
    Counting.FIRST_DAY_EXCLUDED: "dieci giorni dalla pubblicazione, senza contare il primo",
    Counting.FIRST_DAY_INCLUDED: "dieci giorni dalla pubblicazione, contando anche il primo",
    Counting.FROM_END_OF_PUBLICATION: "dieci giorni dalla fine della pubblicazione",
}
