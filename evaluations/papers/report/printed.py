"""The Relazione as PDF/A-3a and PDF/UA-1, with its charts."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from documents.render import render_pdf
from evaluations.charts import SectorWeights, SheetResult, Svg, WeightPiece, results_chart, weights_chart
from evaluations.papers.report.acts import number_of
from evaluations.papers.report.content import ReportPaper, ReportSector
from objectives.pdf import DEMO_LINE

NOT_MEASURED = "nulla da misurare"
MOST_ROWS = 14  # of a picture: more would not stand on a page
T = TypeVar("T")


@dataclass(frozen=True)
class Charts:
    """The pictures of a Relazione, long ones in several parts; `key` begins the ids in them.

    Each has its numbers in a table beside it.
    """

    paper: ReportPaper
    key: str = "relazione"

    @cached_property
    def results(self) -> list[Svg]:
        """The two averages of each settore."""
        return [
            results_chart(some, key=f"{self.key}-risultati-{part}", title=f"Risultati per settore{told}")
            for part, told, some in _parts(sector_results(self.paper))
        ]

    @cached_property
    def weights(self) -> list[Svg]:
        """The weights of the sheets of each settore."""
        return [
            weights_chart(some, key=f"{self.key}-pesi-{part}", title=f"Pesi degli obiettivi per settore{told}")
            for part, told, some in _parts([_weights(one) for one in self.paper.sectors])
        ]

    @cached_property
    def sectors(self) -> list[tuple[ReportSector, list[Svg]]]:
        """Each settore with the two averages of each of its sheets, where they were measured."""
        return [
            (one, self._of_sector(one) if self.paper.measured and not one.withheld else [])
            for one in self.paper.sectors
        ]

    def _of_sector(self, sector: ReportSector) -> list[Svg]:
        rows = [SheetResult("", one.name, one.value, one.time, NOT_MEASURED) for one in sector.sheets]
        return [
            results_chart(some, key=f"{self.key}-{sector.pk}-{part}", title=f"Risultati di {sector.name}{told}")
            for part, told, some in _parts(rows)
        ]


def sector_results(paper: ReportPaper) -> list[SheetResult]:
    """The two averages of each settore, as a picture shows them."""
    return [SheetResult("", one.name, one.value, one.time, NOT_MEASURED) for one in paper.sectors]


def report_pdf(paper: ReportPaper) -> bytes:
    """Return the PDF of a Relazione: the same whenever it is made. Raises PdfUnavailable."""
    context = {
        "paper": paper,
        "charts": Charts(paper),
        "running": f"{paper.entity} – {paper.title}",
        "head": " · ".join(line for line in (paper.banner, DEMO_LINE if paper.demo else "") if line),
    }
    return render_pdf(
        "pdf/report.html",
        context,
        title=f"{paper.entity} - {paper.title}{f' ({paper.banner})' if paper.banner else ''}",
        created=paper.moment,
        identifier=paper.version,
    )


def _parts(rows: Sequence[T]) -> list[tuple[int, str, Sequence[T]]]:
    """Rows that stand on a page together, each with its number and what its title says of it."""
    starts = range(0, len(rows), MOST_ROWS)
    parts = [rows[start : start + MOST_ROWS] for start in starts]
    return [(part, f" ({part} di {len(parts)})" if len(parts) > 1 else "", some) for part, some in enumerate(parts, 1)]


def _weights(sector: ReportSector) -> SectorWeights:
    known = [sheet.weight for sheet in sector.sheets if sheet.weight is not None]
    said = f"{number_of(len(sector.sheets), 'obiettivo', 'obiettivi')}, peso {sector.weight}"
    missing = len(sector.sheets) - len(known)
    return SectorWeights(
        name=sector.name,
        pieces=[WeightPiece(sheet.number, sheet.weight) for sheet in sector.sheets],
        total=Decimal(100),
        sentence=f"{said}; {number_of(missing, 'peso non noto', 'pesi non noti')}" if missing else said,
    )
