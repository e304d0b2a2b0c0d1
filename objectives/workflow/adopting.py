"""From a proposal to the act: the sheets are adopted all or none, and the plan in force follows."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from deliberations.loading import register
from deliberations.models import Attendance, Deliberation
from objectives import notifying, upper_rooms
from objectives.change_sets import findings_for_days, findings_for_proposal
from objectives.choices import PassageKind, State
from objectives.exchange import fingerprint, sheet_to_dict
from objectives.gathered import content_hash, sheets_of
from objectives.models import Sheet
from objectives.permissions import standing
from objectives.precedence import why_not_after
from objectives.registration import Member, Registration
from objectives.sheet_rows import search_text
from objectives.workflow.judging import judge
from objectives.workflow.locking import locked_entity, passed
from objectives.workflow.proposing import held_proposal
from objectives.workflow.refusals import Refused
from organisation.holding import hold
from organisation.models import User
from organisation.recording import change_recorded, create_recorded, recording
from organisation.roles import Deed

UNSOLVED = "L'atto non si può registrare finché restano questi punti."
BAD_DAYS = "Queste date non si possono registrare: correggere quanto segue."


def adopt(
    proposal: Deliberation, registration: Registration, *, by: User, note: str = "", seen: str | None = None
) -> Deliberation:
    """Register the act of a proposal: its sheets become ADOTTATA, all or none, and the act is closed (R08).

    `note` acknowledges the warnings that are open; `seen` is the content_hash of what the person read. Raises Refused
    for wrong role, a proposal that is registered or changed meanwhile, a number that is taken, and whatever a rule
    blocks (E) or wants a note for (W).
    """
    name = f"n. {registration.number}/{registration.year}"
    with transaction.atomic(), recording(by=by, why="Registrazione dell'atto", act=name):
        act = held_proposal(proposal, by)
        hold(sheets_of(act))  # who edits one waits here, and finds it adopted
        sheets = list(sheets_of(act))
        _refuse_unfit(act, sheets, registration, seen)
        judge(act, findings_for_proposal(act, registration), blocked=UNSOLVED, note=note, by=by)
        registration.put_on(act)
        for sheet in sheets:
            _refuse_out_of_order(act, sheet)
        act.save()
        _members(act, registration.members)
        _adopt_sheets(act, sheets)
        register(act)
        for sheet in sheets:
            passed(sheet, PassageKind.ADOTTATA, by, act=act)
        notifying.proposal_moved(act, PassageKind.ADOTTATA, by)
        for follow in upper_rooms.after_adoption:
            follow(act, by)
        upper_rooms.takes_effect(act, by)
        return act


def enter_dates(
    act: Deliberation,
    *,
    published_on: dt.date | None = None,
    publication_days: int | None = None,
    group_leaders_informed_on: dt.date | None = None,
    enforceable_on: dt.date | None = None,
    enforceable_note: str = "",
    note: str = "",
    by: User,
) -> Deliberation:
    """Enter, once, the dates that follow an adoption; None leaves one for later. The act's effect follows (R15, R17).

    `note` acknowledges the warnings that are open (W). Raises Refused for the wrong role, for a date that is on record
    already with another day, for an effect that would come before that of an act whose text this one changes, and for
    whatever a rule of days blocks (E) or wants a note for.
    """
    given = {
        "published_on": published_on,
        "publication_days": publication_days,
        "group_leaders_informed_on": group_leaders_informed_on,
        "enforceable_on": enforceable_on,
        "enforceable_note": enforceable_note or None,
    }
    with transaction.atomic(), recording(by=by, why="Date successive all'adozione", act=act.short):
        locked_entity(act.entity)  # an import that brings the same dates waits, and so does who adopts on this act
        held = Deliberation.objects.select_related("entity").get(pk=act.pk)
        if not standing(by, held.entity).may(Deed.PROPOSE):
            raise Refused("Le date di un atto le registra il Segretario.")
        if not (held.registered_at and held.on_file):
            raise Refused("Si completano le date di un atto registrato, il cui testo è in archivio.")
        for name, value in given.items():
            _enter(held, name, value)
        since = _put_effect(held)
        judge(held, findings_for_days(held), blocked=BAD_DAYS, note=note, by=by)
        for sheet in Sheet.objects.adopted().filter(deliberation=held).select_related("base__deliberation", "sector"):
            _refuse_out_of_order(held, sheet)
        held.save()
        upper_rooms.takes_effect(held, by, since=since)
        return held


def _enter(act: Deliberation, name: str, value: object) -> None:
    present = getattr(act, name)
    if value is None or value == present:
        return
    if present not in (None, ""):
        label = act._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        raise Refused(f"«{label}» è già in archivio con un altro valore ({present}): si scrive una volta sola (R08).")
    setattr(act, name, value)


def _put_effect(act: Deliberation) -> dt.date | None:
    """R17: the effect that follows from the dates; one that is on record does not move. Return the one on record."""
    since, act.in_force_from = act.in_force_from, act.days.in_force_from
    if since and act.in_force_from != since:
        raise Refused(
            f"La {act.short} è in vigore dal {since:%d/%m/%Y}, e con queste date lo sarebbe da un altro giorno: "
            "un effetto già registrato non si sposta. Lasciare vuota la data che lo sposterebbe."
        )
    return since


def _refuse_unfit(act: Deliberation, sheets: Sequence[Sheet], registration: Registration, seen: str | None) -> None:
    if seen is not None and seen != content_hash(act):
        raise Refused("La proposta è cambiata dopo che la pagina è stata aperta: rileggerla e registrare l'atto da lì.")
    if not sheets:
        raise Refused("La proposta non contiene schede: raccoglierne almeno una, o scioglierla.")
    if unready := [sheet for sheet in sheets if sheet.state != State.APPROVATA]:
        raise Refused(f"La scheda {unready[0]} non è più approvata: va approvata di nuovo, o tolta dalla proposta.")
    taken = Deliberation.objects.filter(
        entity=act.entity, body=registration.body, year=registration.year, number=registration.number
    )
    if taken.exists():
        raise Refused(f"C'è già una deliberazione n. {registration.number}/{registration.year}: controllare il numero.")


def _refuse_out_of_order(act: Deliberation, sheet: Sheet) -> None:
    if problem := why_not_after(act, sheet.base.deliberation if sheet.base else None):
        raise Refused(f"{sheet}: {problem[1]} ({problem[0]})", sheet=sheet)


def _members(act: Deliberation, members: Sequence[Member]) -> None:
    for row in act.attendances.all():
        row.delete()
    create_recorded(
        [
            Attendance(deliberation=act, position=place, name=one.name, office=one.office, present=one.present)
            for place, one in enumerate(members, 1)
        ]
    )


def _adopt_sheets(act: Deliberation, sheets: Sequence[Sheet]) -> None:
    """Close the versions as the act prints them; from here on the database refuses any change (R08)."""
    for place, sheet in enumerate(sheets, 1):
        sheet.position = place
        sheet.sector_printed, sheet.manager_printed = sheet.sector.name, str(sheet.manager or "")
        content = sheet_to_dict(sheet)
        sheet.fingerprint, sheet.search_text = fingerprint(content, act), search_text(content)
        sheet.state = State.ADOTTATA
        sheet.row_version += 1
    closed = ("position", "sector_printed", "manager_printed", "fingerprint", "search_text", "state", "row_version")
    change_recorded(sheets, *closed)
