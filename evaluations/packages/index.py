"""The index of a package: what its files are, each with its SHA-256. Pure text, the same for the same files."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

SUMS, LISTING = "SHA256SUMS", "INDICE.txt"
HOW = f"Per controllare i file, nella cartella del fascicolo: sha256sum -c {SUMS}"


class Line(NamedTuple):
    """A file: its path in the zip, what it is, its SHA-256, and the code with which it is checked in public."""

    path: str
    title: str
    sha256: str
    code: str = ""


def listing(head: Sequence[str], lines: Sequence[Line]) -> bytes:
    """The index for people (INDICE.txt): `head` says of what, then a file after the other."""
    return "\n".join([*head, "", *(_told(place, line) for place, line in enumerate(lines, 1)), HOW, ""]).encode()


def _told(place: int, line: Line) -> str:
    code = f"    Codice di controllo {line.code}\n" if line.code else ""
    return f"{place:3}. {line.path}\n    {' '.join(line.title.split())}\n{code}    SHA-256 {line.sha256}\n"


def sums(hashes: Iterable[tuple[str, str]]) -> bytes:
    """The index for `sha256sum -c`: (path, SHA-256) of every file, by path."""
    return "".join(f"{sha256}  {path}\n" for path, sha256 in sorted(hashes)).encode()
