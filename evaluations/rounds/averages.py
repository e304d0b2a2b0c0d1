"""An average set by hand: the computed one stays beside it, with reason and author."""

from decimal import Decimal

from django.db import transaction

from evaluations.choices import Measure
from evaluations.entered import criteria_of
from evaluations.measuring import measure_objective
from evaluations.models import Round, ScoreOverride
from evaluations.permissions import needs_exception
from evaluations.rounds.active import sheets_by_objective
from evaluations.rounds.evidence import NOT_HERE
from evaluations.rounds.locking import allowed_to_evaluate, held_round, refuse_closed
from objectives.models import Sheet
from objectives.workflow import Refused
from organisation.models import User
from organisation.recording import recording

OWN = "È responsabile di questa scheda: ne scrive la media solo con una deroga scritta e motivata (R20)."


def set_average(
    verification: Round,
    objective: int,
    measure: str,
    value: Decimal | None,
    reason: str,
    *,
    by: User,
    exception: str = "",
) -> ScoreOverride:
    """Set one of the two averages of a sheet by hand (`measure` is a Measure); None gives the computed one its place.

    Raises Refused for the wrong role, without a reason, for a number below zero or above the cap of the plan's
    criteria, in a verification that is closed; and for who answers for the sheet without a written `exception`, shown
    with the reason for ever (R20).
    """
    with transaction.atomic(), recording(by=by, why="Media scritta a mano"):
        now = held_round(verification)
        person = allowed_to_evaluate(now, by)
        refuse_closed(now)
        sheet = sheets_by_objective(now, [objective]).get(objective)
        if sheet is None:
            raise Refused(NOT_HERE)
        own = needs_exception(person, sheet.sector_id)
        if own and not exception.strip():
            raise Refused(OWN, sheet=sheet)
        _refuse_unfit(now, objective, measure, value, reason)
        computed = _computed(now, sheet, measure)
        note = f"{reason.strip()}\n\nDeroga scritta (R20): {exception.strip()}" if own else reason.strip()
        override = ScoreOverride(
            round=now, objective_id=objective, measure=measure, computed=computed, value=value, note=note, by=by
        )
        override.save()
    return override


def _computed(verification: Round, sheet: Sheet, measure: str) -> Decimal | None:
    """The average as it is computed, also where another one stands in its place."""
    found = measure_objective(verification, sheet.objective_id)
    if found is None:
        return None
    average = found.value if measure == Measure.VALORE else found.time
    return average.computed if average.by_hand else average.percent


def _refuse_unfit(verification: Round, objective: int, measure: str, value: Decimal | None, reason: str) -> None:
    if measure not in Measure.values:
        raise Refused("Una scheda ha due medie: valore raggiunto e rispetto dei tempi.")
    if not reason.strip():
        raise Refused("Per scrivere una media a mano serve il motivo: resta accanto al valore calcolato.")
    cap = criteria_of(verification.plan).cap
    if value is not None and not (value.is_finite() and 0 <= value <= cap and value == round(value, 2)):
        raise Refused(f"Una media va da 0 a {cap}, con due decimali al massimo.")
    mine = ScoreOverride.objects.filter(round=verification, objective=objective, measure=measure).order_by("-pk")
    latest = mine.first()
    if value is None and (latest is None or latest.value is None):
        raise Refused("Questa media è già quella calcolata.")
