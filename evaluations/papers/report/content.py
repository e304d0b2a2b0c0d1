"""What a Relazione says, as plain values: read from the record once, laid out by whoever prints it."""

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from evaluations.papers.report.acts import ReportAct, number_of
from evaluations.scoring.writing import per_cent
from objectives.weights import written

WITHHELD = "riservato"
WHILE_OPEN = "Finché la verifica è aperta, i risultati di queste schede li vede chi li inserisce e chi li valuta."


class _Averaged:
    """The two averages of a sheet, a settore or the plan, in words."""

    value: Decimal | None
    time: Decimal | None

    @property
    def value_written(self) -> str:
        return _whole(self.value)

    @property
    def time_written(self) -> str:
        return _whole(self.time)


@dataclass(frozen=True)
class ReportIndicator:
    """An indicator with its result: expected, achieved and deviation as written; `worth` is its score in two words."""

    family: str
    text: str
    expected: str
    achieved: str
    deviation: str
    worth: str


@dataclass(frozen=True)
class ReportSheet(_Averaged):
    """A sheet in force at the verification, with its results; `analysis` holds what was written of its deviations.

    `below` says that a result is below its target (R30). Both averages are None for a text that is not on file;
    `by_hand` says why one of them was written by hand.
    """

    number: int
    title: str
    weight: Decimal | None
    source: str
    multi_year: bool
    on_file: bool
    value: Decimal | None
    time: Decimal | None
    below: bool
    indicators: Sequence[ReportIndicator]
    analysis: Sequence[tuple[str, str]]
    by_hand: Sequence[str] = ()

    @property
    def name(self) -> str:
        """How the sheet is called in a line."""
        return f"n° {self.number} – {self.title or 'testo non in archivio'}"

    @property
    def weight_written(self) -> str:
        return written(self.weight)

    @property
    def facts(self) -> str:
        """What stands under its title: weight, act, averages; for a text not on file, that there is nothing to say."""
        if not self.on_file:
            return f"Il testo ({self.source}) non è in archivio: non c'è niente da misurare."
        several = "Obiettivo pluriennale. " if self.multi_year else ""
        told = f"{several}Peso {self.weight_written}; testo approvato con {self.source}."
        if self.value is None and self.time is None:
            return told
        return f"{told} Media valore raggiunto: {self.value_written}. Media rispetto dei tempi: {self.time_written}."


@dataclass(frozen=True)
class ReportSector(_Averaged):
    """A settore: what it wrote of its year, its sheets, its averages by weight, how many people took part (R32).

    `withheld`: what its sheets reached is not told, since it is not final and who reads may not see it yet.
    """

    pk: int
    name: str
    text: str
    sheets: Sequence[ReportSheet]
    value: Decimal | None
    time: Decimal | None
    people: int
    withheld: bool = False

    @property
    def paragraphs(self) -> list[str]:
        return [*paragraphs(self.text), *([WHILE_OPEN] if self.withheld else [])]

    @property
    def below(self) -> list[ReportSheet]:
        """The sheets of which something is to be explained (R30)."""
        return [sheet for sheet in self.sheets if sheet.below or sheet.analysis]

    @property
    def below_written(self) -> str:
        """How many of its sheets have a result below its target."""
        return WITHHELD if self.withheld else f"{sum(sheet.below for sheet in self.sheets)} su {len(self.sheets)}"

    @property
    def weight(self) -> str:
        """The sum of the weights that are known."""
        return written(sum((sheet.weight for sheet in self.sheets if sheet.weight is not None), Decimal(0)))

    @property
    def people_written(self) -> str:
        """How many people took part; no names (R32)."""
        return number_of(self.people, "persona coinvolta", "persone coinvolte") if self.people else "non indicate"


