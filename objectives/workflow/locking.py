"""What the deeds take hold of before they look again, and the passages they leave behind.

Order, so that nobody waits for who waits for them: the entity, the proposal, then sheets by key. Rows are not held
against foreign keys to them (organisation.holding): who edits a sheet writes an e-mail of the entity, and would wait
there for who adopts, who waits for that sheet.
"""

from typing import Any

from django.utils import timezone

from deliberations.models import Deliberation
from objectives import notifying
from objectives.choices import PassageKind, State
from objectives.models import Passage, Sheet
from objectives.permissions import Standing, standing
from objectives.workflow.refusals import Refused, Stale
from organisation.holding import hold
from organisation.models import Entity, User

GONE = "Questa scheda non c'è più: la bozza è stata ritirata. La sua storia resta nella cronologia dell'obiettivo."
CHANGED = (
    "La scheda è cambiata dopo che la pagina è stata aperta: rileggerla com'è adesso, e ripetere l'operazione se va "
    "bene."
)


def locked(sheet: Sheet, *others: Sheet) -> Sheet:
    """Return the version as it is now, held until the transaction ends, and `others` with it.

    Raises Refused for one that is gone.
    """
    keys = {one.pk for one in (sheet, *others)}
    if hold(Sheet.objects.filter(pk__in=keys)) != len(keys):
        raise Refused(GONE)
    # Read once it is held: a row joined to one that was waited for may be that of before (a settore it has left).
    now: Sheet = Sheet.objects.select_related("sector", "manager", "objective__plan__entity").get(pk=sheet.pk)
    return now


def locked_entity(entity: Entity) -> None:
    """Have one person at a time gather and adopt in an entity: acts stand one after the other."""
    hold(Entity.objects.filter(pk=entity.pk))


def locked_proposal(proposal: Deliberation) -> Deliberation:
    """Return the proposal as it is now, held. Raises Refused for one that is dissolved, or registered meanwhile."""
    hold(Deliberation.objects.filter(pk=proposal.pk))
    now = Deliberation.objects.select_related("entity").filter(pk=proposal.pk).first()
    if now is None:
        raise Refused("Questa proposta non c'è più: è stata sciolta. Le sue schede sono tornate tra quelle approvate.")
    if now.registered_at:
        raise Refused(f"Questa proposta è già stata registrata: è la {now.short}.")
    return now


def allowed(deed: str, sheet: Sheet, by: User) -> Standing:
    """Return who `by` is in the sheet's entity. Raises Refused where they may not do `deed` (a SheetDeed) with it."""
    person = standing(by, sheet.objective.plan.entity)
    if refusal := person.why_not(deed, sheet):
        raise Refused(refusal, sheet=sheet)
    return person


def unchanged(row: Any, row_version: int | None, message: str = CHANGED) -> None:
    """Raise Stale where somebody saved the row after the person read it. None: the person read nothing before."""
    if row_version is not None and row.row_version != row_version:
        raise Stale(message, row)


def passed(
    sheet: Sheet, kind: PassageKind, by: User | None, note: str = "", act: Deliberation | None = None
) -> Passage:
    """Write down a step of the sheet's path, and tell the people it concerns."""
    passage = Passage(objective=sheet.objective, sheet=sheet, kind=kind, by=by, note=note.strip(), deliberation=act)
    passage.save()
    notifying.handed_over(sheet, passage)
    return passage


def to_draft(sheet: Sheet) -> None:
    """Make the version a draft again: what was submitted, approved and gathered no longer counts."""
    sheet.state = State.BOZZA
    sheet.submitted_by = sheet.submitted_at = None
    not_approved(sheet)


def not_approved(sheet: Sheet) -> None:
    """Take the approval back, and the place in a proposal with it."""
    sheet.approved_by = sheet.approved_at = sheet.deliberation = None
    sheet.approval_exception = ""


def stamp(sheet: Sheet, what: str, by: User) -> None:
    """Note who did `what` (submitted, approved), and when."""
    setattr(sheet, f"{what}_by", by)
    setattr(sheet, f"{what}_at", timezone.now())


def saved(sheet: Sheet) -> Sheet:
    """Save with the next row version, so that whoever read the earlier one is told."""
    sheet.row_version += 1
    sheet.save()
    return sheet
