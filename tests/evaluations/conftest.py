"""A plan of this year with a sheet of each kind of target, a verification of it, and people with settori."""

import pytest
from django.utils import timezone

from evaluations.choices import RoundKind
from evaluations.rounds import open_round
from organisation.models import Membership, Sector
from organisation.roles import Role
from tests.factories import written_indicator
from tests.results import ON
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
def of_today(plan, segretario):
    """The same, open on this day: an act of today changes what it measures."""
    return open_round(plan, RoundKind.INTERMEDIA, on=timezone.localdate(), by=segretario)


@pytest.fixture
def sheet(plan):
    """FINANZIARIO n° 2: a day, "31/12", and a count, 2; two phases."""
    return sheet_of(plan, 2)


@pytest.fixture
def every_kind(plan):
    """FINANZIARIO n° 1: an indicator of each kind of target, two people."""
    return sheet_of(plan, 1)
