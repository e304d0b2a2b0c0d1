"""The Segretario closes a verification: its averages are computed and kept; or reopens it, with a reason.

Nothing of a closed verification moves; the database refuses it too (evaluations.guards).
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from evaluations.choices import ReportState, RoundKind, RoundStep
from evaluations.measures import RoundMeasure
from evaluations.measuring import measure
from evaluations.models import Report, Round, SectorReview, SheetReview
from evaluations.outcomes import round_outcome, sheet_outcome
from evaluations.permissions import needs_exception
from evaluations.rounds import notifying
from evaluations.rounds.active import sectors_of
from evaluations.rounds.confirming import Incomplete
from evaluations.rounds.locking import (
    allowed_to_evaluate,
    held_plan,
    held_reviews,
    held_round,
    passed,
    refuse_closed,
)
from evaluations.rounds.missing import missing_words
from objectives.permissions import Standing
from objectives.workflow import Refused
from organisation.holding import hold
from organisation.models import User
from organisation.recording import change_recorded, create_recorded, recording

UNFINISHED = "Dopo la conferma il piano o i criteri sono cambiati: togliere la conferma, e completare quanto segue."
OWN = (
    "Ha confermato lei i risultati di {}, o ne è responsabile: per chiudere la verifica serve una deroga scritta e "
    "motivata nella nota, che resta tra i passaggi (R20)."
)
FIRST = "La verifica intermedia è ancora aperta: chiuderla prima, perché la finale ne riporta i risultati."
CARRIED = "La verifica finale è chiusa e riporta questi risultati: riaprire prima quella."
USED = "La {} si fonda su questi risultati ed è già {}: la verifica non si può riaprire."


def close(verification: Round, *, by: User, note: str = "") -> Round:
    """Close a verification: scores are computed, and kept with their inputs, their words and the versions measured.

    Raises Refused for the wrong role, a day that is still to come, a settore that is not confirmed, a final one before
    the intermediate, and who would close results of their own without a written reason in `note` (R20); Incomplete
    where something is missing after all.
    """
    with transaction.atomic(), recording(by=by, why="Chiusura della verifica"):
        held_plan(verification.plan)
        now = held_round(verification)
        person = allowed_to_evaluate(now, by)
        refuse_closed(now)
        if words := why_not_yet(now):
            raise Refused(words)
        if now.on > timezone.localdate():
            raise Refused(f"La verifica è alla data del {now.on:%d/%m/%Y}: si chiude da quel giorno in poi.")
        reviews = held_reviews(now, sectors_of(now))
        _refuse_unconfirmed(reviews)
        if not note.strip() and (words := why_exception(person, reviews)):
            raise Refused(words)
        measured = measure(now)
        if missing := [words for sector in measured.sectors for words in missing_words(sector)]:
            raise Incomplete(UNFINISHED, missing)
        _keep(measured)
        now.outcome, now.closed_by, now.closed_at = round_outcome(measured), by, timezone.now()
        now.save()
        passed(now, RoundStep.CHIUSA, by, note)
        notifying.closed(now, by, note)
    return now


def reopen(verification: Round, *, by: User, note: str) -> Round:
    """Open a closed verification again. The confirmations stay: each settore that changes something takes its own back.

    Raises Refused for the wrong role, without a reason, for one that is open, for an intermediate one while the final
    one is closed, and for a final one on which a Relazione stands that is no draft any more.
    """
    with transaction.atomic(), recording(by=by, why="Verifica riaperta"):
        held_plan(verification.plan)
        now = held_round(verification)
        allowed_to_evaluate(now, by)
        if not now.is_closed:
            raise Refused("Questa verifica è aperta: non c'è niente da riaprire.")
        if not note.strip():
            raise Refused("Per riaprire la verifica scrivere il motivo: resta tra i passaggi.")
        hold(Report.objects.filter(plan=now.plan_id))  # who freezes it holds it first, and is waited for
        if why := why_not_reopened(now):
            raise Refused(why)
        now.outcome, now.closed_by, now.closed_at = {}, None, None
        now.save()
        reviews = list(SheetReview.objects.filter(round=now).exclude(outcome={}))
        for review in reviews:
            review.outcome = {}
        change_recorded(reviews, "outcome")
        passed(now, RoundStep.RIAPERTA, by, note)
        notifying.reopened(now, by, note)
    return now


def why_not_reopened(verification: Round) -> str | None:
    """Return why a closed verification can't be opened again, or None: something rests on its results."""
    if verification.kind == RoundKind.INTERMEDIA:
        return CARRIED if _is_there(verification, RoundKind.FINALE, closed=True) else None
    report = Report.objects.filter(plan=verification.plan_id).exclude(state=ReportState.BOZZA).first()
    return USED.format(report, report.get_state_display()) if report else None


def why_not_yet(verification: Round) -> str | None:
    """Return why a final verification can't be closed before the intermediate one, or None."""
    is_final = verification.kind == RoundKind.FINALE
    return FIRST if is_final and _is_there(verification, RoundKind.INTERMEDIA, closed=False) else None


def why_exception(person: Standing, reviews: Sequence[SectorReview]) -> str | None:
    """Return why closing takes a written exception (R20): results that the person confirmed or answers for; or None."""
    own = [one.sector.short_name for one in reviews if needs_exception(person, one.sector_id, one.confirmed_by_id)]
    return OWN.format(", ".join(own)) if own else None


def _is_there(verification: Round, kind: RoundKind, *, closed: bool) -> bool:
    """Whether the other verification of the plan is there, closed or open; its forms carry the results of both."""
    there = Round.objects.filter(plan=verification.plan_id, kind=kind, closed_at__isnull=not closed)
    return bool(there.exists())


def _refuse_unconfirmed(reviews: Sequence[SectorReview]) -> None:
    if waiting := [review.sector.short_name for review in reviews if not review.confirmed_at]:
        raise Refused(f"La verifica si chiude quando tutti i settori hanno confermato: mancano {', '.join(waiting)}.")


def _keep(measured: RoundMeasure) -> None:
    """Write the averages on the review of each sheet that was measured."""
    reviews = []
    for one in measured.sheets:
        if one.sheet.on_file:
            review = one.review or SheetReview(round=measured.round, objective_id=one.sheet.objective_id)
            review.sheet, review.outcome = one.sheet, sheet_outcome(one)
            reviews.append(review)
    create_recorded([review for review in reviews if review.pk is None])
    change_recorded([review for review in reviews if review.pk is not None], "sheet", "outcome")
