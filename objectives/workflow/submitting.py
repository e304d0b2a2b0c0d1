"""From a draft to an approved change: the Responsabile sends, the Segretario approves or sends back with a note."""

from django.db import transaction

from objectives.change_sets import findings_for_sheet
from objectives.choices import PassageKind, State
from objectives.models import Sheet
from objectives.permissions import SheetDeed
from objectives.rules import Stage
from objectives.workflow.judging import judge
from objectives.workflow.locking import allowed, locked, not_approved, passed, saved, stamp, to_draft, unchanged
from objectives.workflow.refusals import Refused
from organisation.models import User
from organisation.recording import recording

UNSOLVED = "Prima di proseguire vanno risolti questi punti."


def submit(sheet: Sheet, *, by: User, row_version: int | None = None, note: str = "") -> Sheet:
    """Send a draft to the Segretario. `note` also acknowledges the warnings (W) that are open.

    Raises Refused for the wrong role or state, with the findings that block it (E) or want a note (W); Stale where the
    draft changed after it was read.
    """
    with transaction.atomic(), recording(by=by, why="Invio al Segretario"):
        draft = locked(sheet)
        allowed(SheetDeed.SUBMIT, draft, by)
        unchanged(draft, row_version)
        judge(draft, findings_for_sheet(draft, Stage.SUBMIT), blocked=UNSOLVED, note=note, by=by)
        draft.state = State.INVIATA
        stamp(draft, "submitted", by)
        passed(draft, PassageKind.INVIATA, by, note)
        return saved(draft)


def take_back(sheet: Sheet, *, by: User, row_version: int | None = None, note: str = "") -> Sheet:
    """Take back what was sent and is not approved yet: it is a draft again. Raises Refused and Stale as submit."""
    with transaction.atomic(), recording(by=by, why="Invio ritirato"):
        draft = locked(sheet)
        allowed(SheetDeed.TAKE_BACK, draft, by)
        unchanged(draft, row_version)
        passed(draft, PassageKind.RIPRESA, by, note)
        to_draft(draft)
        return saved(draft)


def send_back(sheet: Sheet, *, by: User, note: str, row_version: int | None = None) -> Sheet:
    """Send a change back to its settore with a note: it is a draft again, and leaves its proposal.

    Raises Refused without a note, or for wrong role or state.
    """
    with transaction.atomic(), recording(by=by, why="Rinvio con nota"):
        draft = locked(sheet)
        allowed(SheetDeed.SEND_BACK, draft, by)
        unchanged(draft, row_version)
        if not note.strip():
            raise Refused("Per rinviare la scheda scrivere una nota: chi la prepara deve sapere che cosa correggere.")
        passed(draft, PassageKind.RINVIATA, by, note, draft.deliberation)
        to_draft(draft)
        return saved(draft)


def approve(sheet: Sheet, *, by: User, row_version: int | None = None, note: str = "", exception: str = "") -> Sheet:
    """Approve a change exactly as it was read. `note` also acknowledges the warnings (W) that are still open.

    Who sent the sheet or answers for it needs a written `exception`, shown for ever (R20); anybody else's is not kept.
    Raises Refused and Stale as submit.
    """
    with transaction.atomic(), recording(by=by, why="Approvazione"):
        draft = locked(sheet)
        person = allowed(SheetDeed.APPROVE, draft, by)
        unchanged(draft, row_version)
        needed = person.needs_exception(draft)
        if needed and not exception.strip():
            raise Refused(needed)
        judge(draft, findings_for_sheet(draft, Stage.APPROVE), blocked=UNSOLVED, note=note, by=by)
        not_approved(draft)
        draft.state = State.APPROVATA
        draft.approval_exception = exception.strip() if needed else ""
        stamp(draft, "approved", by)
        passed(draft, PassageKind.APPROVATA, by, note)
        return saved(draft)
