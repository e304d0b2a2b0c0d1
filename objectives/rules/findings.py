"""What a rule has to say of a change, and where: E blocks, W wants a note, I informs. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from objectives.snapshots import Snapshot

ERROR, WARNING, NOTE = "E", "W", "I"
SEVERITIES = (ERROR, WARNING, NOTE)
GRADES = {ERROR: "Da correggere", WARNING: "Avviso", NOTE: "Informazione"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell: which rule, how grave, what is wrong, what to do, and where.

    `sheet` and `sector` are primary keys. `place` names a field ("weight"), a row ("phase:<key>", "indicator:<key>",
    "staff:<key>") or "act". The message stands alone; `about` is the sheet or settore with which it begins.
    """

    rule: str
    severity: str
    message: str
    remedy: str = ""
    sheet: int | None = None
    place: str = ""
    sector: int | None = None
    about: str = ""

    @property
    def grade(self) -> str:
        """How grave it is, in words."""
        return GRADES[self.severity]

    @property
    def sentence(self) -> str:
        """The message without the sheet's name, for who already stands before the sheet."""
        rest = self.message.removeprefix(f"{self.about}: ") if self.about else self.message
        return rest[:1].upper() + rest[1:]

    @property
    def anchor(self) -> str:
        """The place as the id of an element on the sheet's page: "phase-1f0c…"; empty where it is not on the sheet."""
        return "" if self.place == "act" else self.place.replace(":", "-")


def of_sheet(severity: str, sheet: Snapshot, message: str, remedy: str = "", place: str = "") -> Finding:
    """Return what there is to say of a sheet; the runner puts in which rule says it."""
    return Finding("", severity, f"{sheet.name}: {message}", remedy, sheet.sheet, place, sheet.sector, sheet.name)


def of_sector(severity: str, sector: int, name: str, message: str, remedy: str = "") -> Finding:
    """Return what there is to say of a settore."""
    return Finding("", severity, f"{name}: {message}", remedy, place="weight", sector=sector, about=name)


def of_act(severity: str, message: str, remedy: str = "") -> Finding:
    """Return what there is to say of the act."""
    return Finding("", severity, message, remedy, place="act")


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that block (E)."""
    return [finding for finding in findings if finding.severity == ERROR]
