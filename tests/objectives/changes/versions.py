"""Versions of one sheet as plain values, to be compared."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from objectives.snapshots import IndicatorLine, PhaseLine, Snapshot, StaffLine
from objectives.targets import read_target


def phases(*rows: str) -> tuple[PhaseLine, ...]:
    """Phases in the form's slots: "a Avvio" has the key "a"; an empty text leaves its slot empty."""
    return tuple(PhaseLine(row[0], slot, row[2:]) for slot, row in enumerate(rows, 1) if row)


def indicator(key: str, text: str, expected: str, family: str = "TEMPO", **facts: Any) -> IndicatorLine:
    """An indicator whose expected value was read as an import reads it."""
    read = read_target(expected, family=family, plan_year=2022, label=text)
    target = {"target_kind": read.kind, "target_number": read.number, "target_date": read.date}
    target |= {"target_unit": read.unit, "direction": read.direction, "year": read.year}
    return IndicatorLine(key, 1, family, text, expected, **(target | facts))


def version(**facts: Any) -> Snapshot:
    """The version in force of FINANZIARIO n° 4."""
    told = {
        "sheet": 1, "objective": 1, "sector": 1, "sector_name": "FINANZIARIO", "number": 4, "weight": Decimal(15),
        "title": "Esternalizzazione del servizio tributi", "description": "L'obiettivo prevede l'attivazione.",
        "manager": "DR. DANILO BERTOLDI", "state": "ADOTTATA", "phases": phases("a Progetto", "b Avvio", "c Presidio"),
        "indicators": (indicator("i", "Affidamento", "31-dic"),),
        "staff": (StaffLine("s", 1, "C", "Anna Bianchi", "50"),),
    }  # fmt: skip
    return Snapshot(**(told | facts))


def changed(**facts: Any) -> Snapshot:
    """The version that an act puts in its place."""
    return replace(version(), **({"sheet": 2, "change": "MODIFICATO", "base": 1} | facts))
