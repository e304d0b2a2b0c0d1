"""A plan of this year with a sheet of each kind of target, a verification of it, and people with settori."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from evaluations.choices import RoundKind
from evaluations.rounds import Change, enter, open_round
from organisation.models import Membership, Sector
from organisation.roles import Role
from tests.factories import written_indicator
from tests.this_year import YEAR, approved_plan, full_sheet, sheet_of

STAFF = [{"category": "C", "name": "Anna Bianchi", "share": "60"}, {"category": "D", "name": "Ugo Neri", "share": "40"}]
TARGETS = [
    ("TEMPO", "Avvio del servizio", f"31/12/{YEAR}"),
    ("QUANTITA", "Giornate di formazione", "2 giornate"),
    ("QUANTITA", "Relazioni", "trimestrale"),
    ("QUALITA", "Soddisfazione degli utenti", "72,19%"),
    ("QUALITA", "Reclami", "nessuna"),
    ("COSTO", "Spesa", "1.500"),
    ("QUALITA", "Carta dei servizi approvata", "sì"),
    ("QUALITA", "Esito", "come da progetto approvato"),
    ("QUANTITA", f"ANNO {YEAR + 1}: sportelli", "4"),
]
"""Family, text and expected value: one indicator of each kind, and one of a later year (R26)."""
ON = dt.date(YEAR, 1, 1)
"""A day that is never still to come: a verification is closed from its day on."""
PDF = b"%PDF-1.7\n%prova\n"


@pytest.fixture
def plan(caluso):
    """FINANZIARIO n° 1 (all kinds of target) and n° 2 (a day and a count), TECNICO n° 1; on file and in force."""
    kinds = [written_indicator(family=family, text=text, expected=target) for family, text, target in TARGETS]
    return approved_plan(
        caluso,
        full_sheet(1, weight=60, indicators=kinds, staff=STAFF),
        full_sheet(2, weight=40),
        full_sheet(1, weight=100, sector="TECNICO"),
    )


@pytest.fixture
def finanziario(plan):
    """The settore of the first two sheets."""
    return Sector.objects.get(entity=plan.entity, name="FINANZIARIO")


@pytest.fixture
def tecnico(plan):
    """The settore of the third."""
    return Sector.objects.get(entity=plan.entity, name="TECNICO")


@pytest.fixture
def of_finanziario(finanziario, ufficio, responsabile):
    """Ufficio and responsabile work in FINANZIARIO alone."""
    for person in (ufficio, responsabile):
        person.memberships.get().sectors.add(finanziario)


@pytest.fixture
def altrove(make_person, caluso, tecnico):
    """Answers for TECNICO alone."""
    person = make_person("altrove", (caluso, Role.RESPONSABILE))
    Membership.objects.get(user=person).sectors.add(tecnico)
    return person


@pytest.fixture
def open_one(plan, segretario):
    """The verifica intermedia of the plan, open on a day gone by."""
    return open_round(plan, RoundKind.INTERMEDIA, on=ON, by=segretario)


@pytest.fixture
def sheet(plan):
    """FINANZIARIO n° 2: a day, "31/12", and a count, 2; two phases."""
    return sheet_of(plan, 2)


@pytest.fixture
def every_kind(plan):
    """FINANZIARIO n° 1: an indicator of each kind of target, two people."""
    return sheet_of(plan, 1)


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
