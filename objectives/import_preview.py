"""What a page shows of an act that was read and is not saved yet: every part with its line, the findings in order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from objectives.choices import Family
from objectives.importing.findings import ERROR, NOTE, WARNING, Finding, Reading
from objectives.importing.reading import read_document
from objectives.load_outcome import Loaded, LoadRefused
from objectives.loading import limits_from_settings, load_act, rules_of
from objectives.pending import Waiting
from organisation.models import Entity, User

FAMILIES = dict(Family.choices)


@dataclass(frozen=True)
class Group:
    """The findings of one severity, with what they mean to the person."""

    severity: str
    title: str
    meaning: str
    findings: list[Finding]


@dataclass(frozen=True)
class Part:
    """A piece of a sheet: what it is, its text as written, its line."""

    label: str
    text: str
    where: str


@dataclass(frozen=True)
class SheetPreview:
    """A sheet as it was read: its place in the document, the exchange data, and its parts in the form's order."""

    where: str
    data: dict[str, Any]
    parts: list[Part]
    findings: list[Finding]


@dataclass(frozen=True)
class Preview:
    """An act as it was read; `loaded` says what saving it would do, None when it cannot be saved."""

    groups: list[Group]
    data: dict[str, Any] | None
    act: list[Part]
    sheets: list[SheetPreview]
    loaded: Loaded | None


def preview(waiting: Waiting, *, entity: Entity, by: User) -> Preview:
    """Read a document, try to save it and take that back, and return all that there is to show. Saves nothing."""
    reading = read_document(waiting.content, waiting.name, limits_from_settings(), rules_of(entity))
    loaded, refused = _rehearse(reading, entity, by)
    findings = [*refused, *(loaded.findings if loaded else ()), *reading.findings]
    if reading.data is None:
        return Preview(_groups(findings), None, [], [], None)
    return Preview(_groups(findings), reading.data, list(_act_parts(reading)), _sheets(reading), loaded)


def _rehearse(reading: Reading, entity: Entity, by: User) -> tuple[Loaded | None, list[Finding]]:
    """Save the act and take it back: what does not fit what is on record shows now, not after the confirmation."""
    if reading.data is None:
        return None, []
    try:
        with transaction.atomic():
            loaded = load_act(reading.data, entity=entity, by=by, details=reading.details)
            transaction.set_rollback(True)
    except LoadRefused as refused:
        return None, refused.findings
    return loaded, []


def _groups(findings: list[Finding]) -> list[Group]:
    kinds = (
        (ERROR, "Errori", "Impediscono di importare: correggere il documento e caricarlo di nuovo."),
        (WARNING, "Avvisi", "Non impediscono di importare: leggerli e tenerne conto."),
        (NOTE, "Informazioni", "Ciò che il programma ha capito o calcolato."),
    )
    grouped = [(kind, [f for f in findings if f.severity == kind[0]]) for kind in kinds]
    return [Group(*kind, found) for kind, found in grouped if found]


def _where(reading: Reading, path: str) -> str:
    """The line of a part, in words; nothing where the source has no lines (JSON)."""
    place = reading.places.get(path)
    return Finding(NOTE, "", "", place.line, place.page).where if place else ""


def _day(written: str | None) -> str:
    return date.fromisoformat(written).strftime("%d/%m/%Y") if written else ""


def _act_parts(reading: Reading) -> Iterator[Part]:
    """The act's data, in the order in which an act prints them; what it does not say is left out."""
    act = (reading.data or {})["act"]
    members = ", ".join(f"{m['name']} ({'presente' if m['present'] else 'assente'})" for m in act["members"])
    opinions = "; ".join(_opinion(opinion) for opinion in act["opinions"])
    days = act["publication_days"]
    parts = {
        "body": ("Atto", f"{act['body']} n. {act['number']}/{act['year']}"),
        "date": ("Seduta", " ore ".join(filter(None, [_day(act["date"]), act["time"]]))),
        "subject": ("Oggetto", act["subject"]),
        "members": ("Componenti", members),
        "secretary": ("Segretario", act["secretary"]),
        "proposer": ("Proponente", act["proposer"]),
        "opinions": ("Pareri", opinions),
        "vote": ("Votazione", act["vote"]),
        "immediately_enforceable": ("Immediatamente eseguibile", "sì" if act["immediately_enforceable"] else "no"),
        "publication_start": ("Pubblicata dal", f"{_day(act['publication_start'])} per {days} giorni"),
        "group_leaders_informed_on": ("Comunicata ai capigruppo il", _day(act["group_leaders_informed_on"])),
        "enforceable_on": ("Esecutiva dal", _day(act["enforceable_on"])),
        "cites": ("Atti citati", ", ".join(f"{c['number']}/{c['year']} del {_day(c['date'])}" for c in act["cites"])),
    }
    if not act["publication_start"]:
        del parts["publication_start"]
    yield from (Part(label, text, _where(reading, f"act.{path}")) for path, (label, text) in parts.items() if text)


def _opinion(opinion: dict[str, Any]) -> str:
    kind, outcome = opinion["kind"].lower(), opinion["outcome"].replace("_", " ").lower()
    details = [opinion["signer"] or "", _day(opinion["date"])]
    return f"regolarità {kind}: " + ", ".join(filter(None, [outcome, *details]))


def _sheets(reading: Reading) -> list[SheetPreview]:
    sheets = (reading.data or {})["sheets"]
    starts = [reading.places.get(f"sheets.{index}") for index in range(len(sheets))]
    bounds = [(start.page or 0, start.line) if start else None for start in starts]
    found: list[list[Finding]] = [[] for _ in sheets]
    for finding in reading.findings:
        at = (finding.page or 0, finding.line or 0)
        before = [index for index, bound in enumerate(bounds) if finding.line and bound and bound <= at]
        if before:
            found[before[-1]].append(finding)
    return [
        SheetPreview(_where(reading, f"sheets.{index}"), sheet, list(_sheet_parts(reading, index)), found[index])
        for index, sheet in enumerate(sheets)
    ]


def _sheet_parts(reading: Reading, index: int) -> Iterator[Part]:
    sheet, path = (reading.data or {})["sheets"][index], f"sheets.{index}"
    yield Part("Responsabile", sheet["manager"], _where(reading, f"{path}.manager"))
    yield Part("Collegamento DUP", sheet["dup_link"], _where(reading, f"{path}.dup_link"))
    yield Part("Descrizione", sheet["description"], _where(reading, f"{path}.description"))
    for row, phase in enumerate(sheet["phases"]):
        months = f" [{', '.join(phase['months'])}]" if phase["months"] else ""
        yield Part(f"Fase {phase['slot']}", phase["text"] + months, _where(reading, f"{path}.phases.{row}"))
    for row, indicator in enumerate(sheet["indicators"]):
        values = {"atteso": "expected", "raggiunto": "achieved", "scostamento": "deviation"}
        written = "; ".join(f"{name}: {indicator[key]}" for name, key in values.items() if indicator[key])
        text = f"{indicator['text']} — {written or 'nessun valore'}"
        label = FAMILIES.get(indicator["family"], indicator["family"])
        yield Part(f"Indice di {label.lower()}", text, _where(reading, f"{path}.indicators.{row}"))
    for row, person in enumerate(sheet["staff"]):
        text = " · ".join(filter(None, [person["category"], person["name"], person["share"]]))
        yield Part("Personale", text, _where(reading, f"{path}.staff.{row}"))
