"""What is certified under an act (publication, capigruppo, enforceability: TUEL 124, 125, 134), and what it cites."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from objectives.importing.findings import Notes, Place
from objectives.importing.lines import Line
from objectives.importing.prose import dates_in, is_date_line, iso, number_in
from organisation.folding import fold

Key = tuple[str, int | None, int | None]
_DURATION = re.compile(r"\bper (?:n[.°º]* ?)?(?P<days>\d{1,3}|[a-z]+) ?(?:\([a-z]+\) )?(?:giorni|gg)")
_NUMBERED = r"(?P<number>\d{1,5})\b"
_TAIL = r"(?=(?P<tail>.{0,45}))"
_CITED = re.compile(
    rf"\bdelib(?:erazion[ei]|er[ae]|\.)(?P<between>[^;:]{{0,60}}?)\bn[.°º]* ?{_NUMBERED}"
    rf"(?: ?/ ?(?P<year>\d{{4}})\b)?{_TAIL}"
)
_CITED_SHORT = re.compile(
    rf"\bd?\.?(?P<short>[gc])\.?[cm]\.?(?P<between>) (?:n[.°º]* ?)?{_NUMBERED}"
    rf"(?: ?/ ?(?P<year>\d{{4}})\b| (?=del )){_TAIL}"
)
_BODY = re.compile(r"giunta|consiglio")
_LAWS = re.compile(r"lgs|legge|decreto|\bart|tuel")
_DATED = re.compile(r"[ ,]*(?:del|in data|adottata|assunta)\b")
_DECIDES = re.compile(r"(?:propone|d ?e ?l ?i ?b ?e ?r ?a)\b")
_AMENDS = re.compile(r"modific|integra|aggiorn|varia|sostitu")


def read_certificates(lines: Sequence[Line], notes: Notes) -> dict[str, Any]:
    """The dates certified under the act; None for what is not certified yet."""
    after = _after_decision(lines)
    start, days = _publication(after, notes)
    return {
        "publication_start": start,
        "publication_days": days,
        "group_leaders_informed_on": _group_leaders(after, start, notes),
        "enforceable_on": _enforceability(after, notes),
    }


def _after_decision(lines: Sequence[Line]) -> Sequence[Line]:
    decides = (
        index for index, line in enumerate(lines) if re.fullmatch(r"d ?e ?l ?i ?b ?e ?r ?a\b.{0,20}", line.folded)
    )
    return lines[next(decides, 0) :]


def _publication(lines: Sequence[Line], notes: Notes) -> tuple[str | None, int | None]:
    days = None
    for index, line in enumerate(lines):
        folded = line.folded
        if "pubblica" not in folded or "albo" not in folded:
            continue
        following = lines[index + 1].text if index + 1 < len(lines) and lines[index + 1].first.startswith("dal") else ""
        dates = dates_in(f"{line.text} {following}")
        days = days or _duration(folded)
        if dates:
            notes.places["act.publication_start"] = line.place
            return iso(dates[0]), days or _days_between([iso(written) for written in dates[:2]])
    return None, days


def _duration(folded: str) -> int | None:
    match = _DURATION.search(folded)
    return number_in(match["days"]) if match else None


def _is_day(text: str) -> bool:
    """Whether a date was a possible one: `iso` leaves the others as written."""
    return text[:4].isdecimal()


def _days_between(days: list[str]) -> int | None:
    try:
        first, last = (dt.date.fromisoformat(day) for day in days)
    except ValueError:
        return None
    return (last - first).days + 1


def _group_leaders(lines: Sequence[Line], start: str | None, notes: Notes) -> str | None:
    for index, line in enumerate(lines):
        folded = line.folded
        if "capigruppo" not in folded and "capi gruppo" not in folded:
            continue
        dates = [iso(written) for written in dates_in(line.text)] or (
            [start] if start and _is_day(start) and "contestual" in folded else []
        )
        dates = dates or [iso(dates_in(other.text)[0]) for other in lines[index + 1 : index + 2] if is_date_line(other)]
        if dates:
            notes.places["act.group_leaders_informed_on"] = line.place
            return dates[0]
    return None


def _enforceability(lines: Sequence[Line], notes: Notes) -> str | None:
    for line in lines:
        folded = line.folded
        position = folded.find("esecutiv")
        dates = dates_in(folded[position:]) if position >= 0 else []
        if dates:
            notes.places["act.enforceable_on"] = line.place
            return iso(dates[0])
    return None


def read_citations(lines: Sequence[Line], own: Key, notes: Notes) -> list[dict[str, Any]]:
    """The acts this one cites, the amended one first: the one its decision names, else the first mentioned.

    `own` is the act's body, number and year; a cited act whose body is not said is of the same body.
    """
    cited: dict[Key, dict[str, Any]] = {}
    places: dict[Key, Place] = {}
    amended: Key | None = None
    decision = False
    for line in lines:
        folded = line.folded
        decision = decision or bool(_DECIDES.match(folded))
        for mention, day in _mentions(folded):
            key = _resolved(mention, own[0], cited)
            if key != own:
                known = cited.setdefault(key, _citation(key, own[0]))
                known["date"] = known["date"] or day
                places.setdefault(key, line.place)
                amended = amended or (key if decision and _AMENDS.search(folded) else None)
    ordered = sorted(cited, key=lambda key: key != amended) if amended else list(cited)
    notes.places.update((f"act.cites.{index}", places[key]) for index, key in enumerate(ordered))
    return [cited[key] for key in ordered]


def _citation(key: Key, own_body: str) -> dict[str, Any]:
    body, number, year = key
    return {"number": number, "year": year, "date": None} | ({"body": body} if body != own_body else {})


def _resolved(mention: Key, own_body: str, known: Iterable[Key]) -> Key:
    """The act that a mention means: of the body it says; unsaid, one of that number met before, else of our body."""
    said, number, year = mention
    if said:
        return own_body if fold(own_body).startswith(said) else f"{said.capitalize()} Comunale", number, year
    return next((key for key in known if key[1:] == (number, year)), (own_body, number, year))


def _mentions(folded: str) -> Iterator[tuple[Key, str | None]]:
    matches = [*_CITED.finditer(folded), *_CITED_SHORT.finditer(folded)]
    for match in sorted(matches, key=lambda found: found.start()):
        dated = _DATED.match(match["tail"])
        dates = dates_in(match["tail"]) if dated else []
        year = int(match["year"]) if match["year"] else dates[0].year if dates else None
        if year and not _LAWS.search(match["between"]):
            yield (_body_said(match), int(match["number"]), year), iso(dates[0]) if dates else None


def _body_said(match: re.Match[str]) -> str:
    """The body a mention names, "giunta" or "consiglio"; empty when it names none."""
    if word := _BODY.search(match["between"]):
        return word[0]
    short = match["short"] if "short" in match.re.groupindex else ""
    return {"g": "giunta", "c": "consiglio"}.get(short, "")
