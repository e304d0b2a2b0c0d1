"""Whether the rules let a deed be done: what blocks (E) refuses it, what warns (W) wants a note, which is kept."""

from collections.abc import Sequence

from deliberations.models import Deliberation
from objectives.change_sets import acknowledge, acknowledgements_of, open_warnings
from objectives.models import Sheet
from objectives.rules import Finding, blocking
from objectives.workflow.refusals import Refused
from organisation.models import User

WANTS_A_NOTE = "Ci sono avvisi di cui prendere atto: scrivere una nota che li motivi."


def judge(subject: Sheet | Deliberation, findings: Sequence[Finding], *, blocked: str, note: str, by: User) -> None:
    """Keep the note for the warnings on a sheet or an act of which nobody took note yet.

    Raises Refused with the `findings` that block it, in the words of `blocked`; or with the warnings, without a note.
    """
    sheet, act = (subject, None) if isinstance(subject, Sheet) else (None, subject)
    if errors := blocking(findings):
        raise Refused(blocked, errors, sheet)
    warnings = open_warnings(findings, acknowledgements_of(subject))
    if warnings and not note.strip():
        raise Refused(WANTS_A_NOTE, warnings, sheet)
    acknowledge(warnings, note=note, by=by, sheet=sheet, deliberation=act)
