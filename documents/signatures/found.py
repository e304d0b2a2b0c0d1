"""What is found in a file that came back signed, and how it is refused."""

from dataclasses import asdict, dataclass
from datetime import datetime

from documents.models import SignatureKind


class Refused(ValueError):
    """The file is not a signed copy of the document. The message is a sentence for users: what is wrong, what to do."""


class AnotherDocument(Refused):
    """What was signed is not this document; `enclosed` is what was signed, as far as it can be told."""

    def __init__(self, sentence: str, enclosed: bytes = b"") -> None:
        super().__init__(sentence)
        self.enclosed = enclosed


@dataclass(frozen=True)
class Signer:
    """Who signed, as the certificate says. `at` is an aware moment: of a time stamp (`stamped`), or as declared.

    `trust` says in words how far the certificate was traced, `notes` what a reader should know beside.
    """

    name: str
    issuer: str
    at: datetime | None
    stamped: bool
    trust: str
    notes: tuple[str, ...] = ()

    def as_stored(self) -> dict[str, object]:
        """Return what SignedCopy keeps of it: JSON, the moment in ISO 8601."""
        return {**asdict(self), "at": self.at.isoformat() if self.at else None, "notes": list(self.notes)}


@dataclass(frozen=True)
class Signed:
    """A signed copy that was accepted. `warnings` are about the file as a whole."""

    kind: SignatureKind
    signers: tuple[Signer, ...]
    warnings: tuple[str, ...] = ()
