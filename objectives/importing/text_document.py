"""Reads a text file: whatever its encoding and line ends, tabs part the cells."""

import codecs
import re
from collections.abc import Iterator

from objectives.importing.findings import WARNING, Clock, Limits, Notes, Place, Unreadable
from objectives.importing.lines import Line, lines_of

_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27}) + b"\x7f"
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LINE_END = re.compile(r"\r\n|\r|\n")


def read_text(content: bytes, limits: Limits, clock: Clock, notes: Notes) -> list[Line]:
    """The lines of a text file. Raises Unreadable when it is no text, or a line is longer than the limit."""
    return lines_of(_rows(decode(content, notes), limits, clock), notes, markup=True)


def decode(content: bytes, notes: Notes) -> str:
    """The characters of a file in UTF-8, UTF-16 with its mark, or Windows-1252. Raises Unreadable for binary data."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if len(content.translate(None, _CONTROLS)) < len(content):
        raise Unreadable("I01", "Il file non è un testo: contiene dati binari. Caricare il testo, il .docx o il .pdf.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_damaged(content, error, notes)


def _decode_damaged(content: bytes, error: UnicodeDecodeError, notes: Notes) -> str:
    """UTF-8 with a few wrong bytes stays UTF-8; without sound accents it is Windows-1252."""
    lenient = content.decode("utf-8", errors="replace")
    sound = sum(1 for character in lenient if ord(character) > 127 and character != "\ufffd")
    if sound > lenient.count("\ufffd"):
        return lenient
    line = content.count(b"\n", 0, error.start) + 1
    notes.add(
        WARNING, "I05", "Il file non è in UTF-8: gli accenti sono letti come Windows-1252, controllarli.", Place(line)
    )
    return content.decode("cp1252", errors="replace")


def _rows(text: str, limits: Limits, clock: Clock) -> Iterator[tuple[list[str], Place]]:
    for number, line in enumerate(_LINE_END.split(text), start=1):
        if len(line) > limits.max_line_chars:
            raise Unreadable("I02", f"La riga è troppo lunga ({len(line)} caratteri): il file non è un atto.", number)
        if number % 1000 == 0:
            clock.check()
        yield line.split("\t"), Place(number)
