"""What offices enter in a verification: results, progress, analyses, files; and all of a sheet in one line."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile

from evaluations.rounds import Change, enter
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
    results = []
    for indicator in sheet.indicators.all():
        judged = {"percent": "100"} if indicator.target_kind == "TEXT" else {}
        achieved = {"achieved": indicator.expected, **judged}
        results.append(Change("result", sheet.objective_id, indicator.key, achieved))
    phases = [Change("phase", sheet.objective_id, phase.key, {"percent": "100"}) for phase in sheet.phases.all()]
    enter(verification, [*results, *phases], by=by)


def upload(name="prova.pdf", content=PDF):
    """A file as a page sends it."""
    return SimpleUploadedFile(name, content)
