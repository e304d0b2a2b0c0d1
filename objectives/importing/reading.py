"""Reads a document of whatever kind into the exchange format, with all there is to say about it. Never raises."""

from collections.abc import Callable, Sequence
from typing import Any

from objectives.importing import act_checks, sheet_checks
from objectives.importing.act_reader import read_act, signed_copy_words
from objectives.importing.docx_document import read_docx
from objectives.importing.exchange_format import problems
from objectives.importing.findings import (
    ERROR,
    NOTE,
    WARNING,
    Clock,
    Finding,
    Limits,
    Notes,
    Reading,
    RulesOf,
    Unreadable,
)
from objectives.importing.json_document import read_json
from objectives.importing.lines import Line
from objectives.importing.pdf_document import read_pdf
from objectives.importing.text_document import read_text

LineReader = Callable[[bytes, Limits, Clock, Notes], list[Line]]

TEXT, DOCX, PDF, JSON = "testo", "docx", "pdf", "json"
_READERS: dict[str, LineReader] = {TEXT: read_text, DOCX: read_docx, PDF: read_pdf}
_OTHER_KINDS = (
    (b"\xd0\xcf\x11\xe0", "un vecchio .doc o .xls: salvarlo come .docx"),
    (b"{\\rtf", "un .rtf: salvarlo come .docx"),
    (b"\x89PNG", "un'immagine"),
    (b"\xff\xd8\xff", "un'immagine"),
    (b"GIF8", "un'immagine"),
)
_MOST = {ERROR: 200, WARNING: 1000, NOTE: 1000}  # findings of a severity that anybody would read
_SEVERITIES = tuple(_MOST)


def read_document(
    content: bytes, name: str = "", limits: Limits | None = None, rules: RulesOf | None = None
) -> Reading:
    """Read an act from a text, .docx, .pdf or exchange JSON file. The content tells the kind, not `name`.

    `rules` gives what an entity, and its plan of a year, have chosen for themselves; else the usual is taken.
    `Reading.data` is None exactly when a finding is an error; then nothing may be saved.
    """
    limits = limits or Limits()
    notes = Notes(rules)
    source, data = "", None
    try:
        source = _kind(content, name, limits)
        data = _read(content, source, limits, notes)
    except Unreadable as refusal:
        notes.note(refusal.finding)
    return Reading(None if notes.has_errors() else data, _told(notes.findings), notes.places, notes.details, source)


def _told(findings: list[Finding]) -> list[Finding]:
    """The findings in order, those beyond what anybody would read only counted."""
    told = []
    for severity, most in _MOST.items():
        found = sorted((finding for finding in findings if finding.severity == severity), key=_rank)
        more = [Finding(severity, "I02", f"… e altri {len(found) - most}.")] if len(found) > most else []
        told += found[:most] + more
    return told


def _rank(finding: Finding) -> tuple[int, int, int]:
    return _SEVERITIES.index(finding.severity), finding.page or 0, finding.line or 0


def _kind(content: bytes, name: str, limits: Limits) -> str:
    """What kind of file it is, by its first bytes. Raises Unreadable when we read no such kind."""
    if not content.strip():
        raise Unreadable("I01", "Il file è vuoto: scegliere il file della deliberazione.")
    if len(content) > limits.max_bytes:
        allowed = f"{limits.max_bytes / 1_000_000:g}"
        raise Unreadable("I02", f"Il file è di {len(content) / 1_000_000:.1f} MB, più dei {allowed} ammessi.")
    if b"%PDF-" in content[:1024]:
        return PDF
    if content.startswith(b"PK\x03\x04"):
        return DOCX
    for start, kind in _OTHER_KINDS:
        if content.startswith(start):
            raise Unreadable("I01", f"Il file è {kind}. Si leggono il testo, il .docx, il .pdf e il JSON di scambio.")
    beginning = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return JSON if beginning == b"{" or (beginning == b"[" and name.lower().endswith(".json")) else TEXT


def _read(content: bytes, source: str, limits: Limits, notes: Notes) -> Any:
    clock = Clock(limits)
    if source == JSON:
        data = read_json(content, notes)
        _limit_sheets(data, limits)
        _validate(data, notes)
    else:
        lines = _READERS[source](content, limits, clock, notes)
        data = read_act(lines, limits, clock, notes)
        _validate(data, notes)
        _note_copy(lines, notes)
    if not notes.has_errors():
        _check(data, notes, clock)
    return data


def _limit_sheets(data: Any, limits: Limits) -> None:
    sheets = data.get("sheets") if isinstance(data, dict) else None
    if isinstance(sheets, list) and len(sheets) > limits.max_sheets:
        raise Unreadable("I02", f"Le schede sono {len(sheets)}, più delle {limits.max_sheets} ammesse.")


def _validate(data: Any, notes: Notes) -> None:
    for problem in problems(data):
        notes.add(ERROR, problem.code, problem.message, notes.at(problem.path))


def _check(data: dict[str, Any], notes: Notes, clock: Clock) -> None:
    notes.take_rules_of(data["entity"], data["plan"]["year"])
    for check in (*act_checks.CHECKS, *sheet_checks.CHECKS):
        clock.check()
        check(data, notes)


def _note_copy(lines: Sequence[Line], notes: Notes) -> None:
    if line := signed_copy_words(lines):
        message = f"«{line.text[:40]}»: il documento è una copia, non l'originale firmato."
        notes.add(NOTE, "I08", message, line.place)
