"""What a package and its files say of themselves and of the decision of the Nucleo, in words."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString

from documents.codes import check_url
from documents.qr import qr_svg
from evaluations.choices import ValidationState
from evaluations.models import Remark, Validation
from evaluations.packages.telling import minutes
from objectives.exchange import act_header
from objectives.pdf import act_name

NUCLEO = "Nucleo di Valutazione"
QR_SIDE = 20
"""Millimetres: a module of a QR with our addresses is then 0.4 mm wide, which a telephone reads from paper."""


def subject_of(validation: Validation) -> str:
    """What is validated, in a line: the plan as it stands after an act, or the Relazione."""
    if validation.act is None:
        return str(validation.report)
    return f"{validation.plan}, come risulta dopo la {act_name(act_header(validation.act))}"


def handed_over(validation: Validation) -> str:
    """When it was handed over to the Nucleo."""
    return f"Trasmesso al {NUCLEO} il {timezone.localdate(validation.requested_at):%d/%m/%Y}"


def head(validation: Validation) -> list[str]:
    """The first lines of the index of a package."""
    return [validation.plan.entity.name, f"Fascicolo per il {NUCLEO}", subject_of(validation), handed_over(validation)]


@dataclass(frozen=True)
class Said:
    """A remark as it is printed: on what, and its paragraphs."""

    of: str
    paragraphs: list[str]


@dataclass(frozen=True)
class Stamp:
    """What a validated file says on it: who validated it and when, the minutes, its own code with its QR."""

    line: str
    minutes: str
    code: str
    remarks: list[Said] = field(default_factory=list)
    exception: str = ""

    @property
    def address(self) -> str:
        """The public page where the file is checked."""
        return check_url(self.code)

    @property
    def qr(self) -> SafeString:
        """The QR of that page."""
        return qr_svg(self.address, f"Codice QR: controllo del documento {self.code}", millimetres=QR_SIDE)

    @property
    def foot(self) -> str:
        """The same for the foot of every page."""
        return f"{self.line} – codice {self.code}"


def stamp(validation: Validation, code: str, remarks: list[Remark]) -> Stamp:
    """Return what a file of a validation says, with the `remarks` that concern it."""
    return Stamp(
        line=validated_line(validation),
        minutes=f"Verbale {minutes(validation)}",
        code=code,
        remarks=[_said(remark) for remark in remarks],
        exception=validation.exception,
    )


def validated_line(validation: Validation) -> str:
    """Who validated it and when: "Validato dal Nucleo di Valutazione il 12/12/2026, con rilievi"."""
    end = ", con rilievi" if validation.state == ValidationState.CON_RILIEVI else ""
    return f"Validato dal {NUCLEO} il {validation.minutes_on:%d/%m/%Y}{end}"


def _said(remark: Remark) -> Said:
    sheet: Any = remark.sheet
    of = f"{sheet.sector_printed or sheet.sector.name}, n° {sheet.number}" if sheet else "Sul fascicolo intero"
    return Said(of, [line.strip() for line in remark.text.splitlines() if line.strip()])
