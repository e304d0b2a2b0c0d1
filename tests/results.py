"""What offices enter in a verification: results, progress, analyses, files; and all of a sheet in one line."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile

from evaluations.rounds import Change, confirm, enter
from evaluations.rounds.active import active_sheets
from tests.this_year import YEAR

ON = dt.date(YEAR, 1, 1)
"""A day that is never still to come: a verification is closed from its day on."""
PDF = b"%PDF-1.7\n%prova\n"


def result(sheet, place, row_version=None, **values):
    """The change of a result: of the indicator at `place` (from 0) of the sheet."""
    key = sheet.indicators.all()[place].key
    return Change("result", sheet.objective_id, key, values, row_version)


def progress(sheet, place, percent, row_version=None):
    """The change of a phase."""
    return Change("phase", sheet.objective_id, sheet.phases.all()[place].key, {"percent": percent}, row_version)


def analysis(sheet, row_version=None, **values):
    """The change of an analysis of deviations (R30): all of it, unless `values` say other words."""
    words = {"causes": "Ritardi", "effects": "Pochi", "taken": "Solleciti", "to_take": "Nuova gara", **values}
    return Change("review", sheet.objective_id, None, words, row_version)


def complete(verification, sheet, by):
    """Enter everything of a sheet: what was expected was achieved, the phases are done."""
    enter(verification, everything(sheet), by=by)


def everything(sheet):
    """The changes that say so."""
    changes = []
    for indicator in sheet.indicators.all():
        judged = {"percent": "100"} if indicator.target_kind == "TEXT" else {}
        achieved = {"achieved": indicator.expected, **judged}
        changes.append(Change("result", sheet.objective_id, indicator.key, achieved))
    return changes + [
        Change("phase", sheet.objective_id, phase.key, {"percent": "100"}) for phase in sheet.phases.all()
    ]


def confirm_all(verification, by):
    """Enter everything of all sheets, and confirm all settori: `by` may do so in all of them."""
    sheets = active_sheets(verification)
    enter(verification, [change for sheet in sheets for change in everything(sheet)], by=by)
    for review in verification.sectors.select_related("sector"):
        confirm(verification, review.sector, by=by)


def upload(name="prova.pdf", content=PDF):
    """A file as a page sends it."""
    return SimpleUploadedFile(name, content)
