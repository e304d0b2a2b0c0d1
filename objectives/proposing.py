"""Which changes a person may begin: of a version of a sheet, in a settore."""

from dataclasses import dataclass

from django.utils import timezone

from objectives.choices import Change, State
from objectives.models import Sheet
from objectives.permissions import SheetDeed, Standing, standing_at
from organisation.access import Place
from organisation.models import Sector
from organisation.roles import Deed


@dataclass(frozen=True)
class Offer:
    """What a person may begin from a version: its change, its removal, or, where somebody began already, going on.

    `present` is the open change of the version, if the person may see it. `copy`: they may give the objective to
    another settore, or take it up in the plan of a later year; `drafts_here`: they prepare the sheets of its settore.
    """

    amend: bool = False
    eliminate: bool = False
    present: Sheet | None = None
    edit_present: bool = False
    copy: bool = False
    drafts_here: bool = False


def offered(place: Place, sheet: Sheet) -> Offer:
    """Return what the person may begin from an adopted version. One query, none for who only reads."""
    drafts, approves = place.may(Deed.DRAFT), place.may(Deed.APPROVE)
    if not (drafts or approves) or sheet.change == Change.ELIMINATO:
        return Offer()
    after = Sheet.objects.filter(base=sheet).select_related("sector", "created_by").first()
    if after is not None and after.state == State.ADOTTATA:
        return Offer()
    if not drafts:
        return Offer(present=after)
    person = standing_at(place)
    here = person.why_not_sector(Deed.DRAFT, sheet.sector) is None
    copy = sheet.on_file and _may_copy(person, sheet)
    if after is not None:
        seen = after if person.sees(after) else None
        may_edit = person.why_not(SheetDeed.EDIT, after) is None
        return Offer(present=seen, edit_present=may_edit, copy=copy, drafts_here=here)
    may_amend = person.why_not(SheetDeed.AMEND, sheet) is None
    return Offer(amend=may_amend, eliminate=may_amend and sheet.on_file, copy=copy, drafts_here=here)


def _may_copy(person: Standing, sheet: Sheet) -> bool:
    own = person.sectors_for(Deed.DRAFT)
    return own is None or bool(own - {sheet.sector_id}) or sheet.objective.plan.year < timezone.localdate().year


def open_to_new(place: Place) -> list[Sector]:
    """Return the settori in which the person may begin a new objective. One query, none for who may not."""
    if not place.may(Deed.DRAFT):
        return []
    own = standing_at(place).sectors_for(Deed.DRAFT)
    active = place.entity.sectors.filter(active=True).order_by("match_key")
    return list(active if own is None else active.filter(pk__in=own))
