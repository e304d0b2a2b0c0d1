"""Who may do what with a sheet: one person in one entity, asked about one sheet after another.

A refusal is a sentence for the person; None means that they may. Deeds (objectives.workflow) ask again under their
lock, pages only to show a button or to explain why it is not there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from objectives.choices import State
from objectives.models import Sheet, SheetQuerySet
from organisation.access import Place, by_sector, sectors_of
from organisation.models import Entity, Manager, Membership, Sector, User
from organisation.roles import MAY, Deed, Role, roles_that_may


class SheetDeed:
    """What can be done with a version of a sheet. Each names the deed of the role that allows it and the states."""

    SEE = "SEE"
    AMEND = "AMEND"
    ELIMINATE = "ELIMINATE"
    EDIT = "EDIT"
    SUBMIT = "SUBMIT"
    TAKE_BACK = "TAKE_BACK"
    SEND_BACK = "SEND_BACK"
    APPROVE = "APPROVE"
    WITHDRAW = "WITHDRAW"
    GATHER = "GATHER"
    CORRECT = "CORRECT"
    DISCUSS = "DISCUSS"


OPEN = frozenset({State.BOZZA, State.INVIATA, State.APPROVATA})
NOT_FOR_READERS = "Le schede non ancora adottate le vede solo chi le prepara o le approva."
OF_SECTOR = frozenset({Deed.DRAFT, Deed.SUBMIT, Deed.RESULTS, Deed.CONFIRM})
"""The deeds that a role allows in the person's own settori only."""

NEEDS: dict[str, tuple[Deed, frozenset[State], str]] = {
    SheetDeed.AMEND: (Deed.DRAFT, frozenset({State.ADOTTATA}), "proporre una modifica"),
    SheetDeed.ELIMINATE: (Deed.DRAFT, frozenset({State.ADOTTATA}), "proporre l'eliminazione"),
    SheetDeed.EDIT: (Deed.DRAFT, OPEN, "modificare la scheda"),
    SheetDeed.SUBMIT: (Deed.SUBMIT, frozenset({State.BOZZA}), "inviare la scheda"),
    SheetDeed.TAKE_BACK: (Deed.SUBMIT, frozenset({State.INVIATA}), "ritirare l'invio"),
    SheetDeed.SEND_BACK: (Deed.APPROVE, frozenset({State.INVIATA, State.APPROVATA}), "rinviare la scheda"),
    SheetDeed.APPROVE: (Deed.APPROVE, frozenset({State.INVIATA}), "approvare la scheda"),
    SheetDeed.WITHDRAW: (Deed.DRAFT, frozenset({State.BOZZA}), "ritirare la bozza"),
    SheetDeed.GATHER: (Deed.PROPOSE, frozenset({State.APPROVATA}), "raccogliere la scheda in una proposta"),
    SheetDeed.CORRECT: (Deed.PROPOSE, frozenset({State.ADOTTATA}), "annotare una rettifica"),
}


@dataclass(frozen=True)
class Standing:
    """What one person is in one entity, read once: memberships with their settori, and the settori they answer for.

    `sectors` holds, for each role, the keys of its settori; None stands for all of them.
    """

    user: int
    roles: dict[str, frozenset[int] | None]
    answers_for: frozenset[int]

    def may(self, deed: Deed) -> bool:
        """Tell whether one of the person's roles allows `deed`, in some settore at least."""
        return any(deed in _deeds(role) for role in self.roles)

    def sectors_for(self, deed: Deed) -> frozenset[int] | None:
        """Return the settori in which the person may do `deed`: None for all of them, empty for none."""
        keys: set[int] = set()
        for role, sectors in self.roles.items():
            if deed in _deeds(role):
                if sectors is None or deed not in OF_SECTOR:
                    return None
                keys |= sectors
        return frozenset(keys)

    def why_not_sector(self, deed: Deed, sector: Sector) -> str | None:
        """Return why the person may not do `deed` in `sector`, or None."""
        if not self.may(deed):
            return f"Il suo ruolo non permette di {deed.label}: lo può fare chi è {' o '.join(roles_that_may(deed))}."
        own = self.sectors_for(deed)
        if own is not None and sector.pk not in own:
            return f"Il settore {sector.short_name} non è tra i suoi: lo può fare chi vi lavora."
        return None

    def why_not(self, deed: str, sheet: Sheet) -> str | None:
        """Return why the person may not do `deed` with `sheet` now, or None (a SheetDeed)."""
        if deed == SheetDeed.SEE:
            return None if self.sees(sheet) else NOT_FOR_READERS
        if deed == SheetDeed.DISCUSS:
            return self._why_not_discuss(sheet)
        needed, states, words = NEEDS[deed]
        if refusal := self.why_not_sector(needed, sheet.sector):
            return refusal
        if sheet.state not in states:
            return _wrong_state(sheet, words)
        return None

    def sees(self, sheet: Sheet) -> bool:
        """Tell whether the person may see this version: everybody an adopted one, few an open one."""
        return sheet.state == State.ADOTTATA or self.sees_drafts(sheet.sector_id)

    def sees_drafts(self, sector: int) -> bool:
        """Tell whether the person may see what was never adopted of a settore: who prepares it there, who approves."""
        own = self.sectors_for(Deed.DRAFT)
        return self.may(Deed.APPROVE) or own is None or sector in own

    def _why_not_discuss(self, sheet: Sheet) -> str | None:
        """Who may see a draft may comment on it and enclose files, for as long as it is on its way."""
        if not self.sees_drafts(sheet.sector_id):
            return NOT_FOR_READERS
        return None if sheet.state in OPEN else _wrong_state(sheet, "commentare né allegare file")

    def visible(self, sheets: SheetQuerySet) -> SheetQuerySet:
        """Return the open versions among `sheets` that the person may see."""
        unfinished = sheets.exclude(state=State.ADOTTATA)
        if self.may(Deed.APPROVE):
            return unfinished
        own = self.sectors_for(Deed.DRAFT)
        return unfinished if own is None else unfinished.filter(sector__in=own)

    def needs_exception(self, sheet: Sheet) -> str | None:
        """Return why approving `sheet` takes a written exception (R20): who sent it or answers for it, or None."""
        if sheet.submitted_by_id == self.user:
            return (
                "Ha inviato lei questa scheda: nessuno approva ciò che ha inviato, se non con una deroga scritta (R20)."
            )
        own = self.sectors_for(Deed.SUBMIT) if self.may(Deed.SUBMIT) else frozenset()
        manager = sheet.manager
        if (
            sheet.sector_id in self.answers_for
            or own is None
            or sheet.sector_id in own
            or (manager is not None and manager.user_id == self.user)
        ):
            return "È responsabile di questa scheda: la approva solo con una deroga scritta e motivata (R20)."
        return None


