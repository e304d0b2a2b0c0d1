"""The rules the sheets of an act should keep, one function each: an act of the exchange format in, findings out."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from objectives.choices import Change, Family, TargetKind
from objectives.importing import typos
from objectives.importing.exchange_format import name_of
from objectives.importing.findings import NOTE, WARNING, Notes
from objectives.rules.schedule import lies_outside, months_written, same_work, words_of
from objectives.rules.staff import share_of
from objectives.targets import Target, read_target
from organisation.folding import fold, sector_key

Check = Callable[[dict[str, Any], Notes], None]
Sheet = dict[str, Any]

_STATED_MOTIVE = re.compile(r"modific(?:a|he|azion[ei])\b|slittament|sostitu|cause esterne|rinvi")
_BOLD_ONLY = re.compile(r"modificazion[ei] evidenziat\w in grassetto")


def _active(data: dict[str, Any]) -> Iterator[tuple[int, Sheet]]:
    return ((index, sheet) for index, sheet in enumerate(data["sheets"]) if sheet["change"] != Change.ELIMINATO)


def _pairs(data: dict[str, Any]) -> dict[int, int]:
    """The ELIMINATO sheets and the INSERITO ones that took their settore and number, by index."""
    inserted = {_key(sheet): i for i, sheet in enumerate(data["sheets"]) if sheet["change"] == Change.INSERITO}
    gone = {i: _key(sheet) for i, sheet in enumerate(data["sheets"]) if sheet["change"] == Change.ELIMINATO}
    return {index: inserted[key] for index, key in gone.items() if key in inserted}


def _key(sheet: Sheet) -> tuple[str, int]:
    return sector_key(sheet["sector"]), sheet["number"]


def _targets(data: dict[str, Any], sheet: Sheet) -> list[Target]:
    year = data["plan"]["year"]
    return [
        read_target(row["expected"], family=row["family"], plan_year=year, label=row["text"])
        for row in sheet["indicators"]
    ]


def check_weights(data: dict[str, Any], notes: Notes) -> None:
    """R01: active weights of a settore make the plan's total (100); where the rest is elsewhere it only warns."""
    due = notes.rules.weight_total
    if due is None:
        return
    totals: dict[str, float] = defaultdict(float)
    first: dict[str, int] = {}
    for index, sheet in _active(data):
        totals[sector_key(sheet["sector"])] += sheet["weight"]
        first.setdefault(sector_key(sheet["sector"]), index)
    partial = any(sheet["change"] != Change.INSERITO for sheet in data["sheets"])
    for key, total in totals.items():
        if abs(Decimal(str(round(total, 2))) - due) > notes.rules.weight_tolerance:
            rest = " (il resto del piano non è allegato)" if partial else ": controllare"
            sector = data["sheets"][first[key]]["sector"]
            message = f"{sector}: i pesi delle schede attive fanno {total:g}, non {due:g}{rest}."
            notes.add(WARNING, "R01", message, notes.at(f"sheets.{first[key]}"))


def check_net_weight(data: dict[str, Any], notes: Notes) -> None:
    """R02: what eliminated and inserted sheets do to the weights of a settore is told."""
    effects: dict[str, list[float]] = defaultdict(lambda: [0, 0])
    first: dict[str, int] = {}
    for index, sheet in enumerate(data["sheets"]):
        if sheet["change"] != Change.MODIFICATO:
            effects[sector_key(sheet["sector"])][sheet["change"] == Change.INSERITO] += sheet["weight"]
            first.setdefault(sector_key(sheet["sector"]), index)
    for key, (gone, come) in effects.items():
        if gone:
            sector = data["sheets"][first[key]]["sector"]
            message = f"{sector}: pesi eliminati −{gone:g}, inseriti +{come:g}, effetto netto {come - gone:+g}."
            notes.add(NOTE, "R02", message.replace("+0.", "0."), notes.at(f"sheets.{first[key]}"))


def check_motives(data: dict[str, Any], notes: Notes) -> None:
    """R07: every change has a motive; an ELIMINATO and an INSERITO with one number are a substitution."""
    if not any(sheet["change"] != Change.INSERITO for sheet in data["sheets"]):
        return
    pairs = _pairs(data)
    substituted = {*pairs, *pairs.values()}
    for index, sheet in enumerate(data["sheets"]):
        if sheet.get("motive") or sheet.get("motive_text") or index in substituted:
            continue
        _check_motive(sheet, index, notes)


def _check_motive(sheet: Sheet, index: int, notes: Notes) -> None:
    described = fold(sheet["description"])
    place = notes.at(f"sheets.{index}.description")
    if not _STATED_MOTIVE.search(described):
        message = f"{name_of(sheet, index)}: manca il motivo della variazione; andrà indicato."
        notes.add(WARNING, "R07", message, place)
    elif _BOLD_ONLY.search(described):
        message = f"{name_of(sheet, index)}: rimanda al grassetto, che qui è perduto; il motivo andrà indicato."
        notes.add(NOTE, "R07", message, place)


