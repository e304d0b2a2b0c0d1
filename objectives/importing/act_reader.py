"""Reads an act and its sheets from lines into the exchange format. It types what it can and judges nothing."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from objectives.choices import Change
from objectives.importing import act_aftermath, act_decision, act_session
from objectives.importing.exchange_format import FORMAT, VERSION
from objectives.importing.findings import ERROR, NOTE, WARNING, Clock, Limits, Notes, Unreadable
from objectives.importing.lines import Line
from objectives.importing.prose import title_case
from objectives.importing.sheet_head import is_head
from objectives.importing.sheet_reader import PART_NAMES, PARTS, SheetReader

_TRIENNIUM = re.compile(r"\b(20\d{2}) ?[-/–] ?(20\d{2})\b")
_YEAR = re.compile(r"(?:19|20)\d{2}")
LONGEST_ACT = 5_000  # lines before the sheets; the real act has 75
LONGEST_SHEET = 1_000  # lines; a real sheet has 42
_ESSENTIAL = ("sector", "title", "phases", "family")
_FORM = tuple(part for part in PARTS if part in PART_NAMES)


def read_act(lines: Sequence[Line], limits: Limits, clock: Clock, notes: Notes) -> dict[str, Any]:
    """The exchange form of the act and its sheets. Raises Unreadable when there is no sheet, or more than the limit."""
    readers, begins = read_sheets(lines, limits, clock, notes)
    _complete_changes(readers, notes)
    return _assembled(lines[:begins], readers, notes)


def read_sheets(lines: Sequence[Line], limits: Limits, clock: Clock, notes: Notes) -> tuple[list[SheetReader], int]:
    """The sheets of a document, with or without an act before them, and how many lines stand before the first.

    Raises Unreadable as `read_act`.
    """
    heads = [index for index, line in enumerate(lines) if is_head(line)]
    if not heads:
        raise Unreadable(
            "I03",
            "Il documento non contiene nessuna scheda obiettivo (una riga come "
            "«Comune di … ANNO 2022 - Obiettivo strategico n° 1 PESO: 25 MODIFICATO»): controllare il file.",
        )
    if len(heads) > limits.max_sheets:
        place = lines[heads[limits.max_sheets]].place
        raise Unreadable(
            "I02", f"Le schede sono {len(heads)}, più delle {limits.max_sheets} ammesse.", place.line, place.page
        )
    _check_length(lines, heads)
    readers = []
    for index, (begin, end) in enumerate(zip(heads, [*heads[1:], len(lines)], strict=True)):
        clock.check()
        readers.append(SheetReader(lines[begin:end], index, notes))
    _check_parts(readers, notes)
    return readers, heads[0]


def _check_length(lines: Sequence[Line], heads: list[int]) -> None:
    """Refuse what is far longer than an act and its sheets are."""
    sheets = zip(heads, [*heads[1:], len(lines)], strict=True)
    for begin, end, most in [(0, heads[0], LONGEST_ACT), *((begin, end, LONGEST_SHEET) for begin, end in sheets)]:
        if end - begin > most:
            part = "Una scheda" if begin else "Il testo dell'atto"
            place = lines[begin].place
            raise Unreadable(
                "I02", f"{part} ha {end - begin} righe, più delle {most} previste.", place.line, place.page
            )


def _assembled(lines: Sequence[Line], readers: list[SheetReader], notes: Notes) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "entity": _entity(lines, readers),
        "act": _act(lines, notes),
        "plan": _plan(lines, readers, notes),
        "sheets": [reader.sheet for reader in readers],
    }


def _act(lines: Sequence[Line], notes: Notes) -> dict[str, Any]:
    if lines:
        notes.places["act"] = lines[0].place
    number, year = act_session.read_number(lines, notes)
    day = act_session.read_day(lines, notes)
    written_year = _YEAR.search(day or "")
    year = year or (int(written_year[0]) if written_year else None)
    body = act_session.read_body(lines, notes)
    return {
        "body": body,
        "number": number,
        "year": year,
        "date": day,
        "time": act_session.read_hour(lines, notes),
        "subject": act_session.read_subject(lines, notes),
        "members": act_session.read_members(lines, notes),
        "secretary": act_session.read_secretary(lines, notes),
        "proposer": act_session.read_proposer(lines, notes),
        "opinions": act_decision.read_opinions(lines, notes),
        "vote": act_decision.read_vote(lines, notes),
        "immediately_enforceable": act_decision.read_immediate(lines, notes),
        **act_aftermath.read_certificates(lines, notes),
        "cites": act_aftermath.read_citations(lines, (body, number, year), notes),
    }


def _entity(lines: Sequence[Line], readers: list[SheetReader]) -> str:
    """The name most sheets carry; capitals are put right. Else the act's heading."""
    names = Counter(reader.head.entity for reader in readers if reader.head.entity)
    if not names:
        return act_session.read_entity(lines)
    name = names.most_common(1)[0][0]
    return title_case(name) if name.isupper() else name


