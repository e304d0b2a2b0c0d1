"""What a Relazione says, made up of plain values."""

import datetime as dt
from decimal import Decimal
from typing import Any

from evaluations.papers.report.content import ReportIndicator, ReportPaper, ReportSector, ReportSheet


def a_sheet(**facts: Any) -> ReportSheet:
    """A sheet that reached what it should."""
    row = ReportIndicator("Quantità", "Pratiche", "2", "2", "in linea", "100 %")
    told = {
        "number": 1, "title": "Sportello", "weight": Decimal(25), "source": "GC 8/2022", "multi_year": False,
        "on_file": True, "value": Decimal(100), "time": None, "below": False, "indicators": [row], "analysis": [],
        **facts,
    }  # fmt: skip
    return ReportSheet(**told)


def a_sector(**facts: Any) -> ReportSector:
    """FINANZIARIO with one sheet, which wrote nothing."""
    told = {
        "pk": 1, "name": "FINANZIARIO", "text": "", "sheets": [a_sheet()], "value": Decimal(100), "time": None,
        "people": 2, **facts,
    }  # fmt: skip
    return ReportSector(**told)


def a_paper(**facts: Any) -> ReportPaper:
    """A Relazione of 2022 without settori and acts."""
    told = {
        "entity": "Comune di Caluso", "supra": "", "demo": False, "year": 2022, "plan_name": "Piano 2022", "banner": "",
        "basis": "", "measured": True, "moment": dt.datetime(2023, 3, 1, tzinfo=dt.UTC), "presentation": "",
        "context": "", "conclusions": "", "sectors": [], "acts": [], "validations": [], "value": None, "time": None,
        "people": 0, **facts,
    }  # fmt: skip
    return ReportPaper(**told)