def check_substitutions(data: dict[str, Any], notes: Notes) -> None:
    """R07: an ELIMINATO and an INSERITO of one settore and number are told as a substitution."""
    for gone, come in _pairs(data).items():
        sheet = data["sheets"][gone]
        message = (
            f"{sheet['sector']} n° {sheet['number']}: la scheda eliminata è sostituita da quella inserita "
            f"«{data['sheets'][come]['title'][:80]}»."
        )
        notes.add(NOTE, "R07", message, notes.at(f"sheets.{come}"))


def check_completeness(data: dict[str, Any], notes: Notes) -> None:
    """R23: every active sheet has a phase, an indicator, and every indicator an expected value."""
    for index, sheet in _active(data):
        for key, name in (("phases", "nessuna fase"), ("indicators", "nessun indicatore")):
            if not sheet[key]:
                notes.add(WARNING, "R23", f"{name_of(sheet, index)}: {name}.", notes.at(f"sheets.{index}"))
        for row, indicator in enumerate(sheet["indicators"]):
            if not indicator["expected"] or not indicator["text"]:
                what = "il valore atteso" if indicator["text"] else "il testo"
                message = f"{name_of(sheet, index)}: a un indicatore manca {what}."
                notes.add(WARNING, "R23", message, notes.at(f"sheets.{index}.indicators.{row}"))


def check_years(data: dict[str, Any], notes: Notes) -> None:
    """R25, R26: dates completed with the plan's year are told; targets of later years do not count in this one."""
    year = data["plan"]["year"]
    for index, sheet in enumerate(data["sheets"]):
        for row, target in enumerate(_targets(data, sheet)):
            place = notes.at(f"sheets.{index}.indicators.{row}")
            if target.completed and target.date:
                message = (
                    f"{target.text} → {target.date:%d/%m/%Y}: l'anno non è scritto, è quello del piano; confermare."
                )
                notes.add(WARNING, "R25", message, place)
            if target.year and target.year > year and sheet["change"] != Change.ELIMINATO:
                text = sheet["indicators"][row]["text"][:60]
                message = (
                    f"L'indicatore «{text}» è del {target.year}: l'obiettivo è pluriennale e non conta nel {year}."
                )
                notes.add(WARNING, "R26", message, place)


def check_past_targets(data: dict[str, Any], notes: Notes) -> None:
    """R27: a target of an active sheet that is already past on the session's day."""
    session = date.fromisoformat(data["act"]["date"])
    for index, sheet in _active(data):
        for row, target in enumerate(_targets(data, sheet)):
            if target.date and target.date < session:
                message = f"Il termine {target.text} è già passato alla data della seduta ({session:%d/%m/%Y})."
                notes.add(WARNING, "R27", message, notes.at(f"sheets.{index}.indicators.{row}"))


def check_months(data: dict[str, Any], notes: Notes) -> None:
    """R25: the cronoprogramma and the time indicators say the same of one phase; neither is derived from the other."""
    for index, sheet in _active(data):
        timed = [
            (words_of(row["text"]), target, row)
            for row, target in zip(sheet["indicators"], _targets(data, sheet), strict=True)
            if row["family"] == Family.TEMPO and target.kind == TargetKind.DATE
        ]
        for position, phase in enumerate(sheet["phases"]):
            for words, target, row in timed:
                if target.date and phase["months"] and same_work(words_of(phase["text"]), words):
                    _compare(phase, f"{target.date:%Y-%m}", row, notes, f"sheets.{index}.phases.{position}.months")


def _compare(phase: dict[str, Any], month: str, row: dict[str, Any], notes: Notes, path: str) -> None:
    if lies_outside(month, phase["months"]):
        message = (
            f"Il cronoprogramma segna {months_written(phase['months'])} per la fase «{phase['text'][:60]}», ma "
            f"l'indicatore di tempo «{row['text'][:60]}» dice {row['expected']}: controllare."
        )
        notes.add(WARNING, "R24", message, notes.at(path))


def check_staff(data: dict[str, Any], notes: Notes) -> None:
    """R31: a share of participation is a number from 0 to 100."""
    for index, sheet in enumerate(data["sheets"]):
        for row, person in enumerate(sheet["staff"]):
            share = person["share"].strip()
            if share and share_of(share) is None:
                message = f"{name_of(sheet, index)}: la partecipazione «{share[:20]}» non è fra 0 e 100."
                notes.add(WARNING, "R31", message, notes.at(f"sheets.{index}.staff.{row}"))


def check_typos(data: dict[str, Any], notes: Notes) -> None:
    """Probable typos: told, never corrected; an adopted text stays as it was approved."""
    for path, message in (*typos.unlike_titles(data), *typos.loose_marks(data)):
        notes.add(WARNING, "I07", message, notes.at(path))


CHECKS: tuple[Check, ...] = (
    check_weights,
    check_net_weight,
    check_motives,
    check_substitutions,
    check_completeness,
    check_years,
    check_past_targets,
    check_months,
    check_staff,
    check_typos,
)
