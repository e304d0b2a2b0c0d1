"""What an act says of its session: number, day, hour, subject, who was there (R12)."""

import re
from collections.abc import Sequence
from typing import Any

from objectives.importing.findings import Notes
from objectives.importing.lines import Line
from objectives.importing.prose import dates_in, iso, number_in, person, signature, title_case
from objectives.italian_dates import WrittenDate, month_number
from organisation.folding import fold

OPENING = 60  # lines of an act among which its heading stands

_BODY = re.compile(
    r"\bdeliberazion\w*\s+(?:n\S*\s+\S+\s+)?(?:della|del|di|dell')\s*(?P<body>(?:giunta|consiglio|commissari\w|assemblea|sindaco|presidente)"
    r"[^\d:;.,()]{0,50})",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"(?:comune|provincia|citta metropolitana|unione|comunita montana|consorzio)\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:\bn(?:r|um)?[.°º]+|\bn\.? ?(?=\d)|numero) ?(?:delib\w*\.? ?|reg\w*\.? ?)?"
    r"(?P<number>\d{1,6})\b(?: ?/ ?(?P<year>\d{4}))?"
)
_NUMBER_LINE = re.compile(
    r"(?:(?:verbale di |atto di )?deliberazione\b.{0,60})?(?:n(?:r|um)?[.°º]*|numero) ?\d{1,6}\b.{0,40}"
)
_SESSION = re.compile(
    r"anno (?P<year>duemila ?[a-z]{0,16}|\d{4})\W+"
    r"(?:(?:addi|il giorno|nel giorno|del giorno|questo giorno|il di|li|il)\W+)?"
    r"(?:(?:lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica)\W+)?(?P<day>[a-z]{3,12}|\d{1,2})[°º]?\W+"
    r"(?:del mese )?(?:di )?\W*(?P<month>[a-z]{5,9})"
)
_HOUR = re.compile(
    r"\bore\W{0,2}(?P<hour>\d{1,2}|[a-z]+)(?:[.:,](?P<minutes>\d{2})|,? e (?:minuti )?(?P<later>\d{1,2}|[a-z]+))?"
)
_SECRETARY = re.compile(
    r"(?:assist|partecip|con l'assistenza|con la partecipazione)[^.;]{0,60}?\bsegretari[oa]\b"
    r"(?P<roles>(?:\s+(?:generale|comunale|capo|reggente|supplente|verbalizzante|dell'ente|dell'unione|sig\.?(?:ra)?)\b\.?)*)[\s,:-]*"
    r"(?P<name>\S.{0,120})",
    re.IGNORECASE | re.DOTALL,
)
_SUBJECT = re.compile(r"oggetto\s*:?\s*", re.IGNORECASE)
_PRESENT = re.compile(r"(?:pr(?:es(?:ente|enti)?)?\.?|p\.?|si|x|✓|☒)")
_ABSENT = re.compile(r"(?:as(?:s(?:ente|enti|\.giust)?)?\.?|a\.?|ag\.?|no|assente giustificat[oa])")
_TOTALS = re.compile(r"(?P<word>present|assent)i\W{0,3}(?:n[.°º]* ?)?(?P<number>\d{1,3})\b")


def read_entity(lines: Sequence[Line]) -> str:
    """The entity's name as its heading has it; empty when there is none."""
    heading = next((line.text for line in lines[:OPENING] if _ENTITY.match(line.folded) and len(line.text) < 100), "")
    return title_case(heading) if heading.isupper() else heading


def read_body(lines: Sequence[Line], notes: Notes) -> str:
    """Which body adopted the act: "Giunta Comunale"."""
    for line in lines[:OPENING]:
        if match := _BODY.search(line.text):
            notes.places["act.body"] = line.place
            return title_case(re.split(r"\s+n\b|\s+ad oggetto", match["body"], flags=re.IGNORECASE)[0])
    return ""


def read_number(lines: Sequence[Line], notes: Notes) -> tuple[int | None, int | None]:
    """The act's number, and its year where it is written beside: "N. 100", "N. 100/2022"."""
    for line in _heading(lines):
        folded = line.folded
        if _NUMBER_LINE.fullmatch(folded) and (match := _NUMBER.search(folded)):
            notes.places["act.number"] = line.place
            return int(match["number"]), int(match["year"]) if match["year"] else None
    return None, None


def _heading(lines: Sequence[Line]) -> list[Line]:
    """The lines before the session is opened."""
    heading = []
    for line in lines[:OPENING]:
        if _SESSION.search(line.folded[:400]):
            break
        heading.append(line)
    return heading


def read_day(lines: Sequence[Line], notes: Notes) -> str | None:
    """The session's day, in words or digits; an impossible one as written."""
    for line in lines[:OPENING]:
        if (match := _SESSION.search(line.folded[:400])) and (written := _session_day(match)):
            notes.places["act.date"] = line.place
            return iso(written)
    for line in lines[:OPENING]:
        folded = line.folded
        if ("seduta" in folded or _NUMBER_LINE.fullmatch(folded)) and (dates := dates_in(line.text)):
            notes.places["act.date"] = line.place
            return iso(dates[0])
    return None


