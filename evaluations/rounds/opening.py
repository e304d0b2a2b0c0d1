"""A verification of a plan is opened for a day, and may be moved to another one while it is open."""

import datetime as dt

from django.db import transaction

from evaluations.choices import RoundKind, RoundStep
from evaluations.models import Round
from evaluations.rounds import notifying
from evaluations.rounds.active import active_sheets, sectors_of
from evaluations.rounds.confirming import void_confirmations
from evaluations.rounds.locking import (
    add_reviews,
    allowed_to_evaluate,
    held_plan,
    held_round,
    passed,
    refuse_closed,
)
from objectives.models import Plan
from objectives.workflow import Refused
from organisation.models import User
from organisation.recording import recording

NOTHING = "Il {:%d/%m/%Y} nessuna scheda del {} è in vigore con il testo in archivio: non c'è niente da misurare."
TOO_LATE = "La verifica finale è chiusa: un'intermedia non può più precederla."
PLAN_CHANGED = (
    "La verifica è al {:%d/%m/%Y}: le schede del settore in vigore a quella data non sono le stesse di prima."
)


def open_round(plan: Plan, kind: str, *, on: dt.date, by: User) -> Round:
    """Open the verifica intermedia or finale of a plan, at the day `on`.

    Raises Refused for the wrong role, a verification that is there already, a day outside the plan's year and the six
    months after it, a final one before the intermediate, an intermediate after a final one that is closed, and a day on
    which there is nothing to measure.
    """
    with transaction.atomic(), recording(by=by, why="Apertura della verifica"):
        plan = held_plan(plan)
        allowed_to_evaluate(plan, by)
        if kind not in RoundKind.values:
            raise Refused("Una verifica è intermedia o finale.")
        verification = Round(plan=plan, kind=kind, on=on)
        if plan.rounds.filter(kind=kind).exists():
            raise Refused(f"La {RoundKind(kind).label.lower()} {plan.year} è già stata aperta.")
        if plan.rounds.filter(closed_at__isnull=False, kind=RoundKind.FINALE).exists():
            raise Refused(TOO_LATE)
        _refuse_day(verification, on)
        verification.save()
        sectors = sectors_of(verification)
        add_reviews(verification, sectors)
        passed(verification, RoundStep.APERTA, by, f"Alla data del {on:%d/%m/%Y}.")
        notifying.opened(verification, sectors, by)
    return verification


def move_round(verification: Round, *, on: dt.date, by: User, note: str = "") -> Round:
    """Move an open verification to another day. What was entered stays, also of sheets that are not in force then.

    A settore whose sheets are other ones on that day loses its confirmation. Raises Refused as open_round does.
    """
    with transaction.atomic(), recording(by=by, why="Data della verifica spostata"):
        held_plan(verification.plan)
        now = held_round(verification)
        allowed_to_evaluate(now, by)
        refuse_closed(now)
        if on == now.on:
            raise Refused(f"La verifica è già al {on:%d/%m/%Y}.")
        _refuse_day(now, on)
        before, then = _measured(now), now.on
        now.on = on
        now.save()
        after = _measured(now)
        add_reviews(now, after)
        changed = {sector for sector in {*before, *after} if before.get(sector) != after.get(sector)}
        void_confirmations(now, changed, by, PLAN_CHANGED.format(on))
        words = f"Dal {then:%d/%m/%Y} al {on:%d/%m/%Y}. {note.strip()}"
        passed(now, RoundStep.SPOSTATA, by, words)
        notifying.moved(now, after, by, note)
    return now


def last_day(plan: Plan) -> dt.date:
    """Return the last day on which a verification of the plan can be: six months after its year."""
    return dt.date(plan.year + 1, 6, 30)


def _refuse_day(verification: Round, on: dt.date) -> None:
    plan = verification.plan
    first, last = dt.date(plan.year, 1, 1), last_day(plan)
    if not first <= on <= last:
        raise Refused(f"La data di una verifica va dal {first:%d/%m/%Y} al {last:%d/%m/%Y}: {on:%d/%m/%Y} è fuori.")
    for other in plan.rounds.exclude(kind=verification.kind):
        early, late = (other.on, on) if verification.kind == RoundKind.FINALE else (on, other.on)
        if late < early:
            raise Refused(f"La verifica finale non viene prima dell'intermedia: l'altra è al {other.on:%d/%m/%Y}.")
    if not active_sheets(Round(plan=plan, kind=verification.kind, on=on)).exists():
        raise Refused(NOTHING.format(on, plan))


def _measured(verification: Round) -> dict[int, set[int]]:
    """The versions that are measured, by settore."""
    found: dict[int, set[int]] = {}
    for sector, sheet in active_sheets(verification).order_by().values_list("sector", "pk"):
        found.setdefault(sector, set()).add(sheet)
    return found
