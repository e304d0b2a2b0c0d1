"""What the deeds of a verification hold before they look again, and who may not do them.

Order, so that nobody waits for who waits for them: the plan, the verification, then the reviews of its settori by key.
Who enters results holds the review of the settore alone, so that settori do not wait for each other; whoever closes
holds the verification and all its reviews. The rows of a settore are written only by who holds its review.
"""

from collections.abc import Iterable

from evaluations.choices import RoundStep
from evaluations.models import Round, RoundPassage, SectorReview
from evaluations.permissions import closed, why_not_evaluate
from objectives.models import Plan
from objectives.permissions import Standing, standing
from objectives.workflow import Refused
from organisation.holding import hold
from organisation.models import Sector, User
from organisation.recording import create_recorded


def held_plan(plan: Plan) -> Plan:
    """Return the plan as it is now, held: one person at a time opens or moves its verifications."""
    hold(Plan.objects.filter(pk=plan.pk))
    now: Plan = Plan.objects.select_related("entity").get(pk=plan.pk)
    return now


def held_round(verification: Round) -> Round:
    """Return the verification as it is now, held until the transaction ends."""
    hold(Round.objects.filter(pk=verification.pk))
    return fresh(verification)


def fresh(verification: Round) -> Round:
    """Return the verification as it is now."""
    now: Round = Round.objects.select_related("plan__entity", "closed_by").get(pk=verification.pk)
    return now


def held_reviews(verification: Round, sectors: Iterable[int] | None = None) -> list[SectorReview]:
    """Return the reviews of these settori, or of all the verification has, as they are now and held.

    A settore that came into the plan after the opening gets its review here.
    """
    wanted = None if sectors is None else set(sectors)
    if wanted is not None:
        add_reviews(verification, wanted)
    reviews = verification.sectors.all() if wanted is None else verification.sectors.filter(sector__in=wanted)
    hold(reviews)
    return list(reviews.select_related("sector", "confirmed_by").order_by("pk"))


def add_reviews(verification: Round, sectors: Iterable[int]) -> None:
    """Give a review to those of the settori that have none yet. Raises Refused for a verification that is closed."""
    missing = set(sectors) - set(verification.sectors.values_list("sector", flat=True))
    if not missing:
        return
    now = held_round(verification)
    if now.is_closed:
        raise Refused(closed(now))
    missing -= set(verification.sectors.values_list("sector", flat=True))
    rows = [SectorReview(round=now, sector=sector) for sector in Sector.objects.filter(pk__in=missing).order_by("pk")]
    create_recorded(rows)


def allowed_to_evaluate(round_or_plan: Round | Plan, by: User) -> Standing:
    """Return who `by` is in the entity. Raises Refused for who may not open and close verifications."""
    plan = round_or_plan if isinstance(round_or_plan, Plan) else round_or_plan.plan
    person = standing(by, plan.entity)
    if refusal := why_not_evaluate(person):
        raise Refused(refusal)
    return person


def refuse_closed(verification: Round) -> None:
    """Raise Refused where the verification is closed."""
    if verification.is_closed:
        raise Refused(closed(verification))


def passed(
    verification: Round, kind: RoundStep, by: User | None, note: str = "", sector: Sector | None = None
) -> RoundPassage:
    """Write down a step of the verification, of one settore or of the whole plan."""
    passage = RoundPassage(round=verification, kind=kind, by=by, note=note.strip(), sector=sector)
    passage.save()
    return passage