def _session_day(match: re.Match[str]) -> WrittenDate | None:
    year, day, month = number_in(match["year"].replace(" ", "")), number_in(match["day"]), month_number(match["month"])
    if not (year and day and month):
        return None
    return WrittenDate(day, month, year, f"{day:02d}/{month:02d}/{year}")


def read_hour(lines: Sequence[Line], notes: Notes) -> str | None:
    """The hour of the session as HH:MM; as written when it is impossible, None when it is not said."""
    for line in lines[:OPENING]:
        match = _HOUR.search(line.folded[:600])
        hour = number_in(match["hour"]) if match else None
        if match and hour is not None:
            notes.places["act.time"] = line.place
            return f"{hour:02d}:{number_in(match['minutes'] or match['later'] or '0') or 0:02d}"
    return None


def read_subject(lines: Sequence[Line], notes: Notes) -> str:
    """What the act is about: what stands beside "OGGETTO", or between it and the opening of the session."""
    for index, line in enumerate(lines[:OPENING]):
        if match := _SUBJECT.match(line.text):
            notes.places["act.subject"] = line.place
            beside = line.text[match.end() :]
            return beside or " ".join(other.text for other in _until_session(lines[index + 1 : index + 5]))
    return ""


def _until_session(lines: Sequence[Line]) -> Sequence[Line]:
    opening = next((index for index, line in enumerate(lines) if _SESSION.search(line.folded[:400])), 1)
    return lines[:opening]


def read_secretary(lines: Sequence[Line], notes: Notes) -> str | None:
    """Who assists the session; else who signs as Segretario."""
    for line in lines:
        if match := _SECRETARY.search(line.text):
            notes.places["act.secretary"] = line.place
            return person(match["name"]) or None
    for index, line in enumerate(lines):
        if re.fullmatch(r"(?:il |la )?segretari[oa](?: \w+)?:?", line.first):
            return signature(lines[index + 1 :])
    return None


def read_proposer(lines: Sequence[Line], notes: Notes) -> str | None:
    """Who proposes: the name under (or beside) "Il proponente"."""
    for index, line in enumerate(lines):
        if match := re.match(r"(?:il |la |l'assessore |il sindaco )?proponente\s*:?\s*", line.text, re.IGNORECASE):
            notes.places["act.proposer"] = line.place
            beside = line.text[match.end() :]
            return person(beside) if beside else signature(lines[index + 1 :])
    return None


def read_members(lines: Sequence[Line], notes: Notes) -> list[dict[str, Any]]:
    """Who was present and who was not: the rows under the header with "Cognome e Nome"."""
    members: list[dict[str, Any]] = []
    columns: dict[str, int] = {}
    for line in lines:
        if not columns:
            columns = _member_columns(line)
        elif member := _member(line, columns):
            notes.places[f"act.members.{len(members)}"] = line.place
            members.append(member)
        elif members:
            break
    _read_totals(lines, notes)
    return members


def _member_columns(line: Line) -> dict[str, int]:
    columns: dict[str, int] = {}
    for index, cell in enumerate(line.cells):
        folded = fold(cell)
        for key, start in (
            ("name", ("cognome", "nome", "nominativ", "componenti")),
            ("office", ("carica", "qualifica")),
        ):
            if folded.startswith(start):
                columns.setdefault(key, index)
        if folded.startswith(("pr", "p.")) and "name" in columns:
            columns["present"] = index
        elif folded.startswith(("as", "a.")) and "name" in columns:
            columns["absent"] = index
    return columns if "name" in columns and {"present", "absent"} & columns.keys() else {}


def _member(line: Line, columns: dict[str, int]) -> dict[str, Any] | None:
    cells = {key: line.cells[index] if index < len(line.cells) else "" for key, index in columns.items()}
    present = _presence(fold(cells.get("present", "")), fold(cells.get("absent", "")), "absent" in columns)
    if not cells["name"] or present is None:
        return None
    return {"name": cells["name"], "office": cells.get("office", ""), "present": present}


def _presence(mark: str, absent_mark: str, two_columns: bool) -> bool | None:
    """Whether a mark says present; with a column for each, whichever is marked."""
    if two_columns and bool(mark) != bool(absent_mark):
        return bool(mark)
    if _PRESENT.fullmatch(mark):
        return True
    return False if _ABSENT.fullmatch(mark) else None


def _read_totals(lines: Sequence[Line], notes: Notes) -> None:
    for line in lines[: OPENING * 2]:
        if len(line.text) < 80:
            for match in _TOTALS.finditer(line.folded):
                key = "total_present" if match["word"] == "present" else "total_absent"
                notes.details.setdefault(key, match["number"])
                notes.places.setdefault(f"act.{key}", line.place)
