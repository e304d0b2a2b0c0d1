"""The days of a deliberation: at the albo, enforceable, in force. Pure: dates in, dates and Italian sentences out.

Sources, all of the TUEL (D.Lgs. 267/2000):
art. 124 c. 1, publication at the albo pretorio for fifteen consecutive days;
art. 134 c. 3, enforceable "dopo il decimo giorno dalla loro pubblicazione";
art. 134 c. 4, immediately enforceable by a vote of the majority of the members.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from organisation.counting import Counting

PUBLICATION_DAYS = 15  # calendar days, TUEL 124 c. 1
DAYS_TO_ENFORCEABILITY = 10  # calendar days, TUEL 134 c. 3
LATE_PUBLICATION_DAYS = 30  # calendar days from adoption, a custom: each entity may set its own

MONTHS = (
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
)
ELIDED_DAYS = (8, 11)  # otto, undici: "dall'8", "l'11"

TENTH_DAY_OF = {
    Counting.FIRST_DAY_EXCLUDED: "dalla pubblicazione, senza contare il primo,",
    Counting.FIRST_DAY_INCLUDED: "dalla pubblicazione, contando anche il primo,",
    Counting.FROM_END_OF_PUBLICATION: "dopo la fine della pubblicazione",
}


def last_day_of_publication(published_on: date, days: int = PUBLICATION_DAYS) -> date:
    """The last of `days` consecutive days at the albo, the first of which is `published_on` (R16).

    Raises ValueError when `days` is less than one.
    """
    if days < 1:
        raise ValueError("La pubblicazione dura almeno un giorno.")
    return published_on + timedelta(days=days - 1)


def tenth_day(published_on: date, counting: Counting, publication_days: int = PUBLICATION_DAYS) -> date:
    """The day on which the ten days of TUEL 134 c. 3 run out, in the given way of counting.

    Raises ValueError when `publication_days` is less than one.
    """
    not_counted = {
        Counting.FIRST_DAY_EXCLUDED: published_on,
        Counting.FIRST_DAY_INCLUDED: published_on - timedelta(days=1),
        Counting.FROM_END_OF_PUBLICATION: last_day_of_publication(published_on, publication_days),
    }
    return not_counted[Counting(counting)] + timedelta(days=DAYS_TO_ENFORCEABILITY)


def enforceable_on(
    published_on: date,
    counting: Counting = Counting.FIRST_DAY_EXCLUDED,
    publication_days: int = PUBLICATION_DAYS,
) -> date:
    """The first day on which the act is enforceable: the one after the tenth (R15). Raises as `tenth_day`."""
    return tenth_day(published_on, counting, publication_days) + timedelta(days=1)


def in_force_from(session_on: date, immediately_enforceable: bool, enforceable_from: date | None) -> date | None:
    """The day from which the act has effect (R17): the session's if immediately enforceable, else enforceability.

    None while the act waits for its publication.
    """
    return session_on if immediately_enforceable else enforceable_from


def days_to_publication(session_on: date, published_on: date) -> int:
    """Calendar days between adoption and publication."""
    return (published_on - session_on).days


def is_late(session_on: date, published_on: date, limit: int = LATE_PUBLICATION_DAYS) -> bool:
    """Whether publication came more than `limit` calendar days after adoption (R19)."""
    return days_to_publication(session_on, published_on) > limit


def written(day: date) -> str:
    """A day as an act writes it: "6 febbraio 2023", "1° marzo 2023"."""
    number = "1°" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"


def on_the(day: date) -> str:
    """A day with its article: "il 6 febbraio 2023", "l'8 febbraio 2023"."""
    return _joined("il ", "l'", day)


def from_the(day: date) -> str:
    """A day with its preposition: "dal 6 febbraio 2023", "dall'8 febbraio 2023"."""
    return _joined("dal ", "dall'", day)


def to_the(day: date) -> str:
    """A day with its preposition: "al 20 febbraio 2023", "all'11 febbraio 2023"."""
    return _joined("al ", "all'", day)


def of_the(day: date) -> str:
    """A day with its preposition: "del 18 ottobre 2022", "dell'8 ottobre 2022"."""
    return _joined("del ", "dell'", day)


def _joined(full: str, elided: str, day: date) -> str:
    return (elided if day.day in ELIDED_DAYS else full) + written(day)


@dataclass(frozen=True, kw_only=True)
class ActDays:
    """What is known of an act's days, and the sentences that explain them.

    `certified_on` is the enforceability typed by hand or printed in the act's own certificate; when it differs from
    the computed day, `certified_note` should say why (R15).
    """

    session_on: date
    immediately_enforceable: bool = False
    published_on: date | None = None
    publication_days: int = PUBLICATION_DAYS
    counting: Counting = Counting.FIRST_DAY_EXCLUDED
    certified_on: date | None = None
    certified_note: str = ""
    late_after: int = LATE_PUBLICATION_DAYS

    @property
    def computed_on(self) -> date | None:
        """Enforceability as counted from the publication; None while the act is not published."""
        return self.published_on and enforceable_on(self.published_on, self.counting, self.publication_days)

    @property
    def enforceable_on(self) -> date | None:
        """The day of enforceability that counts: the certified one, else the computed one."""
        return self.certified_on or self.computed_on

    @property
    def enforceable_not_before(self) -> date:
        """The day that enforceability can't precede (R14): the publication it is counted from, or the session."""
        return self.session_on if self.immediately_enforceable else self.published_on or self.session_on

    @property
    def in_force_from(self) -> date | None:
        """The day from which the act has effect (R17)."""
        return in_force_from(self.session_on, self.immediately_enforceable, self.enforceable_on)

    def explain(self) -> list[str]:
        """The act's days in Italian sentences, in the order of time."""
        steps = (self._adoption(), self._publication(), self._delay(), self._enforceability(), self._effect())
        return [sentence for sentence in steps if sentence]

    def _adoption(self) -> str:
        adopted = f"Adottata nella seduta {of_the(self.session_on)}"
        if not self.immediately_enforceable:
            return f"{adopted}."
        return f"{adopted} e dichiarata immediatamente eseguibile (art. 134, comma 4, TUEL)."

    def _publication(self) -> str:
        if self.published_on is None:
            return "Non risulta ancora pubblicata all'albo pretorio."
        last = last_day_of_publication(self.published_on, self.publication_days)
        during = f"{from_the(self.published_on)} {to_the(last)}"
        return f"Pubblicata all'albo pretorio {during}, {self._length()} (art. 124, comma 1, TUEL)."

    def _length(self) -> str:
        return "per un giorno" if self.publication_days == 1 else f"per {self.publication_days} giorni consecutivi"

    def _delay(self) -> str:
        if self.published_on is None or not is_late(self.session_on, self.published_on, self.late_after):
            return ""
        days = days_to_publication(self.session_on, self.published_on)
        return f"Pubblicazione tardiva: giorni trascorsi dall'adozione {days}, limite {self.late_after}."

    def _enforceability(self) -> str:
        if self.enforceable_on is None:
            return "Diventa esecutiva dopo il decimo giorno dalla pubblicazione (art. 134, comma 3, TUEL)."
        if self.published_on is None or self.enforceable_on != self.computed_on:
            return f"Esecutiva {from_the(self.enforceable_on)} come da certificazione{self._difference()}."
        tenth = tenth_day(self.published_on, self.counting, self.publication_days)
        enforceable = f"Esecutiva {from_the(self.enforceable_on)} (art. 134, comma 3, TUEL)"
        return f"{enforceable}: il decimo giorno {TENTH_DAY_OF[Counting(self.counting)]} è {on_the(tenth)}."

    def _difference(self) -> str:
        note = f" ({self.certified_note})" if self.certified_note else ""
        if self.computed_on is None:
            return note
        return f"{note}; dal calcolo risulterebbe esecutiva {from_the(self.computed_on)}"

    def _effect(self) -> str:
        if self.immediately_enforceable:
            return f"In vigore {from_the(self.session_on)}, giorno della seduta, perché immediatamente eseguibile."
        if self.enforceable_on is None:
            return "Non è ancora in vigore: attende l'esecutività."
        return f"In vigore {from_the(self.enforceable_on)}, giorno in cui diventa esecutiva."
