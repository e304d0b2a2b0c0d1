"""The file of a copy: a zip with `tables/<table>.jsonl`, `files/<name>`, and last `manifest.json` (docs/operations.md).

The manifest says of each table and file its size and SHA-256, which program made it, and with which migrations.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import IO, Any

FORMAT = "caluso-perf/backup"
VERSION = 1
MANIFEST = "manifest.json"
PIECE = 1024 * 1024


class BackupError(Exception):
    """A copy that could not be made, or not be brought back. The message is a sentence for who runs the program."""


@dataclass(frozen=True)
class Entry:
    """A table or a file in the copy: where, how many bytes, and their SHA-256."""

    entry: str
    size: int
    sha256: str


@dataclass(frozen=True)
class TableEntry(Entry):
    """A table: its columns and how many rows."""

    table: str
    columns: list[str]
    rows: int


@dataclass(frozen=True)
class Manifest:
    """What the copy says of itself; `made_at` is ISO 8601, `database` the kind that it was made from."""

    program: str
    made_at: str
    database: str
    migrations: list[str]
    tables: list[TableEntry] = field(default_factory=list)
    files: list[Entry] = field(default_factory=list)

    def to_json(self) -> bytes:
        """Return the manifest as it stands in the copy."""
        content = {"format": FORMAT, "version": VERSION, **asdict(self)}
        return json.dumps(content, ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, content: bytes) -> "Manifest":
        """Read it. Raises BackupError for what is no manifest of this program, or of a later form."""
        try:
            read: dict[str, Any] = json.loads(content)
            if read.pop("format") != FORMAT:
                raise ValueError(content[:80])
            version = read.pop("version")
            if version != VERSION:
                raise BackupError(f"La copia ha la forma {version}; questo programma legge la forma {VERSION}.")
            tables = [TableEntry(**entry) for entry in read.pop("tables")]
            files = [Entry(**entry) for entry in read.pop("files")]
            return cls(**read, tables=tables, files=files)
        except (ValueError, KeyError, TypeError, AttributeError) as reason:
            raise BackupError("Il file non è una copia di Caluso Perf: il suo elenco non si legge.") from reason

    @property
    def rows(self) -> int:
        """How many rows in all."""
        return sum(table.rows for table in self.tables)


@dataclass
class Digest:
    """Size and SHA-256 of what passes by."""

    size: int = 0

    def __post_init__(self) -> None:
        self._sha256 = hashlib.sha256()

    def add(self, piece: bytes) -> bytes:
        """Count a piece and hand it on."""
        self.size += len(piece)
        self._sha256.update(piece)
        return piece

    @property
    def sha256(self) -> str:
        """The hash so far."""
        return self._sha256.hexdigest()


def digest_of(pieces: Iterable[bytes]) -> Digest:
    """Return size and SHA-256 of all pieces together."""
    digest = Digest()
    for piece in pieces:
        digest.add(piece)
    return digest


def pieces_of(file: IO[bytes]) -> Iterable[bytes]:
    """Give a file in pieces of a megabyte."""
    return iter(lambda: file.read(PIECE), b"")
