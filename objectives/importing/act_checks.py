"""The rules an adopted act should keep, one function each: an act of the exchange format in, findings out.

What was adopted cannot be refused any more: these warn. What cannot be stored is refused by `exchange_format`.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from deliberations import calendar
from objectives.choices import Change
from objectives.importing.findings import NOTE, WARNING, Notes
from objectives.rules.persons import person_key

Check = Callable[[dict[str, Any], Notes], None]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _votes(vote: str | None) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", vote or "")]


def check_attendance(data: dict[str, Any], notes: Notes) -> None:
    """R12: present and absent make the members; the totals written and the votes agree with them."""
    members = data["act"]["members"]
    if not members:
        notes.add(WARNING, "R12", "L'atto non elenca presenti e assenti: completarli.", notes.at("act.number"))
        return
    present = sum(member["present"] for member in members)
    for key, name, count in (("present", "presenti", present), ("absent", "assenti", len(members) - present)):
        written = notes.details.get(f"total_{key}")
        if written and int(written) != count:
            message = f"L'atto dice {written} {name}, l'elenco ne ha {count}: controllare."
            notes.add(WARNING, "R12", message, notes.at(f"act.total_{key}"))
    votes = _votes(data["act"]["vote"])
    if votes and sum(votes) != present:
        message = f"I voti sono {sum(votes)}, i presenti {present}: controllare."
        notes.add(WARNING, "R12", message, notes.at("act.vote"))


def check_vote(data: dict[str, Any], notes: Notes) -> None:
    """R12: the act tells how the body voted."""
    if not data["act"]["vote"]:
        message = "Non si trova la votazione dell'organo (non quella del proponente): completarla a mano."
        notes.add(WARNING, "R12", message, notes.at("act.number"))


def check_immediate(data: dict[str, Any], notes: Notes) -> None:
    """R13: immediate enforceability has its own vote, a majority of the members, and a reason (TUEL 134 c. 4)."""
    act, place = data["act"], notes.at("act.immediately_enforceable")
    if not act["immediately_enforceable"]:
        return
    if "immediate_text" in notes.details:
        for key, missing in (("vote", "la votazione separata"), ("reason", "il motivo dell'urgenza")):
            if not notes.details[f"immediate_{key}"]:
                message = f"L'atto è dichiarato immediatamente eseguibile, ma non si trova {missing}: controllare."
                notes.add(WARNING, "R13", message, place)
    members = act["members"]
    votes = _votes(notes.details.get("immediate_vote") or act["vote"])
    in_favour = votes[0] if votes else sum(member["present"] for member in members)
    if members and in_favour * 2 <= len(members):
        message = (
            f"I favorevoli all'immediata eseguibilità sono {in_favour} su {len(members)}: "
            "non è la maggioranza dei componenti (art. 134, c. 4)."
        )
        notes.add(WARNING, "R13", message, place)


def check_opinions(data: dict[str, Any], notes: Notes) -> None:
    """R10, R11, R14: both opinions are there, or the accounting one is said not to be needed; before the vote."""
    act = data["act"]
    found = {opinion["kind"]: opinion for opinion in act["opinions"]}
    for kind, code, name in (("TECNICA", "R10", "tecnica"), ("CONTABILE", "R11", "contabile")):
        if kind not in found:
            message = f"Non si trova il parere di regolarità {name} (TUEL, art. 49): controllare l'atto."
            notes.add(WARNING, code, message, notes.at("act.number"))
    for index, opinion in enumerate(act["opinions"]):
        if opinion["date"] and opinion["date"] > act["date"]:
            message = (
                f"Il parere di regolarità {opinion['kind'].lower()} è successivo alla seduta: controllare le date."
            )
            notes.add(WARNING, "R14", message, notes.at(f"act.opinions.{index}"))


def check_publication(data: dict[str, Any], notes: Notes) -> None:
    """R16, R19: the last day at the albo is told; a publication late after adoption warns."""
    act = data["act"]
    start, session = _day(act["publication_start"]), _day(act["date"])
    if start is None or session is None:
        notes.add(
            NOTE,
            "R16",
            "L'atto non risulta pubblicato: le date si completano alla pubblicazione.",
            notes.at("act.number"),
        )
        return
    place = notes.at("act.publication_start")
    days = act["publication_days"] or calendar.PUBLICATION_DAYS
    last = calendar.last_day_of_publication(start, days)
    notes.add(NOTE, "R16", f"L'ultimo giorno di pubblicazione è il {last:%d/%m/%Y} ({days} giorni).", place)
    usual = notes.rules.late_after_days
    if calendar.is_late(session, start, usual):
        late = calendar.days_to_publication(session, start)
        notes.add(
            WARNING,
            "R19",
            f"La pubblicazione è avvenuta {late} giorni dopo la seduta, oltre i {usual} giorni d'uso.",
            place,
        )


def check_enforceability(data: dict[str, Any], notes: Notes) -> None:
    """R15: the certified day is the one after the tenth of publication."""
    act = data["act"]
    start, certified = _day(act["publication_start"]), _day(act["enforceable_on"])
    if start is None or certified is None:
        return
    days = act["publication_days"] or calendar.PUBLICATION_DAYS
    computed = calendar.enforceable_on(start, notes.rules.counting, days)
    if certified != computed:
        message = (
            f"L'esecutività certificata ({certified:%d/%m/%Y}) non è quella calcolata dalla pubblicazione "
            f"({computed:%d/%m/%Y}): resta quella certificata, serve una nota."
        )
        notes.add(WARNING, "R15", message, notes.at("act.enforceable_on"))


def check_group_leaders(data: dict[str, Any], notes: Notes) -> None:
    """R18: the capigruppo are informed on the day of publication (TUEL 125)."""
    act = data["act"]
    start, informed = act["publication_start"], act["group_leaders_informed_on"]
    if start and not informed:
        message = "Non si trova la comunicazione ai capigruppo (TUEL, art. 125): controllare."
        notes.add(WARNING, "R18", message, notes.at("act.publication_start"))
    elif start and informed != start:
        message = "La comunicazione ai capigruppo non è del giorno di inizio della pubblicazione: controllare."
        notes.add(WARNING, "R18", message, notes.at("act.group_leaders_informed_on"))


def check_base(data: dict[str, Any], notes: Notes) -> None:
    """R09: a change set cites the act it amends; that act's text is not part of this document."""
    changed = sum(sheet["change"] != Change.INSERITO for sheet in data["sheets"])
    if not changed:
        return
    if not data["act"]["cites"]:
        message = "L'atto modifica un piano ma non si trova la deliberazione che lo approva: indicarla a mano."
        notes.add(WARNING, "R09", message, notes.at("act.number"))
        return
    base = data["act"]["cites"][0]
    cited = f"{base['number']}/{base['year']}"
    message = (
        f"Le {changed} schede modificate o eliminate cambiano un testo (deliberazione {cited}) "
        "che non è in questo documento: se non è registrato, resterà segnato «testo non in archivio»."
    )
    notes.add(WARNING, "R09", message, notes.at("act.cites.0"))


