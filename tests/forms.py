"""Printed forms for tests: the sheets of the real act, and sheets made nasty."""

import copy
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from objectives.pdf import form_from_exchange, render_sheet
from objectives.pdf_book import BoundSheet, Index
from tests.acts import real_data

SESSION = datetime(2022, 10, 18, 16, 0, tzinfo=UTC)


def one_sheet_document(document: Mapping[str, Any], sheet: Mapping[str, Any]) -> dict[str, Any]:
    """The exchange document reduced to one of its sheets, act and plan kept."""
    return {**document, "sheets": [sheet]}


def changed_sheet(**changes: Any) -> dict[str, Any]:
    """The exchange document of the real act reduced to its first sheet, with fields replaced."""
    document = copy.deepcopy(real_data())
    return one_sheet_document(document, {**document["sheets"][0], **changes})


def print_sheet(document: dict[str, Any], version: str = "prova-0001", **options: Any) -> bytes:
    """The PDF of the only sheet of an exchange document."""
    told = {"version": version, "in_force_from": SESSION.date(), **options}
    form = form_from_exchange(document["sheets"][0], document, **told)
    return render_sheet(form, document, created=SESSION)


@cache
def real_sheet(number: int, version: str = "") -> bytes:
    """The PDF of one sheet of GC 100/2022, counted from 0."""
    document = real_data()
    single = one_sheet_document(document, document["sheets"][number])
    return print_sheet(single, version or f"gc-100-2022-{number + 1:02}")


def bound(number: int, version: str = "") -> BoundSheet:
    """One sheet of the real act on its way into a book."""
    sheet = real_data()["sheets"][number]
    texts = sheet["sector"], str(sheet["number"]), sheet["title"], str(sheet["weight"]), sheet["change"]
    return BoundSheet(*texts, real_sheet(number, version))


def index(title: str = "Piano della Performance 2022") -> Index:
    """The index of a book made of the real act's sheets."""
    act = "Deliberazione G.C. n. 100 del 18/10/2022"
    return Index("Comune di Caluso", title, act, "testo vigente dal 18/10/2022", "gc-100-2022")
