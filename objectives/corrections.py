"""The places of an adopted sheet in which a clerical error can stand, each with its text as recorded."""

from dataclasses import dataclass

from objectives.choices import Family
from objectives.snapshots import Snapshot
from objectives.weights import written

LONGEST_LABEL = 200
STAFF = "Personale"
"""How the places begin that name people."""


@dataclass(frozen=True)
class Spot:
    """A place of a sheet: `label` as people call it, `text` as it is recorded."""

    key: str
    label: str
    text: str


def spots(sheet: Snapshot) -> list[Spot]:
    """Return the places of a sheet that hold a text, in the order of the form."""
    found = [
        Spot("title", "Titolo dell'obiettivo", sheet.title),
        Spot("weight", "Peso", written(sheet.weight)),
        Spot("manager", "Responsabile di servizio", sheet.manager),
        Spot("dup_link", "Collegamento con Rel. Prev. Prog./DUP", sheet.dup_link),
        Spot("description", "Descrizione", sheet.description),
        *(Spot(f"phase:{one.key}", f"Fase {one.position}", one.text) for one in sheet.phases),
    ]
    for line in sheet.indicators:
        name = f"Indice di {Family(line.family).label} «{line.text}»"
        found += [
            Spot(f"indicator:{line.key}", f"{name}: testo", line.text),
            Spot(f"expected:{line.key}", f"{name}: atteso", line.expected),
        ]
    found += [Spot(f"staff:{one.key}", f"{STAFF} {one.position}", f"{one.name} {one.share}") for one in sheet.staff]
    return [Spot(one.key, _short(one.label), one.text) for one in found if one.text.strip()]


def _short(label: str) -> str:
    line = " ".join(label.split())
    return line if len(line) <= LONGEST_LABEL else f"{line[: LONGEST_LABEL - 1]}…"


def holds(spot: Spot, text: str) -> bool:
    """Tell whether `text` stands in the place as recorded, whatever its white space."""
    return " ".join(text.split()) in " ".join(spot.text.split())