def check_season(data: dict[str, Any], notes: Notes) -> None:
    """R28: a change adopted after the cut-off (30/09) comes late; one after the plan's year should not be."""
    session, year = date.fromisoformat(data["act"]["date"]), data["plan"]["year"]
    place = notes.at("act.date")
    if session.year > year:
        message = f"La seduta del {session:%d/%m/%Y} è successiva all'anno del piano ({year}): controllare."
        notes.add(WARNING, "R28", message, place)
    elif session.year == year and f"{session:%m-%d}" > notes.rules.cut_off and amends_a_plan(data):
        month, day = notes.rules.cut_off.split("-")
        message = f"La seduta del {session:%d/%m/%Y} è dopo il {day}/{month}: la modifica del piano arriva tardi."
        notes.add(WARNING, "R28", message, place)


def amends_a_plan(data: dict[str, Any]) -> bool:
    """Whether the act changes a plan that was there before."""
    return any(sheet["change"] != Change.INSERITO for sheet in data["sheets"])


def check_secretary(data: dict[str, Any], notes: Notes) -> None:
    """R20: the Segretario who gives the opinion is not responsabile of a sheet of the act."""
    names = [data["act"]["secretary"], *(opinion["signer"] for opinion in data["act"]["opinions"])]
    keys = {person_key(name) for name in names if name} - {frozenset()}
    for index, sheet in enumerate(data["sheets"]):
        if person_key(sheet["manager"]) in keys:
            message = (
                f"{sheet['manager']} è responsabile di questa scheda e insieme esprime il parere o assiste la seduta: "
                "serve un'eccezione motivata per iscritto."
            )
            notes.add(WARNING, "R20", message, notes.at(f"sheets.{index}.manager"))


CHECKS: tuple[Check, ...] = (
    check_attendance,
    check_vote,
    check_immediate,
    check_opinions,
    check_publication,
    check_enforceability,
    check_group_leaders,
    check_base,
    check_season,
    check_secretary,
)
