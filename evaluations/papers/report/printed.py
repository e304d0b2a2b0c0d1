"""The Relazione as PDF/A-3a and PDF/UA-1, with its charts."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from documents.render import render_pdf
from evaluations.charts.drawing import Svg
from evaluations.charts.results import SheetResult, results_chart
from evaluations.charts.weights import SectorWeights, WeightPiece, weights_chart
from evaluations.papers.report.acts import number_of
from evaluations.papers.report.content import ReportPaper, ReportSector
from objectives.pdf import DEMO_LINE

NOT_MEASURED = "nulla da misurare"


@dataclass(frozen=True)
class Charts:
    """The pictures of a Relazione; `key` begins the ids in them. Each has its numbers in a table beside it."""

    paper: ReportPaper
    key: str = "relazione"

    @cached_property
    def results(self) -> Svg:
        """The two averages of each settore."""
        rows = [SheetResult("", one.name, one.value, one.time, NOT_MEASURED) for one in self.paper.sectors]
        return results_chart(rows, key=f"{self.key}-risultati", title="Risultati per settore")

    @cached_property
    def weights(self) -> Svg:
        """The weights of the sheets of each settore."""
        return weights_chart([_weights(one) for one in self.paper.sectors], key=f"{self.key}-pesi")

    def of_sector(self, sector: ReportSector) -> Svg:
        """The two averages of each sheet of a settore."""
        rows = [SheetResult("", one.name, one.value, one.time, NOT_MEASURED) for one in sector.sheets]
        return results_chart(rows, key=f"{self.key}-{sector.pk}", title=f"Risultati di {sector.name}")


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
