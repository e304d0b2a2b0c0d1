"""What comes of putting an act on record: it is there, or it is refused with the reasons."""

from dataclasses import dataclass

from deliberations.models import Deliberation
from objectives.importing.findings import Finding


class LoadRefused(ValueError):
    """The act can't be put on record as it stands; `findings` say why, one sentence per problem."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(" ".join(finding.message for finding in findings))
        self.findings = findings


@dataclass(frozen=True)
class Loaded:
    """What became of an act: `created` is False when it was on record already, exactly so.

    `dated` tells that it was on record and received the dates that were missing there; `filled` that it was known only
    because others cite it, and how many texts that were not on file it brought. `findings` say what does not agree
    with what was on record before, and was left as it was.
    """

    act: Deliberation
    created: bool
    sheets: int = 0
    stubs: int = 0
    dated: bool = False
    filled: int | None = None
    findings: tuple[Finding, ...] = ()