def _plan(lines: Sequence[Line], readers: list[SheetReader], notes: Notes) -> dict[str, Any]:
    year = readers[0].head.year
    notes.places["plan.year"] = notes.places["sheets.0"]
    for index, reader in enumerate(readers):
        if reader.head.year != year:
            message = f"La scheda è dell'anno {reader.head.year}, la prima del {year}: un atto cambia un solo piano."
            notes.add(ERROR, "I04", message, notes.places[f"sheets.{index}"])
    return {"year": year, "triennium": _triennium(lines, year, notes)}


def _triennium(lines: Sequence[Line], year: int | str, notes: Notes) -> list[int]:
    """The three years the act names, if the plan's year is among them; else the plan's year and the two after it."""
    if not isinstance(year, int):
        return []
    for line in lines:
        for first, last in _TRIENNIUM.findall(line.text):
            if int(first) <= year <= int(last) <= int(first) + 4:
                notes.places.setdefault("plan.triennium", line.place)
                return [int(first), int(last)]
    notes.add(
        NOTE, "I03", f"L'atto non nomina il triennio del piano: si intende {year}-{year + 2}.", notes.at("plan.year")
    )
    return [year, year + 2]


def _check_parts(readers: list[SheetReader], notes: Notes) -> None:
    """A sheet without an essential part, or a document that stops before the form of its other sheets does."""
    usual = set(_FORM) if len(readers) == 1 else {part for reader in readers[:-1] for part in reader.parts}
    for index, reader in enumerate(readers):
        is_last = index == len(readers) - 1
        missing = [part for part in _FORM if part in usual | set(_ESSENTIAL) and part not in reader.parts]
        for part in missing[:1]:
            severity = ERROR if is_last or part in _ESSENTIAL else WARNING
            reason = "il documento si interrompe qui?" if is_last else "controllare la scheda."
            message = f"Nella scheda {index + 1} manca la parte «{PART_NAMES[part]}»: {reason}"
            notes.add(severity, "I03", message, reader.last if is_last else notes.places[f"sheets.{index}"])


def _complete_changes(readers: list[SheetReader], notes: Notes) -> None:
    """Where no sheet at all is marked, the act approves the plan: its sheets are INSERITO."""
    if any(reader.sheet["change"] for reader in readers):
        return
    for reader in readers:
        reader.sheet["change"] = Change.INSERITO.value
    message = "Nessuna scheda è segnata MODIFICATO, ELIMINATO o INSERITO: sono lette come INSERITO, di un piano nuovo."
    notes.add(WARNING, "I05", message, notes.places["sheets.0"])


def signed_copy_words(lines: Sequence[Line]) -> Line | None:
    """The first line that says this is a copy and not the signed original: "COPIA", "F.to"."""
    return next((line for line in lines if line.first == "copia" or re.match(r"f\.?to\b", line.folded)), None)
