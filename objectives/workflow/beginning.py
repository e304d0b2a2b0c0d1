"""What every new draft begins with: its objective, a number that is free, who answers for it, whether it may begin."""

from django.db.models import Max
from django.utils import timezone

from objectives.choices import Change, PassageKind, State
from objectives.models import Objective, Plan, Sheet
from objectives.permissions import standing
from objectives.workflow.locking import passed
from objectives.workflow.refusals import Refused
from organisation.models import Manager, Sector, User
from organisation.roles import Deed

COPIED = ("number", "weight", "kind", "title", "description", "dup_link", "multi_year", "search_text")
"""What a draft takes from the text that it begins with, and with it the words by which it is found."""


def manager_now(sector: Sector) -> Manager | None:
    """Return the responsabile of a settore today, where one is known."""
    day = timezone.localdate()
    known = sector.managers.filter(valid_from__lte=day).exclude(valid_to__lt=day)
    manager: Manager | None = known.order_by("-valid_from", "-pk").first()
    return manager


def begun(draft: Sheet, change: Change, by: User) -> Sheet:
    """Store a new draft, and the first step of its path."""
    draft.change, draft.state, draft.created_by = change, State.BOZZA, by
    draft.save()
    passed(draft, PassageKind.AVVIATA, by)
    return draft


def new_objective(plan: Plan, continues: Objective | None = None, copied_from: Sheet | None = None) -> Objective:
    """Return a new objective of a plan, stored: one that continues another, or is copied from a text of another."""
    objective = Objective(plan=plan, continues=continues)
    if copied_from is not None:
        objective.copied_from, objective.copied_version = copied_from.objective, copied_from
    objective.save()
    return objective


def free_number(plan: Plan, sector: Sector, wanted: int | None = None) -> int:
    """Return the number asked for where it is free; else the one after the highest that the settore ever had."""
    taken = Sheet.objects.of(plan).filter(sector=sector)
    if wanted and not taken.filter(number=wanted).exists():
        return wanted
    highest: int | None = taken.aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def refuse_sector(plan: Plan, sector: Sector, by: User, or_who_may: Deed | None = None) -> None:
    """Raise Refused where the person may not begin an objective in `sector`, or nobody may any more."""
    if sector.entity_id != plan.entity_id:
        raise Refused("Questo settore è di un altro ente.")
    person = standing(by, plan.entity)
    refusal = person.why_not_sector(Deed.DRAFT, sector)
    if refusal and not (or_who_may and person.may(or_who_may)):
        raise Refused(refusal)
    if not sector.active:
        raise Refused(f"Il settore {sector.short_name} non è più attivo: il nuovo obiettivo va in un altro settore.")