NOBODY = Standing(0, {}, frozenset())
"""Who has no role: sees nothing that is not for everybody."""


def standing(user: Any, entity: Entity) -> Standing:
    """Return what `user` is in `entity`, in two queries."""
    roles = sectors_of(_memberships(user).filter(entity=entity))
    return Standing(user.pk or 0, roles, frozenset(_answered_for(user, entity, timezone.localdate())))


def standings(user: Any) -> dict[int, Standing]:
    """Return what `user` is in each of their entities, by its key, in one query.

    For counting what waits: whom they answer for is left out, so that nothing is approved on the strength of it.
    """
    places: dict[int, list[Membership]] = {}
    for one in _memberships(user):
        places.setdefault(one.entity_id, []).append(one)
    return {entity: Standing(user.pk, sectors_of(mine), frozenset()) for entity, mine in places.items()}


def standing_at(place: Place, *, answering: bool = False) -> Standing:
    """Return what the person of a place is there, without a query; `answering`: with whom they answer for, in one.

    Without it, as with `standings`, nothing is approved on the strength of it.
    """
    user = place.memberships[0].user
    answers_for = frozenset(_answered_for(user, place.entity, timezone.localdate())) if answering else frozenset()
    return Standing(user.pk, dict(place.sectors), answers_for)


def who_sees_drafts(sector: Sector) -> "QuerySet[User]":
    """Return the people for whom `Standing.sees_drafts` holds in a settore: who prepares it there, who approves."""
    return _people(sector, _may(Deed.DRAFT, sector) | _may(Deed.APPROVE, sector))


def who_submits(sector: Sector) -> "QuerySet[User]":
    """Return the people who may send the sheets of a settore to the Segretario."""
    return _people(sector, _may(Deed.SUBMIT, sector))


def _people(sector: Sector, membership: Q) -> "QuerySet[User]":
    there = Q(memberships__entity=sector.entity_id) & membership
    people: QuerySet[User] = User.objects.filter(there, is_active=True).distinct()
    return people


def _may(deed: Deed, sector: Sector) -> Q:
    """The memberships that allow `deed` in a settore."""
    roles = Q(memberships__role__in=[role for role, deeds in MAY.items() if deed in deeds])
    own = Q(memberships__sectors=sector) | Q(memberships__sectors=None)
    return roles & own if deed in OF_SECTOR else roles


def _memberships(user: Any) -> "QuerySet[Membership]":
    if not isinstance(user, User) or not user.is_active:
        return Membership.objects.none()
    return by_sector(user.memberships.all())


def _answered_for(user: Any, entity: Entity, day: date) -> Iterable[int]:
    """The settori whose responsabile, today, is this person."""
    if not isinstance(user, User):
        return ()
    now = Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day))
    return Manager.objects.filter(now, user=user, sector__entity=entity).values_list("sector_id", flat=True)


def _deeds(role: str) -> frozenset[Deed]:
    return MAY[Role(role)]


def _wrong_state(sheet: Sheet, words: str) -> str:
    stands = {
        State.BOZZA: "è ancora una bozza",
        State.INVIATA: "è già stata inviata al Segretario",
        State.APPROVATA: "è già approvata",
        State.ADOTTATA: "è già adottata",
    }[State(sheet.state)]
    return f"Non si può {words}: la scheda {sheet} {stands}."