@dataclass(frozen=True)
class ReportPaper(_Averaged):
    """The Relazione of a year. `banner` stands on every page of what is no final text; empty on the final one.

    `basis` says on which verification the results stand; `measured` that there are results at all; `moment` is when the
    file says that it was made, which belongs to the results and not to the clock.
    """

    entity: str
    supra: str
    demo: bool
    year: int
    plan_name: str
    banner: str
    basis: str
    measured: bool
    moment: dt.datetime
    presentation: str
    context: str
    conclusions: str
    sectors: Sequence[ReportSector]
    acts: Sequence[ReportAct]
    validations: Sequence[str]
    value: Decimal | None
    time: Decimal | None
    people: int

    @property
    def title(self) -> str:
        return f"Relazione sulla performance {self.year}"

    @property
    def sheet_count(self) -> int:
        return sum(len(sector.sheets) for sector in self.sectors)

    @property
    def presentation_paragraphs(self) -> list[str]:
        return paragraphs(self.presentation)

    @property
    def context_paragraphs(self) -> list[str]:
        return paragraphs(self.context)

    @property
    def conclusions_paragraphs(self) -> list[str]:
        return paragraphs(self.conclusions)

    @property
    def below_written(self) -> str:
        """How many sheets have a result below its target."""
        if any(one.withheld for one in self.sectors):
            return WITHHELD
        return f"{sum(sheet.below for one in self.sectors for sheet in one.sheets)} su {self.sheet_count}"

    @property
    def result_lines(self) -> list[tuple[str, str, str, str]]:
        """The table of results: each settore, then the plan, with its two averages and its sheets below target."""
        lines = [(one.name, one.value_written, one.time_written, one.below_written) for one in self.sectors]
        return [*lines, ("Intero piano", self.value_written, self.time_written, self.below_written)]

    @property
    def changing(self) -> list[ReportAct]:
        """The acts that changed the plan, without the one that approved it (R33)."""
        return [act for act in self.acts if not act.first]

    @property
    def people_sentence(self) -> str:
        """How many people took part, in a sentence (R32)."""
        if not self.people:
            return "Il personale coinvolto non è indicato nelle schede."
        return f"Personale coinvolto: {number_of(self.people, 'persona', 'persone')}, ognuna contata una volta sola."

    @property
    def results_sentence(self) -> str:
        """On which verification the results stand, and the two averages of the plan, apart (R29)."""
        if not self.measured:
            return self.basis
        return (
            f"{self.basis} Media del valore raggiunto: {self.value_written}. Media del rispetto dei tempi: "
            f"{self.time_written}. Le due medie sono tenute separate; ciò che non è applicabile non è contato."
        )

    @property
    def summary(self) -> str:
        """The plan in a sentence, with what is not in the archive."""
        sectors = number_of(len(self.sectors), "settore", "settori")
        told = f"{number_of(self.sheet_count, 'obiettivo', 'obiettivi')} di {sectors}"
        missing = sum(not sheet.on_file for sector in self.sectors for sheet in sector.sheets)
        return f"{told}; {missing} con testo non in archivio, senza risultati" if missing else told

    @property
    def version(self) -> str:
        """What its pages print to say exactly which content they show (R35)."""
        return self.fingerprint[:12]

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of all it says: two papers that say the same are the same paper."""
        told = json.dumps(self.told(), ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(told.encode()).hexdigest()

    def told(self) -> dict[str, Any]:
        """Everything it says, as plain values."""
        return asdict(self)

    def typed(self) -> list[tuple[str, str]]:
        """The texts typed for the Relazione and for the results, each with where it stands: they can be corrected."""
        found = [
            ("Presentazione", self.presentation),
            ("Contesto e risorse", self.context),
            ("Conclusioni", self.conclusions),
        ]
        for sector in self.sectors:
            found.append((f"Testo del settore {sector.name}", sector.text))
            found += [(f"Risultati di {sector.name}, {sheet.name}", _typed(sheet)) for sheet in sector.sheets]
        return found

    def adopted(self) -> list[tuple[str, str]]:
        """The texts that acts adopted, each with where it stands: nothing here can be corrected (R08)."""
        found = [
            (f"{sector.name}, {sheet.name}", _adopted(sheet)) for sector in self.sectors for sheet in sector.sheets
        ]
        told = ((act.short, [act.subject, *(f"{one.goal}\n{one.reason}" for one in act.sheets)]) for act in self.acts)
        return found + [(name, "\n".join(texts)) for name, texts in told]


def _whole(number: Decimal | None) -> str:
    """A percentage whose sign stays on its line."""
    return per_cent(number).replace(" ", "\N{NO-BREAK SPACE}")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text as typed."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _typed(sheet: ReportSheet) -> str:
    rows = [part for row in sheet.indicators for part in (row.achieved, row.deviation)]
    return "\n".join([*rows, *(text for _, text in sheet.analysis), *sheet.by_hand])


def _adopted(sheet: ReportSheet) -> str:
    return "\n".join([sheet.title, *(part for row in sheet.indicators for part in (row.text, row.expected))])
