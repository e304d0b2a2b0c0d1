"""An act brings other texts into an open verification: what was confirmed for the earlier ones is not confirmed now."""

from typing import Any

from django.db.models import Exists, OuterRef

from deliberations.models import Deliberation
from evaluations.models import Round
from evaluations.rounds import notifying
from evaluations.rounds.confirming import void_confirmations
from evaluations.rounds.locking import held_round
from objectives.models import Plan, Sheet

OVERTAKEN = (
    "La {} ha cambiato le schede in vigore alla data della verifica: {}. Rileggere i risultati, e confermarli di nuovo."
)


def after_effect(act: Deliberation, by: Any) -> None:
    """Take back what was confirmed, in open verifications, for texts that `act` has changed; tell the settori of it.

    Called in the transaction in which the act comes to have a day of effect: who confirms or closes at that moment
    waits, or was first.
    """
    plans = Plan.objects.filter(objectives__sheets__deliberation=act)
    for verification in Round.objects.filter(plan__in=plans, closed_at=None).order_by("pk"):
        now = held_round(verification)
        if not now.is_closed:
            _overtake(now, act, by)


def _overtake(verification: Round, act: Deliberation, by: Any) -> None:
    names: dict[int, list[str]] = {}
    for sheet in changed_by(act, verification):
        for sector in {sheet.sector_id, sheet.base.sector_id if sheet.base else sheet.sector_id}:
            names.setdefault(sector, []).append(f"{sheet} ({sheet.get_change_display()})")
    for sector, changed in names.items():
        words = OVERTAKEN.format(act.short, ", ".join(changed))
        for review in void_confirmations(verification, {sector}, by, words):
            notifying.overtaken(verification, review.sector, by, words)


def changed_by(act: Deliberation, verification: Round) -> list[Sheet]:
    """Return the versions of an act that stand on the day of a verification: no later act has changed them by then."""
    if act.in_force_from is None or act.in_force_from > verification.on:
        return []
    acts = verification.plan.entity.deliberations.in_force_on(verification.on)
    adopted = Sheet.objects.of(verification.plan).adopted()
    later = adopted.filter(deliberation__in=acts.order_by().values("pk"), base=OuterRef("pk"))
    mine = adopted.filter(~Exists(later), deliberation=act, on_file=True)
    return list(mine.select_related("sector", "base").order_by("position", "pk"))
