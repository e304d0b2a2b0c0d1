"""What an act says of its decision: opinions (TUEL 49), votes, immediate enforceability (TUEL 134 c. 4)."""

import re
from collections.abc import Sequence
from typing import Any

from objectives.importing.findings import Notes
from objectives.importing.lines import Line
from objectives.importing.prose import number_in, signature, signed_on
from organisation.folding import fold

UNANIMOUS = "UNANIME"

_VOTING = re.compile(r"\b(?:con|a|ad|per) (?:[a-z]+ ){0,3}?(?:vot\w+|unanim\w+)|\bvotazione\b|\bvoti\b")
_KINDS = {"TECNICA": "tecnica", "CONTABILE": "contabile"}
_NOT_NEEDED = re.compile(r"non (?:necessit|occorr|e' |e |si |risult|rientr|comport|dovut|richied)")
_DECLARED = re.compile(r"\b(?:e'? )?(?:dichiar|rendere|reso|resa|rende)\w*")
_REASON = re.compile(
    r"(?P<reason>(?:considerat|ritenut|stante|attes|vist|dat|ravvisat|al fine|per)[^;]{3,800}?)"
    r"(?=,? (?:con|a|ad) (?:successiv|separat|apposit|distint|ulterior|unanim|vot)|,? il presente|,? la presente|$)",
    re.IGNORECASE,
)


def read_opinions(lines: Sequence[Line], notes: Notes) -> list[dict[str, Any]]:
    """The technical and the accounting opinion, or the statement that the latter is not needed (R10, R11)."""
    opinions: list[dict[str, Any]] = []
    for kind, word in _KINDS.items():
        opinion = _signed_opinion(lines, kind, word, notes) or _told_opinion(lines, kind, word, notes)
        if opinion:
            notes.places[f"act.opinions.{len(opinions)}"] = notes.places.pop(f"opinion.{kind}")
            opinions.append(opinion)
    return opinions


def _signed_opinion(lines: Sequence[Line], kind: str, word: str, notes: Notes) -> dict[str, Any] | None:
    """An opinion that stands by itself, with its signature under it."""
    for index, line in enumerate(lines):
        if line.first.startswith(("parere", "si esprime parere", "esprime parere", "visto, parere")) and word in fold(
            line.text
        ):
            notes.places[f"opinion.{kind}"] = line.place
            under = _until_next(lines[index + 1 : index + 7])
            return _opinion(kind, _outcome(line.folded, kind), signature(under), signed_on(under))
    return None


def _until_next(lines: Sequence[Line]) -> Sequence[Line]:
    for index, line in enumerate(lines):
        if line.first.startswith(("parere", "la giunta", "il consiglio", "delibera")):
            return lines[:index]
    return lines


def _told_opinion(lines: Sequence[Line], kind: str, word: str, notes: Notes) -> dict[str, Any] | None:
    """An opinion the premise tells of; its sentence may be broken over two lines."""
    for index, line in enumerate(lines):
        sentence = fold(" ".join(other.text for other in lines[max(0, index - 1) : index + 1]))
        if f"regolarita {word}" in line.folded and "parere" in sentence:
            notes.places[f"opinion.{kind}"] = line.place
            return _opinion(kind, _outcome(line.folded if kind == "CONTABILE" else sentence, kind), None, None)
    return None


def _opinion(kind: str, outcome: str, signer: str | None, day: str | None) -> dict[str, Any]:
    return {"kind": kind, "outcome": outcome, "signer": signer, "date": day}


def _outcome(sentence: str, kind: str) -> str:
    if kind == "CONTABILE" and _NOT_NEEDED.search(sentence):
        return "NON_NECESSARIO"
    return "CONTRARIO" if re.search(r"\bsfavorevol|\bcontrari", sentence) else "FAVOREVOLE"


def vote_in(text: str) -> str | None:
    """The vote a phrase tells: UNANIME, or "FAVOREVOLI 3, CONTRARI 1, ASTENUTI 0"; None when it tells none."""
    folded = fold(text)
    counts = [_count(folded, word) for word in ("favorevol", "contrar", "astenut")]
    if counts[0] is not None:
        return f"FAVOREVOLI {counts[0]}, CONTRARI {counts[1] or 0}, ASTENUTI {counts[2] or 0}"
    return UNANIMOUS if "unanim" in folded else None


def _count(folded: str, word: str) -> int | None:
    after = re.search(rf"\b{word}\w*(?: voti)?[ :]*(?:n[.°º]* ?)?(\d{{1,3}}|[a-z]+)", folded)
    before = re.search(rf"(\d{{1,3}}|[a-z]+) (?:voti )?{word}", folded)
    for match in (after, before):
        if match:
            number = 0 if match[1].startswith("nessun") else number_in(match[1])
            if number is not None:
                return number
    return None


def read_vote(lines: Sequence[Line], notes: Notes) -> str | None:
    """The body's own vote: the last one before "DELIBERA" that is not of the proposer's text, nor on enforceability."""
    proposes = _index(lines, r"propone\b.*", 0)
    decides = _index(lines, r"d ?e ?l ?i ?b ?e ?r ?a\b.{0,20}", len(lines))
    own = [line for line in lines[proposes:decides] if _is_vote(line)]
    other = [line for line in [*lines[decides:], *lines[:proposes]] if _is_vote(line)]
    line = own[-1] if own else next(iter(other), None)
    if line is None:
        return None
    notes.places["act.vote"] = line.place
    return vote_in(line.text)


def _index(lines: Sequence[Line], opening: str, default: int) -> int:
    return next((index for index, line in enumerate(lines) if re.fullmatch(opening, line.folded)), default)


def _is_vote(line: Line) -> bool:
    folded = line.folded
    return bool(_VOTING.search(folded)) and "immediatamente eseguibile" not in folded and vote_in(folded) is not None


def read_immediate(lines: Sequence[Line], notes: Notes) -> bool:
    """Whether the act is declared immediately enforceable; its own vote and reason go into the details (R13)."""
    for index, line in enumerate(lines):
        folded = line.folded
        if _declares_immediate(folded):
            before = lines[index - 1].text if index else ""
            notes.places["act.immediately_enforceable"] = line.place
            notes.details["immediate_text"] = line.text
            notes.details["immediate_vote"] = (
                vote_in(line.text) or (vote_in(before) if _VOTING.search(fold(before)) else "") or ""
            )
            reason = _REASON.search(line.text)
            notes.details["immediate_reason"] = reason["reason"].strip(" ,") if reason else ""
            return True
    return False


def _declares_immediate(folded: str) -> bool:
    position = folded.find("immediatamente eseguibil")
    before = folded[:position] if position >= 0 else ""
    return bool(_DECLARED.search(before)) and not re.search(
        r"\bnon (?:e'? )?(?:stat[ao] )?(?:dichiar|rendere|res)", before
    )
